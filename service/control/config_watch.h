/* SPDX-License-Identifier: MIT */
/*
 * ConfigWatch: is the configuration on the disk what is in force? Looked at in the background when
 * somebody asks, at most every CONFIG_WATCH_INTERVAL. Invariant: an answer is never older than the
 * one before. Thread: state.
 */
#pragma once

#include "control/control_state.h"

#define CONFIG_WATCH_INTERVAL (2 * CLOCK_SECOND)

ConfigWatch *config_watch_new(Control *control);
void config_watch_free(ConfigWatch *watch);
/* {path,state,detail} as last seen; looks again in the background if that was long ago. */
json_t *config_watch_status(ConfigWatch *watch);
/* Something changed: look again at the next question. */
void config_watch_forget(ConfigWatch *watch);
/* NULL if the service runs without a configuration. */
const char *control_config_path(const Control *control);

/* SPDX-License-Identifier: MIT */
/* Retention: how much of one channel is kept, by administrators. Thread: state. */
#pragma once

#include "act/records.h"

/* -1: as the settings have it. Needs records->history; `done` is called once, later. */
void set_retention(Records *records, const char *channel, int64_t messages, int64_t age,
    StoreDone done, void *data);

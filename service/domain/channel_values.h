/* SPDX-License-Identifier: MIT */
/*
 * Channel values: the channel modes that hold more than a bit (key, limit and the VALUE rows of
 * proto/modes.def) as texts, so that MODE, the store and the control socket share one check.
 * Invariant: what channel_value() gives, channel_set_value() takes. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>

/* As MODE shows it; NULL if the mode is not set or holds nothing. Caller frees. */
char *channel_value(const Channel *channel, unsigned index) G_GNUC_WARN_UNUSED_RESULT;
/* Sets it, with NULL removes it. False and nothing changed if the text is none for that mode. */
bool channel_set_value(Channel *channel, unsigned index, const char *text);
/* What is allowed, a sentence; NULL if the mode holds no value. */
const char *channel_value_rule(unsigned index);

/* SPDX-License-Identifier: MIT */
/*
 * FormerNames: names that channels had before they were renamed, and for how long they lead to them
 * (IRCv3 draft/channel-rename, channel redirection).
 * Invariants: one channel has at most FORMER_NAMES_PER_CHANNEL of them, all together at most
 * FORMER_NAMES_MAX; the one that ends first makes room. A channel that is gone has none: whoever
 * asks gets a handle that leads nowhere. Times: wall, microseconds. Thread: state.
 */
#pragma once

#include "base/slots.h"
#include "domain/types.h"

#include <glib.h>
#include <stdint.h>

#define FORMER_NAMES_PER_CHANNEL 4u
#define FORMER_NAMES_MAX 4096u

FormerNames *former_names_new(void);
void former_names_free(FormerNames *names);
/* The name leads to the channel until then. */
void former_names_add(FormerNames *names, const char *name, Handle channel, int64_t until);
void former_names_remove(FormerNames *names, const char *name);
/* HANDLE_NONE if it is none, or was until before `now`. */
Handle former_names_find(FormerNames *names, const char *name, int64_t now);
unsigned former_names_count(const FormerNames *names);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FormerNames, former_names_free)

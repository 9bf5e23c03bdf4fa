/* SPDX-License-Identifier: MIT */
/*
 * Whom a channel's lists of bans and exceptions keep from something. What they say of a member is
 * remembered in his seat (Member.judged), so that each of his messages asks and none walks the
 * lists: MaskList.changes tells that the lists are others now, user_forget_verdicts() that he is.
 * An entry's end is a change of its list like any other. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <stdbool.h>

/* Banned from `scope`, one of EXTBAN_* (proto/extban.h), and not excepted. */
bool channel_bans_from(const Channel *channel, const User *user, unsigned scope);
/* From joining. */
bool channel_bans(const Channel *channel, const User *user);

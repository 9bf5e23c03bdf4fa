/* SPDX-License-Identifier: MIT */
/*
 * Reserved: names the configuration ([reserved NAME]) keeps from those who are not named there.
 * Invariant: asked when somebody takes a name; who has one already keeps it. Administrators and the
 * service itself may take any. Texts are the settings', valid for this turn. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Why the actor may not have the nick; NULL: he may. With `before_login` a nick that some accounts
 * may have is nobody's to refuse yet. */
const char *reserved_nick(const Ctx *ctx, const char *nick, bool before_login);
/* Why the actor may not found a channel of that name; NULL: he may. */
const char *reserved_channel(const Ctx *ctx, const char *name);

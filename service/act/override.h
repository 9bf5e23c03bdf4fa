/* SPDX-License-Identifier: MIT */
/*
 * Override: what operators with MAY_OVERRIDE do past the rules of a channel or user, in the
 * service's name; logged, audited, and told to who reads such notices. The channel may be gone
 * afterwards. Thread: state.
 */
#pragma once

#include "act/ctx.h"

Outcome act_override_mode(Ctx *ctx, Channel *channel, const char *letters,
    const char *const *parameters, unsigned n_parameters);
Outcome act_override_nick(Ctx *ctx, User *user, const char *nick);
/* Who is brought in is shown the channel, but for the asking session. */
Outcome act_override_join(Ctx *ctx, User *user, const char *channel_name);
Outcome act_override_part(Ctx *ctx, User *user, Channel *channel, const char *reason);

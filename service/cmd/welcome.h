/* SPDX-License-Identifier: MIT */
/*
 * Welcome: what a client is told when its registration is complete, and the parts of it that are
 * commands too (LUSERS, MOTD, VERSION). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Registers the asking session if nothing is missing, and then welcomes it. */
Outcome welcome_if_registered(Ctx *ctx);
/* The asking user wants that nick; where he is is shown to a client that so becomes one of another
 * user of the same account (act/attach.h). */
Outcome welcome_under_nick(Ctx *ctx, const char *nick);
void tell_isupport(Ctx *ctx);
void tell_lusers(Ctx *ctx);
void tell_motd(Ctx *ctx);

/* SPDX-License-Identifier: MIT */
/*
 * Welcome: what a client is told when its registration is complete, and the parts of it that are
 * commands too (LUSERS, MOTD, VERSION). Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Registers the asking session if nothing is missing, and then welcomes it. */
Outcome welcome_if_registered(Ctx *ctx);
void tell_isupport(Ctx *ctx);
void tell_lusers(Ctx *ctx);
void tell_motd(Ctx *ctx);

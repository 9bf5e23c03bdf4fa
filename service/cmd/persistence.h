/* SPDX-License-Identifier: MIT */
/*
 * Persistence: the line of IRCv3 draft/persistence that says whether the asking user, who is logged
 * in, stays when his last client leaves. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* PERSISTENCE STATUS. */
void persistence_tell(Ctx *ctx);
/* At the welcome: to clients with the capability that are logged in. */
void persistence_tell_if_asked(Ctx *ctx);

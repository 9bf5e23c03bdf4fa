/* SPDX-License-Identifier: MIT */
/*
 * Redaction: taking back what was said (IRCv3 draft/message-redaction): out of the history, and
 * told to who can understand it. By who said it, by hosts of the channel, by administrators.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* PENDING, or refused at once with a FAIL. `reason` may be NULL. */
Outcome act_redact(Ctx *ctx, const char *target, const char *msgid, const char *reason);

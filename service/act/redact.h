/* SPDX-License-Identifier: MIT */
/*
 * Redaction: taking back what was said (IRCv3 draft/message-redaction): out of the history, and
 * told to who can understand it. By who said it, by hosts of the channel, by administrators.
 * Thread: state. How a change of a message goes: act/message_change.h.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"

/* PENDING, or refused at once with a FAIL. `reason` may be NULL. */
Outcome act_redact(Ctx *ctx, const char *target, const char *msgid, const char *reason);

/* How a redaction by the service itself went; valid during the call. */
typedef struct RedactAnswer {
	const char *problem; /* a sentence; NULL: none */
	bool unknown;        /* there is no such message in that channel */
	const char *said_by; /* source of the message; NULL unless it was taken back */
} RedactAnswer;

typedef void (*RedactDone)(void *data, const RedactAnswer *answer);

/* Takes a message out of a channel's history, whoever said it; the channel may be gone. `done` is
 * called exactly once, later; act_tell_redaction() is left to it, with a Ctx of its own. Needs
 * records->history. */
void redact_message(
    Records *records, const char *channel, const char *msgid, RedactDone done, void *data);
/* Everybody in the channel is told; nobody if there is no such channel. `reason` may be NULL. */
void act_tell_redaction(Ctx *ctx, const char *channel, const char *msgid, const char *reason);

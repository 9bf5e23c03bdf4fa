/* SPDX-License-Identifier: MIT */
/*
 * SpeechGate: may it be said there, by whom it is said, and in which form: modes and lists of the
 * channel, its floods, and what the other has set against being written to. The one answer for what
 * is new (act/speak.c) and for another text of what was said (act/edit.c). Thread: state.
 */
#pragma once

#include "act/channel_speech.h"

/* What was let through. Borrows from the speech and the domain. */
typedef struct SpeechPass {
	Channel *channel; /* NULL: to a user */
	User *target;     /* NULL: to a channel */
	char prefix;      /* of the rank it is for alone, "@#x"; '\0': none */
	uint64_t ranks;   /* members with any of these see it; 0: all */
	bool is_withheld; /* the target has silenced who says it: he must not notice */
	const char *text; /* as it is said: colours may be gone */
	const MultilineLine *lines;
	SpeechVerdict verdict; /* what the two are in then */
} SpeechPass;

/* False after telling why not, and after what a flood brings upon him. Clear it in any case. */
bool speech_may_pass(Ctx *ctx, const Speech *speech, SpeechPass *ret_pass);
void speech_pass_clear(SpeechPass *pass);
/* He has said it: he is not idle, nor concealed in the channel any more, and slow mode counts. To
 * be called before it is announced. */
void speech_passed(Ctx *ctx, const SpeechPass *pass);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpeechPass, speech_pass_clear)

/* SPDX-License-Identifier: MIT */
/*
 * Channel speech: what a channel's modes and lists do to what somebody says in it: refuse it, show
 * it to its hosts only, or take its colours out. One row for each rule.
 * Invariant: members with voice and above are above all rules but the stripping. Thread: state.
 */
#pragma once

#include "act/verbs.h"

/* What a rule said. `text` is owned; NULL: as it was spoken. */
typedef struct SpeechVerdict {
	const char *why; /* refused: what 404 tells in brackets; NULL: let through */
	char reason[64]; /* room for a `why` that is made */
	bool hosts_only; /* the others do not see it */
	char *text;
	GArray *lines; /* of MultilineLine with texts of their own, beside `text`; NULL: none */
} SpeechVerdict;

/* Fills the verdict; clear it with speech_verdict_clear(). The service may say everything. */
void channel_speech_judge(
    const Ctx *ctx, const Channel *channel, const Speech *speech, SpeechVerdict *ret_verdict);
void speech_verdict_clear(SpeechVerdict *verdict);
bool speech_is_notice(const Speech *speech);
/* RFC 2812 3.3.2: a NOTICE gets no answer, not even an error. Changing one is a command. */
bool speech_is_answered(const Speech *speech);
/* A CTCP request or answer other than an action (CTCP: \001 first). NULL text: no. */
bool speech_is_ctcp(const char *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpeechVerdict, speech_verdict_clear)

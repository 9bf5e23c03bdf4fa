/* SPDX-License-Identifier: MIT */
/*
 * SpeechEvent: what somebody says, as the event that is announced or echoed. Its texts are borrowed
 * from the speech. Thread: state.
 */
#pragma once

#include "act/verbs.h"

/* `target_name` as receivers read it: a channel's own spelling, with a rank in front for some of
 * its members; a nick. Channel and target are the caller's to set. */
Event speech_event(Ctx *ctx, const Speech *speech, const char *target_name);

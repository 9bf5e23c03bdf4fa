/* SPDX-License-Identifier: MIT */
/*
 * Edit: another text for what one said (draft/message-edit; decisions.md tells which form): in the
 * history in the old one's place, and told to who can understand it. Only who said it may: words
 * are put into nobody's mouth; what was relayed is changed by who relayed it. The new text must
 * pass what a new message there has to (act/speech_gate.h).
 * Thread: state.
 */
#pragma once

#include "act/message_change.h"

/* PENDING, or refused at once with a FAIL. The request's text is there. */
Outcome act_edit(Ctx *ctx, const ChangeRequest *request);

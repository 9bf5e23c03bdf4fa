/* SPDX-License-Identifier: MIT */
/*
 * Edit: another text for what one said (draft/message-edit; decisions.md tells which form): in the
 * history in the old one's place, and told to who can understand it. Only who said it may: words
 * are put into nobody's mouth. The new text must pass what a new message in that channel has to.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* PENDING, or refused at once with a FAIL. */
Outcome act_edit(Ctx *ctx, const char *target, const char *msgid, const char *text);

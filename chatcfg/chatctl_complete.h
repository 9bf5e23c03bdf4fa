/* SPDX-License-Identifier: MIT */
/*
 * ChatctlComplete: what may come next on a command line, for a shell. Thread: one; no state.
 */
#pragma once

#include "chatctl_session.h"
#include "description.h"

/* `words` without "chatctl"; the last one is being typed and may be empty. `session` NULL: names of
 * users and channels are not known. One candidate a line. Caller frees. */
char *chatctl_complete(const Description *description, ChatctlSession *session, char *const *words);

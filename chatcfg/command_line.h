/* SPDX-License-Identifier: MIT */
/*
 * CommandLine: a call of the control socket as the chatctl line that does the same, quoted for a
 * shell. The other way round is chatctl_command.h. Thread: any; no state.
 */
#pragma once

#include "description.h"

/* `object` quoted unless it is plain. Caller frees. */
char *command_line_quote(const char *word);
/* "chatctl user kill bob --reason 'be nice'"; required parameters first and in order. `socket`
 * NULL: the one chatctl finds by itself. `method` need not be described. Caller frees. */
char *command_line_new(
    const Description *description, const char *socket, const char *method, const json_t *params);
/* "user.set_topic" → "user set-topic". Caller frees. */
char *command_line_words(const char *method);

/* SPDX-License-Identifier: MIT */
/*
 * ChatctlSecret: a password is typed without being shown, or comes as a line of standard input.
 * Thread: one; waits.
 */
#pragma once

#include <glib.h>

/* `what` says of what it is. At a terminal it is asked for twice. NULL with CHATCTL_USAGE. Caller
 * frees with chatctl_secret_free(). */
char *chatctl_secret_ask(const char *what, GError **error);
void chatctl_secret_free(char *secret);

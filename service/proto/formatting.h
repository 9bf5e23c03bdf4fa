/* SPDX-License-Identifier: MIT */
/*
 * Formatting: the control codes that clients show as colours and typefaces (modern IRC formatting:
 * 0x02 bold, 0x03 colour, 0x04 hex colour, 0x0F reset, 0x11 monospace, 0x16 reverse, 0x1D italics,
 * 0x1E strikethrough, 0x1F underline). Thread: any; pure functions.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

bool formatting_is_in(const char *text);
/* The text without any of it, colours' digits included. Caller frees. */
char *formatting_strip(const char *text) G_GNUC_WARN_UNUSED_RESULT;

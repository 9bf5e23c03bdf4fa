/* SPDX-License-Identifier: MIT */
/*
 * Roff: text for manual pages, escaped so that nothing in it is taken for a request.
 * Invariant: what is appended begins and ends a line of its own. Thread: any; no state.
 */
#pragma once

#include <glib.h>

/* A paragraph of running text. */
void roff_text(GString *page, const char *text);
/* .SH with the title as it is. */
void roff_heading(GString *page, const char *title);
/* .SS */
void roff_subheading(GString *page, const char *title);
/* .TP: a bold term; what is appended next is its explanation. */
void roff_term(GString *page, const char *term);
/* The text with \, - and quotes escaped. Caller frees. */
char *roff_escape(const char *text);

/* SPDX-License-Identifier: MIT */
/*
 * Notices: the kinds of notices that the service sends to its operators (rows in notices.def), and
 * sets of them as a uint32_t: the parameter of user mode s, "+kc-d" (customary; numeric 008).
 * Invariant: a letter occurs once; rows stand in the order of their letters. Thread: any; constant.
 */
#pragma once

#include <stdint.h>

typedef enum NoticeKind {
#define NOTICE_KIND(letter, name, event, writer, text, help) NOTICE_##name,
#include "proto/notices.def"
#undef NOTICE_KIND
	NOTICE_KINDS
} NoticeKind;

typedef struct NoticeRow {
	char letter;
	const char *name; /* "connects" */
	const char *help;
} NoticeRow;

#define NOTICE_BIT(kind) (UINT32_C(1) << (kind))

/* The row; `kind` < NOTICE_KINDS. */
const NoticeRow *notice_row(unsigned kind);
/* Index of a letter; NOTICE_KINDS if there is none. */
unsigned notice_find(char letter);
/* `mask` after the changes that `text` tells: "kc" and "+kc" add, "-d" removes. The letter that is
 * none, NULL if all are, goes to `ret_unknown`; then the mask is as it was. */
uint32_t notices_change(uint32_t mask, const char *text, const char **ret_unknown);
/* Writes the letters of `mask` with a NUL. */
void notices_letters(uint32_t mask, char text[static NOTICE_KINDS + 1]);

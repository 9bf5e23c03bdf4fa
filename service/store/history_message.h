/* SPDX-License-Identifier: MIT */
/*
 * History messages: changing one of them. Invariant: a text that was replaced or taken back is
 * found by no query and, soon after, in no file; but for versions, where they are kept. Thread:
 * history_versions() any, it blocks; the rest the owner's.
 */
#pragma once

#include "store/history.h"

/* Takes text and tags of a message out of file, log and index; it stays as a place to count from.
 * The answer's id is the message's, 0 if there is none. */
void history_redact(
    History *history, const HistoryPlace *place, const char *msgid, StoreDone done, void *data);
/* Another text for a message that has one. */
typedef struct HistoryEdit {
	const char *msgid;
	const char *text;
	bool has_lines; /* a line feed in it stands between two lines of the message */
	int64_t when;
	bool keep_version; /* the text before stays, for administrators */
} HistoryEdit;

/* Replaces the text in file and index; the old one leaves both, and the log, as with a redaction.
 * The answer's id as there. */
void history_edit(History *history, const HistoryPlace *place, const HistoryEdit *edit,
    StoreDone done, void *data);
/* The texts a message had, the oldest first, the one it has last: rows that differ in `text` and
 * `edited_at`, which for those before says when they were replaced. NULL without `error` if there
 * is no such message. */
GPtrArray *history_versions(
    History *history, const HistoryPlace *place, const char *msgid, GError **error);

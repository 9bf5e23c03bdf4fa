/* SPDX-License-Identifier: MIT */
#include "store/history_rows.h"

#include <string.h>

#define LINE_WEIGHT 240u /* tags of time, id, batch and account, source and target */

/* Where a row's texts are. */
static const size_t texts[] = {
    offsetof(HistoryRow, channel),
    offsetof(HistoryRow, sender),
    offsetof(HistoryRow, sender_name),
    offsetof(HistoryRow, receiver),
    offsetof(HistoryRow, receiver_name),
    offsetof(HistoryRow, msgid),
    offsetof(HistoryRow, kind),
    offsetof(HistoryRow, verb),
    offsetof(HistoryRow, source),
    offsetof(HistoryRow, account),
    offsetof(HistoryRow, printed),
    offsetof(HistoryRow, whom),
    offsetof(HistoryRow, real_name),
    offsetof(HistoryRow, text),
    offsetof(HistoryRow, tags),
    offsetof(HistoryRow, relayed_by),
    offsetof(HistoryRow, subjects),
};

static const char *
text_at(const HistoryRow *row, size_t offset)
{
	const char *text;

	memcpy(&text, (const char *)row + offset, sizeof text);
	return text;
}

size_t
history_row_size(const HistoryRow *row)
{
	size_t size = 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *text = text_at(row, texts[i]);

		size += text ? strlen(text) + 1 : 0;
	}
	return size;
}

size_t
history_row_weight(const HistoryRow *row)
{
	size_t weight = history_row_size(row) + LINE_WEIGHT;

	/* Each of its lines has names and tags of its own. */
	for (const char *at = row->text; (row->marks & HISTORY_MARK_LINES) && at && *at; at++)
		weight += *at == '\n' ? LINE_WEIGHT : 0;
	return weight;
}

HistoryRow *
history_row_copy(const HistoryRow *row)
{
	HistoryRow *copy = g_malloc(sizeof *copy + history_row_size(row));
	char *end = (char *)(copy + 1);

	*copy = *row;
	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
		const char *text = text_at(row, texts[i]);
		size_t size = text ? strlen(text) + 1 : 0;

		if (!text)
			continue;
		memcpy(end, text, size);
		memcpy((char *)copy + texts[i], &end, sizeof end);
		end += size;
	}
	return copy;
}

void
history_target_free(HistoryTarget *target)
{
	if (!target)
		return;
	g_free(target->name);
	g_free(target);
}

/* SPDX-License-Identifier: MIT */
#include "list_index.h"

#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 8

/* One row while it is sorted. `prefix` decides most comparisons without touching the text. */
typedef struct SortKey {
	guint64 prefix;
	const char *text;
	ListEntry entry;
} SortKey;

typedef struct SortContext {
	const SnapinList *list;
	gpointer data;
	int column;
	int sign;
} SortContext;

/* Folded into a scratch buffer that is reused from cell to cell. */
static const char *
fold(const char *text, GString *scratch)
{
	gsize length = strlen(text);
	guchar seen = 0;

	g_string_set_size(scratch, length);
	for (gsize i = 0; i < length; i++) {
		scratch->str[i] = g_ascii_tolower(text[i]);
		seen |= (guchar)text[i];
	}
	if (seen & 0x80) {
		g_autofree char *valid = g_utf8_make_valid(text, -1);
		g_autofree char *folded = g_utf8_casefold(valid, -1);

		g_string_assign(scratch, folded);
	}
	return scratch->str;
}

static gboolean
row_matches(const SnapinList *list, gpointer data, guint row, char **words, GString *scratch)
{
	guint missing = 0;

	for (guint i = 0; words[i]; i++)
		missing |= 1u << i;
	for (guint column = 0; column < list->n_columns && missing; column++) {
		const char *text;

		if (list->columns[column].kind == SNAPIN_COLUMN_ICON)
			continue;
		text = fold(list->cell_text(data, row, column), scratch);
		for (guint i = 0; words[i]; i++)
			if ((missing & 1u << i) && strstr(text, words[i]))
				missing &= ~(1u << i);
	}
	return missing == 0;
}

static char **
filter_words(const char *filter)
{
	g_autofree char *folded = g_utf8_casefold(filter, -1);
	char **all = g_strsplit_set(folded, " \t", MAX_WORDS);
	guint kept = 0;

	for (guint i = 0; all[i]; i++) {
		char *word = g_strstrip(all[i]);

		if (*word)
			all[kept++] = word;
		else
			g_free(word);
	}
	all[kept] = NULL;
	return all;
}

static void
take_rows(ListIndex *index, const SnapinList *list, gpointer data, const char *filter)
{
	g_auto(GStrv) words = filter_words(filter ? filter : "");
	g_autoptr(GString) scratch = g_string_sized_new(256);

	for (guint row = 0; row < index->n_rows; row++) {
		ListEntry entry = {.row = row};

		if (words[0] && !row_matches(list, data, row, words, scratch))
			continue;
		if (++index->n_matching > LIST_INDEX_MAX_ROWS)
			continue;
		entry.id = list->row_id(data, row);
		g_array_append_val(index->entries, entry);
	}
}

static int
compare_by_snapin(const void *a, const void *b, void *user_data)
{
	const SortContext *context = user_data;
	const ListEntry *left = a, *right = b;
	int order =
	    context->list->compare(context->data, left->row, right->row, (guint)context->column);

	if (order == 0) /* keeps the snap-in's order, so that sorting is stable */
		return left->row < right->row ? -1 : 1;
	return order * context->sign;
}

static int
compare_keys(const void *a, const void *b, void *user_data)
{
	const SortContext *context = user_data;
	const SortKey *left = a, *right = b;
	int order = 0;

	if (left->prefix != right->prefix)
		order = left->prefix < right->prefix ? -1 : 1;
	else if (left->text)
		order = strcmp(left->text, right->text);
	if (order == 0)
		return left->entry.row < right->entry.row ? -1 : 1;
	return order * context->sign;
}

static guint64
text_prefix(const char *text)
{
	guchar bytes[8] = {0};
	guint64 prefix;

	memcpy(bytes, text, strnlen(text, sizeof bytes));
	memcpy(&prefix, bytes, sizeof prefix);
	return GUINT64_FROM_BE(prefix);
}

/* Maps a number so that unsigned order of the bits is the order of the numbers. */
static guint64
number_prefix(const char *text)
{
	double number = g_ascii_strtod(text, NULL);
	guint64 bits;

	memcpy(&bits, &number, sizeof bits);
	return bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT(1) << 63;
}

static void
sort_by_text(ListIndex *index, SortContext *context)
{
	guint n = index->entries->len;
	g_autofree SortKey *keys = g_new(SortKey, n);
	g_autoptr(GStringChunk) texts = g_string_chunk_new(64 * 1024);
	g_autoptr(GString) scratch = g_string_sized_new(256);
	gboolean by_number = context->list->columns[context->column].kind == SNAPIN_COLUMN_NUMBER;

	for (guint i = 0; i < n; i++) {
		ListEntry entry = g_array_index(index->entries, ListEntry, i);
		const char *cell =
		    context->list->cell_text(context->data, entry.row, (guint)context->column);

		keys[i].entry = entry;
		keys[i].text = NULL;
		if (by_number) {
			keys[i].prefix = number_prefix(cell);
		} else {
			cell = fold(cell, scratch);
			keys[i].prefix = text_prefix(cell);
			keys[i].text = g_string_chunk_insert_len(texts, cell, (gssize)scratch->len);
		}
	}
	qsort_r(keys, n, sizeof *keys, compare_keys, context);
	for (guint i = 0; i < n; i++)
		g_array_index(index->entries, ListEntry, i) = keys[i].entry;
}

ListIndex *
list_index_build(const SnapinList *list, gpointer data, const char *filter, const ListOrder *order)
{
	ListIndex *index = g_new0(ListIndex, 1);
	SortContext context = {list, data, order->column, order->descending ? -1 : 1};

	index->n_rows = list->n_rows(data);
	index->entries = g_array_sized_new(
	    FALSE, FALSE, sizeof(ListEntry), MIN(index->n_rows, LIST_INDEX_MAX_ROWS));
	take_rows(index, list, data, filter);
	index->total = LIST_HAS(list, total) ? list->total(data) : index->n_rows;
	if (order->column < 0 || (guint)order->column >= list->n_columns ||
	    index->entries->len == 0)
		return index;
	if (LIST_HAS(list, compare))
		qsort_r(index->entries->data, index->entries->len, sizeof(ListEntry),
		    compare_by_snapin, &context);
	else
		sort_by_text(index, &context);
	return index;
}

void
list_index_free(ListIndex *index)
{
	if (!index)
		return;
	g_array_unref(index->entries);
	g_free(index);
}

int
list_find_column(const SnapinList *list, const char *id)
{
	for (guint i = 0; id && i < list->n_columns; i++)
		if (g_str_equal(list->columns[i].id, id))
			return (int)i;
	return -1;
}

ListOrder
list_order_default(const SnapinList *list)
{
	const char *sort = list->default_sort;
	ListOrder order = {LIST_INDEX_NO_SORT, FALSE};

	if (!sort)
		return order;
	order.descending = *sort == '-';
	order.column = list_find_column(list, sort + (order.descending ? 1 : 0));
	return order;
}

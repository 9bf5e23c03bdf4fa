/* SPDX-License-Identifier: MIT */
#include "live_list.h"

#include "time_text.h"

#include <stdlib.h>
#include <string.h>

void
live_list_init(LiveList *list, LiveRows *rows, const LiveColumn *columns)
{
	*list = (LiveList){rows, columns, g_string_new(NULL)};
}

void
live_list_clear(LiveList *list)
{
	g_clear_pointer(&list->rows, live_rows_free);
	if (list->text != NULL)
		g_string_free(g_steal_pointer(&list->text), TRUE);
}

guint
live_list_n_rows(gpointer data)
{
	const LiveList *list = data;

	return live_table_count(live_rows_table(list->rows));
}

guint64
live_list_row_id(gpointer data, guint row)
{
	const LiveList *list = data;

	return live_table_id(live_rows_table(list->rows), row);
}

static const char *
take(LiveList *list, char *text)
{
	g_string_assign(list->text, text);
	g_free(text);
	return list->text->str;
}

const char *
live_list_cell_text(gpointer data, guint row, guint column)
{
	LiveList *list = data;
	const LiveColumn *shown = &list->columns[column];
	const LiveTable *table = live_rows_table(list->rows);
	const char *text = live_table_text(table, row, shown->field);

	switch (shown->format) {
	case LIVE_TIME:
		return take(list, time_text_short(time_text_parse(text), g_get_real_time()));
	case LIVE_SINCE:
		return take(list,
		    time_text_span((g_get_real_time() - time_text_parse(text)) / G_USEC_PER_SEC));
	case LIVE_YES:
		return *text == '\0' || strcmp(text, "false") == 0 ? "" : "Yes";
	case LIVE_MADE:
		g_string_truncate(list->text, 0);
		shown->make(list, row, list->text);
		return list->text->str;
	case LIVE_TEXT:
	case LIVE_NUMBER:
		break;
	}
	return text;
}

int
live_list_compare(gpointer data, guint row_a, guint row_b, guint column)
{
	const LiveList *list = data;
	const LiveColumn *shown = &list->columns[column];
	const LiveTable *table = live_rows_table(list->rows);
	const char *a = live_table_text(table, row_a, shown->field);
	const char *b = live_table_text(table, row_b, shown->field);
	gint64 left;
	gint64 right;

	if (shown->format == LIVE_NUMBER) {
		left = g_ascii_strtoll(a, NULL, 10);
		right = g_ascii_strtoll(b, NULL, 10);
		return left < right ? -1 : left > right;
	}
	/* Times in RFC 3339 are in order as texts; the later, the less time since. */
	if (shown->format == LIVE_SINCE)
		return strcmp(b, a);
	return g_ascii_strcasecmp(a, b);
}

const char *
live_list_field(const LiveList *list, guint64 id, guint field)
{
	const LiveTable *table = live_rows_table(list->rows);
	guint row;

	return live_table_find(table, id, &row) ? live_table_text(table, row, field) : "";
}

/* SPDX-License-Identifier: MIT */
#include "history_records.h"

#define PAGE_ROWS 200
#define ROWS_MAX 20000

struct HistoryRecords {
	Service *service;
	const char *method;
	HistoryRecordsFunc changed;
	gpointer data;
	GPtrArray *rows; /* json_t */
	char *cursor;    /* where the older ones begin; NULL: all are here */
	guint64 total;
	GCancellable *cancellable;
	gboolean loading;
	gboolean again;
	gboolean is_older; /* what is being loaded */
};

static guint64
id_of(const json_t *row)
{
	return (guint64)json_integer_value(json_object_get(row, "id"));
}

void
history_records_merge(GPtrArray *rows, const json_t *page, gboolean is_newest)
{
	size_t count = json_array_size(page);
	guint64 oldest = count > 0 ? id_of(json_array_get(page, count - 1)) : 0;
	guint64 newest = count > 0 ? id_of(json_array_get(page, 0)) : 0;
	guint at = 0;

	if (is_newest) {
		/* A page that does not reach what is loaded leaves a gap: that goes. */
		guint same = 0;

		while (same < rows->len && id_of(rows->pdata[same]) >= oldest)
			same++;
		if (same == 0)
			same = rows->len;
		if (same > 0)
			g_ptr_array_remove_range(rows, 0, same);
	} else {
		while (rows->len > 0 && id_of(rows->pdata[rows->len - 1]) <= newest)
			g_ptr_array_remove_index(rows, rows->len - 1);
		at = rows->len;
	}
	for (size_t i = 0; i < count; i++)
		g_ptr_array_insert(rows, (int)(at + i), json_incref(json_array_get(page, i)));
}

static void
take_page(HistoryRecords *records, const json_t *answer)
{
	const char *cursor = json_string_value(json_object_get(answer, "next_cursor"));
	guint before = records->rows->len;
	gboolean keeps_rest;

	history_records_merge(records->rows, json_object_get(answer, "list"), !records->is_older);
	records->total = (guint64)json_integer_value(json_object_get(answer, "total"));
	/* With older rows behind the newest page, the place to go on is still theirs. */
	keeps_rest = !records->is_older && before > 0 &&
		     records->rows->len > json_array_size(json_object_get(answer, "list"));
	if (keeps_rest)
		return;
	g_free(records->cursor);
	records->cursor = g_strdup(cursor);
}

static void load(HistoryRecords *records, gboolean is_older);

static void
page_came(GObject *source, GAsyncResult *result, gpointer data)
{
	HistoryRecords *records;
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);

	/* Cancelled by history_records_free(): `data` is gone. */
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	records = data;
	records->loading = FALSE;
	if (answer != NULL)
		take_page(records, answer);
	records->changed(records, records->data);
	if (records->again) {
		records->again = FALSE;
		load(records, FALSE);
	}
}

static void
load(HistoryRecords *records, gboolean is_older)
{
	json_t *params = json_pack("{s:i}", "limit", PAGE_ROWS);

	if (is_older)
		json_object_set_new(params, "cursor", json_string(records->cursor));
	records->loading = TRUE;
	records->is_older = is_older;
	service_call_async(
	    records->service, records->method, params, records->cancellable, page_came, records);
}

HistoryRecords *
history_records_new(Service *service, const char *method, HistoryRecordsFunc changed, gpointer data)
{
	HistoryRecords *records = g_new0(HistoryRecords, 1);

	records->service = service;
	records->method = method;
	records->changed = changed;
	records->data = data;
	records->rows = g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
	records->cancellable = g_cancellable_new();
	return records;
}

void
history_records_free(HistoryRecords *records)
{
	g_cancellable_cancel(records->cancellable);
	g_object_unref(records->cancellable);
	g_ptr_array_unref(records->rows);
	g_free(records->cursor);
	g_free(records);
}

void
history_records_reload(HistoryRecords *records)
{
	if (service_state(records->service) != SERVICE_CONNECTED)
		return;
	if (records->loading)
		records->again = TRUE;
	else
		load(records, FALSE);
}

void
history_records_load_older(HistoryRecords *records)
{
	if (!records->loading && records->cursor != NULL && records->rows->len < ROWS_MAX)
		load(records, TRUE);
}

char *
history_records_may_load(const HistoryRecords *records)
{
	char *reason = service_may(records->service, records->method);

	if (reason == NULL && records->cursor == NULL)
		reason = g_strdup("All there are, are shown.");
	if (reason == NULL && records->rows->len >= ROWS_MAX)
		reason = g_strdup_printf("No more than %d are shown at once.", ROWS_MAX);
	return reason;
}

guint
history_records_count(const HistoryRecords *records)
{
	return records->rows->len;
}

guint64
history_records_total(const HistoryRecords *records)
{
	return MAX(records->total, records->rows->len);
}

const json_t *
history_records_row(const HistoryRecords *records, guint row)
{
	return records->rows->pdata[row];
}

guint64
history_records_id(const HistoryRecords *records, guint row)
{
	return id_of(records->rows->pdata[row]);
}

const json_t *
history_records_find(const HistoryRecords *records, guint64 id)
{
	for (guint i = 0; i < records->rows->len; i++)
		if (id_of(records->rows->pdata[i]) == id)
			return records->rows->pdata[i];
	return NULL;
}

const char *
history_records_text(const json_t *row, const char *key)
{
	const char *text = json_string_value(json_object_get(row, key));

	return text != NULL ? text : "";
}

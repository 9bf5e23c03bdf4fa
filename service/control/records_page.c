/* SPDX-License-Identifier: MIT */
#include "control/records_page.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

typedef struct RecordsPage {
	ControlCall *call;
	RecordsRow row;
	unsigned limit;
} RecordsPage;

G_STATIC_ASSERT(offsetof(StoreAudit, id) == 0);
G_STATIC_ASSERT(offsetof(StoreConfigChange, id) == 0);

static void
page_read(void *data, const RecordsAnswer *answer)
{
	g_autofree RecordsPage *page = data;
	json_t *list, *cursor;

	if (answer->problem) {
		call_refuse(page->call, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
		call_finish(page->call, NULL);
		return;
	}
	list = json_array();
	for (unsigned i = 0; i < answer->rows->len; i++)
		json_array_append_new(list, page->row(answer->rows->pdata[i]));
	cursor = json_null();
	if (answer->rows->len == page->limit) {
		const int64_t *last = answer->rows->pdata[answer->rows->len - 1];
		g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, (gint64)*last);

		/* Ids begin with 1. */
		if (*last > 1)
			cursor = json_string(text);
	}
	call_finish(page->call, json_pack("{s:o,s:o,s:I}", "list", list, "next_cursor", cursor,
				    "total", (json_int_t)answer->total));
}

json_t *
records_page(ControlCall *call, RecordsReader reader, RecordsRow row)
{
	const char *text = call_string(call, "cursor");
	RecordsPage *page;
	int64_t before = 0;
	char *end;

	if (text) {
		errno = 0;
		before = strtoll(text, &end, 10);
		if (errno != 0 || *end != '\0' || before < 1)
			return call_refuse_parameter(call, "cursor", NULL,
			    "Parameter 'cursor' must be the next_cursor of an answer");
	}
	if (call->control->stopping)
		return call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
	page = g_new0(RecordsPage, 1);
	page->call = call;
	page->row = row;
	page->limit = (unsigned)call_integer(call, "limit", CONTROL_PAGE_DEFAULT);
	call_wait(call);
	reader(call->control->setup.records, before, page->limit, page_read, page);
	return NULL;
}

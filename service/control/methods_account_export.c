/* SPDX-License-Identifier: MIT */
/* account.export: first what is kept in memory, in one page, then what the account said, in pages
 * from the history whose cursor is the row to go on behind. */
#include "control/rows.h"

#include "act/account_export.h"

#define PAGE_BYTES ((size_t)4 * 1024 * 1024) /* of texts and tags in one answer */

static json_t *
page(json_t *list, int64_t next)
{
	g_autofree char *cursor = next >= 0 ? g_strdup_printf("%" G_GINT64_FORMAT, next) : NULL;

	return json_pack("{s:o,s:o}", "list", list, "next_cursor", json_text(cursor));
}

static void
tell_rows(void *data, const HistoryAnswer *answer)
{
	ControlCall *call = data;
	int64_t next;
	json_t *list;

	if (answer->problem) {
		call_refuse(call, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
		call_finish(call, NULL);
		return;
	}
	list = json_array();
	for (guint i = 0; i < answer->rows->len; i++)
		json_array_append_new(list, account_export_row(answer->rows->pdata[i]));
	next = account_export_next(answer);
	call_finish(call, page(list, next > 0 ? next : -1));
}

static json_t *
said_by(ControlCall *call, const Account *account, int64_t after)
{
	Records *records = call->control->setup.records;
	unsigned limit = (unsigned)MIN(
	    call_integer(call, "limit", CONTROL_PAGE_DEFAULT), (int64_t)HISTORY_LIMIT_MAX);

	if (call->control->stopping)
		return call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
	if (!records || !records->history)
		return page(json_array(), -1);
	call_wait(call);
	history_ask(
	    records, account_export_question(account, after, limit, PAGE_BYTES), tell_rows, call);
	return NULL;
}

json_t *
method_account_export(ControlCall *call)
{
	const Community *community = call->control->setup.community;
	const char *name = call_string(call, "account"), *cursor = call_string(call, "cursor");
	const Account *account = accounts_find_nick(community->accounts, name);
	guint64 after;

	if (!account)
		return call_not_found(call, name, "Account not found");
	call_note(call, account->name, NULL, NULL);
	if (!cursor)
		return page(account_export(community, account), 0);
	if (!g_ascii_string_to_unsigned(cursor, 10, 0, (guint64)G_MAXINT64, &after, NULL))
		return call_refuse_parameter(call, "cursor", NULL,
		    "Parameter 'cursor' must be the next_cursor of an answer");
	return said_by(call, account, (int64_t)after);
}

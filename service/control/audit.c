/* SPDX-License-Identifier: MIT */
#include "control/audit.h"

#include "act/query_records.h"

#define AUDIT_TEXT_MAX 65536u /* bytes of before and of after */

/* NULL for none; what is too long is told by its size alone. */
static char *
value_text(const json_t *value)
{
	char *text;

	if (!value)
		return NULL;
	text = json_compact(value);
	if (strlen(text) > AUDIT_TEXT_MAX) {
		char *size = g_strdup_printf("{\"bytes\":%zu}", strlen(text));

		g_free(text);
		return size;
	}
	return text;
}

void
audit_call(ControlCall *call, StoreDone done)
{
	g_autofree char *before = value_text(call->before);
	g_autofree char *after = value_text(call->after);
	StoreAudit audit = {
	    .time = clock_wall(call->control->setup.clock),
	    .who = call->who,
	    .role = (char *)role_name(call->role),
	    .method = (char *)call->method->name,
	    .object = call->object,
	    .outcome = call->code == 0 ? (char *)"done" : call->message,
	    .before = before,
	    .after = after,
	    .keep = call->control->setup.community->settings->log->audit_entries,
	};
	StoreAnswer stopping = {.text = "the service is stopping"};

	if (call->control->stopping) {
		done(call, &stopping);
		return;
	}
	records_add_audit(call->control->setup.records, &audit, done, call);
}

/* SPDX-License-Identifier: MIT */
#include "control/control_call.h"

#include "act/query_records.h"
#include "control/records_page.h"

/* What was JSON when it was recorded is JSON again. */
static json_t *
value_of(const char *text)
{
	json_t *value = text ? json_loads(text, JSON_DECODE_ANY, NULL) : NULL;

	return value ? value : json_null();
}

static json_t *
audit_row(const void *row)
{
	const StoreAudit *audit = row;

	return json_pack("{s:I,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id", (json_int_t)audit->id,
	    "time", json_time(audit->time), "who", json_text(audit->who), "role",
	    json_text(audit->role), "method", json_text(audit->method), "object",
	    json_text(audit->object), "outcome", json_text(audit->outcome), "before",
	    value_of(audit->before), "after", value_of(audit->after));
}

json_t *
method_audit_list(ControlCall *call)
{
	return records_page(call, records_read_audit, audit_row);
}

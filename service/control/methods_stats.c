/* SPDX-License-Identifier: MIT */
#include "control/control_call.h"

#include "base/close_reason.h"
#include "base/counters.h"
#include "domain/directory.h"

json_t *
method_stats_get(ControlCall *call)
{
	const Community *community = call->control->setup.community;
	json_t *user = json_pack("{s:I,s:i,s:I,s:I}", "total",
	    (json_int_t)directory_users(community->directory), "ulined", 0, "oper",
	    (json_int_t)community->operators, "record", (json_int_t)community->users_peak);

	/* Countries need a database of addresses, which this service does not have: an empty list.
	 */
	if (call_integer(call, "object_detail_level", 1) >= 1)
		json_object_set_new(user, "countries", json_array());
	return json_pack("{s:{s:i,s:i},s:o,s:{s:I},s:{s:i,s:i,s:i,s:i,s:i}}", "server", "total", 1,
	    "ulined", 0, "user", user, "channel", "total",
	    (json_int_t)directory_channels(community->directory), "server_ban", "total", 0,
	    "server_ban", 0, "spamfilter", 0, "name_ban", 0, "server_ban_exception", 0);
}

static void
append_counter(json_t *list, const char *name, uint64_t value)
{
	json_array_append_new(
	    list, json_pack("{s:s,s:I}", "name", name, "value", (json_int_t)value));
}

json_t *
method_metrics_get(ControlCall *call)
{
	const ControlSetup *setup = &call->control->setup;
	const HostStatus *status = setup->host->status(setup->host);
	json_t *list = json_array();

	for (unsigned i = 0; i < COUNTERS; i++)
		append_counter(list, counter_row(i)->name, setup->out->counters.values[i]);
	append_counter(list, "bytes_in", status->bytes_in);
	append_counter(list, "bytes_out", status->bytes_out);
	append_counter(list, "lines_in", status->lines_in);
	append_counter(list, "lines_out", status->lines_out);
	for (unsigned i = 0; status->closed && i < CLOSE_REASONS; i++) {
		g_autofree char *name = g_strconcat("closed_", close_reason(i)->name, NULL);

		append_counter(list, name, status->closed[i]);
	}
	return json_pack("{s:o}", "counters", list);
}

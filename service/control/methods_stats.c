/* SPDX-License-Identifier: MIT */
#include "control/control_call.h"
#include "control/describe.h"

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

/* What the process counts beside the state thread's own counters. */
static const struct {
	const char *name;
	const char *unit;
	const char *help;
	size_t offset; /* of its value in HostStatus */
} process_counters[] = {
    {"bytes_in", "bytes", "Bytes read from connections.", offsetof(HostStatus, bytes_in)},
    {"bytes_out", "bytes", "Bytes written to connections.", offsetof(HostStatus, bytes_out)},
    {"lines_in", "lines", "Lines read from connections.", offsetof(HostStatus, lines_in)},
    {"lines_out", "lines", "Lines written to connections.", offsetof(HostStatus, lines_out)},
};

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
	for (size_t i = 0; i < G_N_ELEMENTS(process_counters); i++) {
		const void *value = (const char *)status + process_counters[i].offset;

		append_counter(list, process_counters[i].name, *(const uint64_t *)value);
	}
	for (unsigned i = 0; i < CLOSE_REASONS; i++) {
		g_autofree char *name = g_strconcat("closed_", close_reason(i)->name, NULL);

		append_counter(list, name, status->closed ? status->closed[i] : 0);
	}
	return json_pack("{s:o}", "counters", list);
}

static void
append_description(json_t *list, const char *name, const char *unit, const char *help)
{
	json_array_append_new(
	    list, json_pack("{s:s,s:s,s:s}", "name", name, "unit", unit, "help", help));
}

json_t *
describe_counters(void)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < COUNTERS; i++)
		append_description(
		    list, counter_row(i)->name, counter_row(i)->unit, counter_row(i)->help);
	for (size_t i = 0; i < G_N_ELEMENTS(process_counters); i++)
		append_description(list, process_counters[i].name, process_counters[i].unit,
		    process_counters[i].help);
	for (unsigned i = 0; i < CLOSE_REASONS; i++) {
		g_autofree char *name = g_strconcat("closed_", close_reason(i)->name, NULL);
		g_autofree char *help =
		    g_strdup_printf("Connections ended with: %s.", close_reason(i)->text);

		append_description(list, name, "connections", help);
	}
	return list;
}

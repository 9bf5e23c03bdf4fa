/* SPDX-License-Identifier: MIT */
#include "cmd/history_request.h"

#include "base/clock.h"
#include "proto/casemap.h"

#include <string.h>

#define TIMESTAMP "timestamp="
#define MSGID "msgid="

/* One row per subcommand: how many references stand between its target and its limit. */
typedef struct Subcommand {
	const char *name;
	HistorySelector selector;
	unsigned references;
	bool has_target;
	bool takes_star;
} Subcommand;

static const Subcommand subcommands[] = {
    {"LATEST", HISTORY_LATEST, 1, true, true},
    {"BEFORE", HISTORY_BEFORE, 1, true, false},
    {"AFTER", HISTORY_AFTER, 1, true, false},
    {"AROUND", HISTORY_AROUND, 1, true, false},
    {"BETWEEN", HISTORY_BETWEEN, 2, true, false},
    {"TARGETS", HISTORY_BETWEEN, 2, false, false},
};

bool
history_timestamp_parse(const char *text, int64_t *ret_time)
{
	if (!g_str_has_prefix(text, TIMESTAMP))
		return false;
	*ret_time = clock_parse(text + strlen(TIMESTAMP));
	if (*ret_time < 0)
		return false;
	/* The wire has milliseconds, and so have the rows. */
	*ret_time -= *ret_time % CLOCK_MILLISECOND;
	return true;
}

static bool
parse_reference(const char *text, const char *target, HistoryReference *ret_reference,
    HistoryProblem *ret_problem)
{
	*ret_reference = (HistoryReference){0};
	*ret_problem = (HistoryProblem){NULL, "INVALID_PARAMS", text, "Invalid timestamp"};
	if (g_str_has_prefix(text, TIMESTAMP))
		return history_timestamp_parse(text, &ret_reference->time);
	if (target && g_str_has_prefix(text, MSGID)) {
		size_t length = strlen(text + strlen(MSGID));

		ret_reference->msgid = text + strlen(MSGID);
		ret_problem->text = "Invalid message id";
		return length > 0 && length <= HISTORY_MSGID_MAX;
	}
	if (target && strchr(text, '=') && *text != '=') {
		ret_problem->target = target;
		ret_problem->code = "INVALID_MSGREFTYPE";
		ret_problem->text = "Messages are referred to by msgid= and timestamp=";
	} else {
		ret_problem->text = "Invalid message reference";
	}
	return false;
}

static bool
parse_limit(const char *text, unsigned most, unsigned *ret_limit, HistoryProblem *ret_problem)
{
	guint64 limit;

	*ret_problem = (HistoryProblem){
	    NULL, "INVALID_PARAMS", text, "Invalid limit; allowed are whole numbers from 1"};
	if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT64, &limit, NULL))
		return false;
	*ret_limit = (unsigned)MIN(limit, most);
	return true;
}

static const Subcommand *
find_subcommand(const char *name)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(subcommands); i++)
		if (casemap_equal(subcommands[i].name, name))
			return &subcommands[i];
	return NULL;
}

bool
history_request_parse(const char *const *parameters, unsigned n_parameters, unsigned most,
    HistoryRequest *ret_request, HistoryProblem *ret_problem)
{
	const Subcommand *row = n_parameters > 0 ? find_subcommand(parameters[0]) : NULL;
	unsigned wanted, at;

	*ret_request = (HistoryRequest){.subcommand = n_parameters > 0 ? parameters[0] : "*"};
	*ret_problem = (HistoryProblem){NULL, "INVALID_PARAMS", NULL, "Unknown command"};
	if (n_parameters > 0 && !row)
		return false;
	wanted = row ? 1u + row->has_target + row->references + 1u : 1;
	ret_problem->text =
	    n_parameters < wanted ? "Insufficient parameters" : "Too many parameters";
	if (n_parameters != wanted)
		return false;
	at = 1;
	ret_request->subcommand = row->name;
	ret_request->selector = row->selector;
	ret_request->target = row->has_target ? parameters[at++] : NULL;
	ret_request->has_first = !row->takes_star || strcmp(parameters[at], "*") != 0;
	if (ret_request->has_first &&
	    !parse_reference(parameters[at], ret_request->target, &ret_request->first, ret_problem))
		return false;
	at++;
	if (row->references > 1 && !parse_reference(parameters[at++], ret_request->target,
				       &ret_request->second, ret_problem))
		return false;
	return parse_limit(parameters[at], most, &ret_request->limit, ret_problem);
}

/* SPDX-License-Identifier: MIT */
#include "control/control_call.h"

#include <string.h>

/* NULL after a refusal. */
static LogSources *
sources_of_call(ControlCall *call)
{
	LogSources *sources = log_sources_new();
	json_t *item;
	size_t index;

	json_array_foreach(call_value(call, "sources"), index, item)
	{
		const char *text = json_string_value(item);

		if (text && log_sources_add(sources, text))
			continue;
		call_refuse_parameter(call, "sources", NULL,
		    "'%.64s' is no log source: all, a level, subsystem, EVENT, subsystem.EVENT or "
		    "subsystem.level, ! before it for not; at most %u",
		    text ? text : "(not a string)", LOG_SOURCES_MAX);
		log_sources_free(sources);
		return NULL;
	}
	return sources;
}

json_t *
method_log_subscribe(ControlCall *call)
{
	LogSources *sources = sources_of_call(call);

	if (!sources)
		return NULL;
	log_sources_free(call->session->log_sources);
	call->session->log_sources = sources;
	return json_true();
}

json_t *
method_log_unsubscribe(ControlCall *call)
{
	log_sources_free(call->session->log_sources);
	call->session->log_sources = log_sources_new();
	return json_true();
}

json_t *
method_log_list(ControlCall *call)
{
	const LogRing *ring = call->control->setup.log_ring;
	LogSources *sources = sources_of_call(call);
	bool everything = json_array_size(call_value(call, "sources")) == 0;
	json_t *list;

	if (!sources)
		return NULL;
	list = json_array();
	for (unsigned i = 0; i < log_ring_length(ring); i++) {
		const LogEntry *entry = log_ring_get(ring, i);

		if (everything ||
		    log_sources_match(sources, entry->level, entry->subsystem, entry->id))
			json_array_append_new(list, log_entry_object(entry));
	}
	log_sources_free(sources);
	return json_pack("{s:o}", "list", list);
}

static bool
is_word(const char *text, bool upper)
{
	for (const char *c = text; *c; c++)
		if (!(upper ? g_ascii_isupper(*c) : g_ascii_islower(*c)) && !g_ascii_isdigit(*c) &&
		    *c != '_' && *c != '-')
			return false;
	return true;
}

json_t *
method_log_send(ControlCall *call)
{
	const char *text = call_string(call, "msg");
	const char *subsystem = call_string(call, "subsystem");
	const char *event_id = call_string(call, "event_id");
	LogField fields[] = {{"by", call->who}, {NULL, NULL}};
	LogLevel level;

	/* One of the existing clients says it this way. */
	if (!text)
		text = call_string(call, "message");
	if (!text)
		return call_refuse_parameter(call, "msg", NULL, "Missing parameter: 'msg'");
	if (!is_word(subsystem, false))
		return call_refuse_parameter(
		    call, "subsystem", NULL, "Parameter 'subsystem' must be a lower-case word");
	if (!is_word(event_id, true))
		return call_refuse_parameter(
		    call, "event_id", NULL, "Parameter 'event_id' must be an UPPER_CASE word");
	if (!log_level_parse(call_string(call, "level"), &level))
		return call_refuse_parameter(call, "level", NULL, "Parameter 'level' is no level");
	call_note(call, event_id, NULL, json_pack("{s:o}", "msg", json_text(text)));
	log_event(call->control->setup.log, level, subsystem, event_id, fields, "%s", text);
	return json_true();
}

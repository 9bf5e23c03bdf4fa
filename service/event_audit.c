/* SPDX-License-Identifier: MIT */
#include "event_audit.h"

#include "server_private.h"

#include "act/query_records.h"
#include "domain/channel.h"
#include "domain/user.h"

/* One's own account is one's own business. */
static bool
is_of_others(const Event *event)
{
	return g_strcmp0(event->user->account, event->account) != 0;
}

static const char *
account_of(const Event *event)
{
	return event->account;
}

static const char *
victim_of(const Event *event)
{
	return event->target->prefix;
}

static const char *
channel_of(const Event *event)
{
	return event->channel->name;
}

static const char *
nothing(const Event *event)
{
	return "";
}

static char *
text_of(const Event *event)
{
	return g_strdup(event->text);
}

/* Of a closed channel the text is the reason. */
static char *
registration_of(const Event *event)
{
	if (!event->channel->registered)
		return g_strdup("released");
	return event->text ? g_strdup_printf("closed: %s", event->text) : g_strdup("registered");
}

static const struct {
	const char *method;
	const char *(*object)(const Event *event);
	char *(*after)(const Event *event); /* what was done; caller frees */
	bool (*counts)(const Event *event); /* NULL: always */
} rows[EVENTS] = {
    [EVENT_KILLED] = {"KILL", victim_of, text_of, NULL},
    [EVENT_OVERRIDE] = {"override", nothing, text_of, NULL},
    [EVENT_ANNOUNCEMENT] = {"announcement", nothing, text_of, NULL},
    [EVENT_WALLOPS] = {"WALLOPS", nothing, text_of, NULL},
    [EVENT_ACCOUNT_RECORD] = {"account", account_of, text_of, is_of_others},
    [EVENT_CHANNEL_REGISTERED] = {"channel registration", channel_of, registration_of, NULL},
};

/* JSON, as the audit holds it. */
static char *
text_value(const char *text)
{
	g_autoptr(GString) value = g_string_new("\"");

	for (; text && *text; text++)
		if (*text == '"' || *text == '\\')
			g_string_append_printf(value, "\\%c", *text);
		else if ((unsigned char)*text < ' ')
			g_string_append_printf(value, "\\u%04x", (unsigned)*text);
		else
			g_string_append_c(value, *text);
	g_string_append_c(value, '"');
	return g_strdup(value->str);
}

void
event_audit(void *data, const Event *event)
{
	Server *server = data;
	g_autofree char *done = NULL;
	g_autofree char *after = NULL;
	StoreAudit audit;

	if (!server->store || !rows[event->kind].method || !event->user ||
	    !user_is_operator(event->user) ||
	    (rows[event->kind].counts && !rows[event->kind].counts(event)))
		return;
	done = rows[event->kind].after(event);
	after = text_value(done);
	audit = (StoreAudit){
	    .time = event->time,
	    .who = event->user->prefix,
	    .role = (char *)"IRC operator",
	    .method = (char *)rows[event->kind].method,
	    .object = (char *)rows[event->kind].object(event),
	    .outcome = (char *)"done",
	    .after = after,
	    .keep = server->settings->log->audit_entries,
	};
	records_add_audit(&server->records, &audit, NULL, NULL);
}

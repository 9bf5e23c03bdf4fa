/* SPDX-License-Identifier: MIT */
#include "event_log.h"

#include "domain/channel.h"
#include "domain/session.h"
#include "domain/user.h"

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

static void
log_connected(Log *log, const Event *event)
{
	const User *user = event->user;
	const Session *session = user_first_session(user);
	const LogField fields[] = {{"nick", user->nick}, {"username", user->username},
	    {"address", user->address}, {"real_name", user->real_name},
	    {"tls", session ? or_empty(session->peer.tls_version) : ""}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "connect", "LOCAL_CLIENT_CONNECT", fields,
	    "%s connected from %s", user->prefix, user->address);
}

static void
log_quit(Log *log, const Event *event)
{
	const LogField fields[] = {{"nick", event->user->nick}, {"address", event->user->address},
	    {"reason", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "quit", "LOCAL_CLIENT_QUIT", fields, "%s quit: %s",
	    event->user->prefix, or_empty(event->text));
}

/* A client of a user who was here without it, or stays without it. */
static void
log_client(Log *log, const Event *event)
{
	bool came = event->kind == EVENT_ATTACHED;
	const User *user = event->user;
	g_autofree char *clients = g_strdup_printf("%u", user_sessions(user));
	const LogField fields[] = {{"nick", user->nick}, {"account", or_empty(user->account)},
	    {"clients", clients}, {"reason", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, came ? "connect" : "quit",
	    came ? "CLIENT_ATTACHED" : "CLIENT_DETACHED", fields, "%s has %s client now",
	    user->prefix, came ? "one more" : "one less");
}

static void
log_killed(Log *log, const Event *event)
{
	const LogField fields[] = {{"nick", event->target->nick}, {"by", or_empty(event->by)},
	    {"reason", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "kill", "KILL_COMMAND", fields,
	    "%s was disconnected by %s: %s", event->target->prefix, or_empty(event->by),
	    or_empty(event->text));
}

static void
log_operator(Log *log, const Event *event)
{
	bool is_one = *event->text == '+';
	const LogField fields[] = {{"nick", event->user->nick},
	    {"operator", or_empty(event->user->operator_name)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "oper", is_one ? "OPER_SUCCESS" : "OPER_LOST", fields,
	    "%s is %s", event->user->prefix, is_one ? "an operator now" : "no operator any more");
}

static void
log_operator_refused(Log *log, const Event *event)
{
	const LogField fields[] = {{"nick", event->user->nick}, {"address", event->user->address},
	    {"operator", or_empty(event->by)}, {"reason", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_WARN, "oper", "OPER_FAILED", fields, "%s is not operator %s: %s",
	    event->user->prefix, or_empty(event->by), or_empty(event->text));
}

static void
log_override(Log *log, const Event *event)
{
	const LogField fields[] = {{"by", event->source}, {"command", event->text}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "oper", "OPER_OVERRIDE", fields, "%s overrode: %s",
	    event->source, event->text);
}

static void
log_channel(Log *log, const Event *event)
{
	static const struct {
		EventKind kind;
		const char *id;
		const char *text;
	} rows[] = {
	    {EVENT_CHANNEL_ADDED, "CHANNEL_CREATED", "was created"},
	    {EVENT_CHANNEL_REMOVED, "CHANNEL_REMOVED", "is gone"},
	};
	const LogField fields[] = {{"channel", event->channel->name}, {NULL, NULL}};

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].kind == event->kind)
			log_event(log, LOG_LEVEL_INFO, "channel", rows[i].id, fields, "%s %s",
			    event->channel->name, rows[i].text);
}

static void
log_registration(Log *log, const Event *event)
{
	bool registered = event->channel->registered;
	bool closed = registered && event->text;
	const LogField fields[] = {{"channel", event->channel->name}, {"by", or_empty(event->by)},
	    {"reason", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "channel",
	    closed       ? "CHANNEL_CLOSED"
	    : registered ? "CHANNEL_REGISTERED"
			 : "CHANNEL_RELEASED",
	    fields, "%s was %s by %s%s%s", event->channel->name,
	    closed       ? "closed"
	    : registered ? "registered"
			 : "released",
	    or_empty(event->by), closed ? ": " : "", closed ? event->text : "");
}

static void
log_account(Log *log, const Event *event)
{
	const LogField fields[] = {{"account", or_empty(event->account)},
	    {"by", or_empty(event->by)}, {"address", event->user ? event->user->address : ""},
	    {"change", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "account", "ACCOUNT_CHANGED", fields,
	    "Account %s: %s, by %s", or_empty(event->account), or_empty(event->text),
	    or_empty(event->by));
}

/* Its form is what programs like fail2ban look for. */
static void
log_login_failed(Log *log, const Event *event)
{
	const LogField fields[] = {
	    {"address", event->text}, {"nick", or_empty(event->by)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_WARN, "account", "LOGIN_FAILED", fields,
	    "Failed login from %s (%s)", event->text, or_empty(event->by));
}

static void
log_mail_failed(Log *log, const Event *event)
{
	const LogField fields[] = {{"problem", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_ERROR, "mail", "MAIL_FAILED", fields, "A mail was not sent: %s",
	    or_empty(event->text));
}

static void
log_flood(Log *log, const Event *event)
{
	const LogField fields[] = {{"what", event->text}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_WARN, "flood", "FLOOD", fields, "Held back: %s", event->text);
}

static void
log_kick(Log *log, const Event *event)
{
	const LogField fields[] = {{"channel", event->channel->name}, {"nick", event->target->nick},
	    {"by", event->source}, {"reason", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "kick", "LOCAL_CLIENT_KICK", fields,
	    "%s kicked %s from %s: %s", event->source, event->target->nick, event->channel->name,
	    or_empty(event->text));
}

static void
log_topic(Log *log, const Event *event)
{
	const LogField fields[] = {{"channel", event->channel->name}, {"by", event->source},
	    {"topic", or_empty(event->text)}, {NULL, NULL}};

	log_event(log, LOG_LEVEL_INFO, "topic", "TOPIC_CHANGED", fields,
	    "%s changed the topic of %s", event->source, event->channel->name);
}

static void
log_configuration(Log *log, const Event *event)
{
	const LogField fields[] = {{"by", or_empty(event->by)},
	    {"changes", event->text ? event->text : "0"}, {NULL, NULL}};

	if (event->text)
		log_event(log, LOG_LEVEL_INFO, "config", "CONFIG_APPLIED", fields,
		    "Other settings are in force, by %s", or_empty(event->by));
	else
		log_event(log, LOG_LEVEL_INFO, "config", "CONFIG_UNCHANGED", fields,
		    "The configuration was read again by %s: nothing changed", or_empty(event->by));
}

/* NULL: not for the log. */
static void (*const writers[EVENTS])(Log *, const Event *) = {
    [EVENT_CONNECTED] = log_connected,
    [EVENT_QUIT] = log_quit,
    [EVENT_ATTACHED] = log_client,
    [EVENT_DETACHED] = log_client,
    [EVENT_KILLED] = log_killed,
    [EVENT_OPERATOR] = log_operator,
    [EVENT_OPERATOR_REFUSED] = log_operator_refused,
    [EVENT_OVERRIDE] = log_override,
    [EVENT_CHANNEL_ADDED] = log_channel,
    [EVENT_CHANNEL_REMOVED] = log_channel,
    [EVENT_CHANNEL_REGISTERED] = log_registration,
    [EVENT_ACCOUNT_RECORD] = log_account,
    [EVENT_LOGIN_FAILED] = log_login_failed,
    [EVENT_MAIL_FAILED] = log_mail_failed,
    [EVENT_FLOOD] = log_flood,
    [EVENT_KICK] = log_kick,
    [EVENT_TOPIC] = log_topic,
    [EVENT_CONFIGURATION] = log_configuration,
};

void
event_log(void *data, const Event *event)
{
	if (writers[event->kind])
		writers[event->kind](data, event);
}

/* SPDX-License-Identifier: MIT */
#include "act/ctx.h"

#include "base/message_id.h"
#include "domain/account.h"
#include "proto/caps.h"
#include "proto/modes.h"
#include "proto/utf8.h"

#include <string.h>

/* Which privilege of an operator lets a user do it; 0: it is decided by his seat. */
static const struct {
	unsigned privilege;
	const char *name;
} verb_rights[] = {
    [MAY_MANAGE_ACCOUNTS] = {OPERATOR_ACCOUNTS, "accounts"},
    [MAY_SEE_HIDDEN] = {OPERATOR_SEE_HIDDEN, "see_hidden"},
    [MAY_KILL] = {OPERATOR_KILL, "kill"},
    [MAY_REHASH] = {OPERATOR_REHASH, "rehash"},
    [MAY_WALLOPS] = {OPERATOR_WALLOPS, "wallops"},
    [MAY_READ_STATS] = {OPERATOR_STATS, "stats"},
    [MAY_ANNOUNCE] = {OPERATOR_ANNOUNCE, "announce"},
    [MAY_OVERRIDE] = {OPERATOR_OVERRIDE, "override"},
    [MAY_READ_NOTICES] = {OPERATOR_NOTICES, "notices"},
    [MAY_KEEP_CHANNELS] = {OPERATOR_CHANNELS, "channels"},
    [MAY_HOST_CHANNEL] = {0, "host"},
    [MAY_OWN_CHANNEL] = {0, "owner"},
};

/* "#x :No such channel" as a person reads it: "#x: No such channel". Caller frees. */
static char *
readable(const char *text)
{
	const char *colon = *text == ':' ? text : strstr(text, " :");

	if (!colon)
		return g_strdup(text);
	if (colon == text)
		return g_strdup(text + 1);
	return g_strdup_printf("%.*s: %s", (int)(colon - text), text, colon + 2);
}

/* In other words than a numeric's. */
static void
reword_refusal(Ctx *ctx, const char *text)
{
	g_autofree char *words = readable(text);
	const FailAs *as = ctx->fail_as;

	if (ctx->voice)
		ctx_say(ctx, "%s", words);
	else
		reply_standard(ctx->reply, "FAIL", as->command, as->code, as->context, words);
}

Outcome
ctx_refuse(Ctx *ctx, unsigned numeric, const char *name, const char *format, ...)
{
	va_list arguments;

	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	va_start(arguments, format);
	if (ctx->reply && (ctx->voice || ctx->fail_as)) {
		g_autofree char *text = g_strdup_vprintf(format, arguments);
		reword_refusal(ctx, text);
	} else if (ctx->reply) {
		reply_numeric_valist(ctx->reply, numeric, format, arguments);
	} else if (ctx->sink.refuse) {
		g_autofree char *text = g_strdup_vprintf(format, arguments);
		(ctx->sink.refuse)(ctx->sink.data, numeric, name, text);
	}
	va_end(arguments);
	return OUTCOME_REFUSED;
}

/* What tags say of the source: as it is now, for history keeps the event. */
static void
mark_source(const Ctx *ctx, Event *event)
{
	const User *user = event->user;

	event->is_by_bot = user && (user->modes & MODE_USER_BOT);
	event->is_by_operator = user && user_is_operator(user);
	if (event->is_by_operator && settings_community(ctx->community->settings)->operator_names)
		event->operator_name = user->operator_name;
	event->account = user ? user->account : NULL;
	event->owner = user && user->login ? user->login->id : 0;
}

Outcome
ctx_fail(Ctx *ctx, const char *command, const char *code, const char *context, const char *text)
{
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	if (ctx->reply && ctx->voice)
		ctx_say(ctx, "%s", text);
	else if (ctx->reply)
		reply_standard(ctx->reply, "FAIL", command, code, context, text);
	else if (ctx->sink.refuse)
		(ctx->sink.refuse)(ctx->sink.data, 0, code, text);
	return OUTCOME_REFUSED;
}

void
ctx_note(Ctx *ctx, const char *command, const char *code, const char *context, const char *text)
{
	if (ctx->reply && ctx->voice)
		ctx_say(ctx, "%s", text);
	else if (ctx->reply)
		reply_standard(ctx->reply, "NOTE", command, code, context, text);
}

void
ctx_warn(Ctx *ctx, const char *command, const char *code, const char *text)
{
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	if (ctx->reply && ctx->voice)
		ctx_say(ctx, "%s", text);
	else if (ctx->reply)
		reply_own_standard(ctx->reply, "WARN", command, code, text);
	else if (ctx->sink.refuse)
		(ctx->sink.refuse)(ctx->sink.data, 0, code, text);
}

char *
voice_prefix(const Community *community, const Voice *voice)
{
	return g_strdup_printf("%s!%s@%s", voice->nick, voice->nick, community->server_name);
}

void
ctx_say(Ctx *ctx, const char *format, ...)
{
	Event event = {.kind = EVENT_MESSAGE, .time = ctx->now, .verb = "NOTICE"};
	g_autofree char *source = NULL;
	g_autofree char *text = NULL;
	va_list arguments;

	if (!ctx->reply || !ctx->voice)
		return;
	source = voice_prefix(ctx->community, ctx->voice);
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	event.source = source;
	event.target_name = session_name(ctx->reply->session);
	event.text = text;
	if (session_has(ctx->reply->session, CAP_MESSAGE_TAGS))
		message_id_make(ctx->random, event.time, event.msgid);
	reply_event(ctx->reply, &event);
}

Ctx
ctx_as_service(const Ctx *ctx)
{
	Ctx service = *ctx;

	service.actor = (Actor){.kind = ACTOR_SERVICE, .name = ctx->community->server_name};
	return service;
}

Event
ctx_event(Ctx *ctx, EventKind kind)
{
	Event event = {
	    .kind = kind,
	    .time = ctx->now,
	    .source = ctx_source(ctx),
	    .user = ctx->actor.user,
	    .origin = ctx->actor.session,
	};

	if (event_row(kind)->audience != AUDIENCE_NOBODY)
		message_id_make(ctx->random, event.time, event.msgid);
	mark_source(ctx, &event);
	return event;
}

Event
ctx_user_event(Ctx *ctx, EventKind kind, User *user)
{
	Event event = ctx_event(ctx, kind);

	event.user = user;
	event.source = user->prefix;
	mark_source(ctx, &event);
	return event;
}

void
event_by_service(const Ctx *ctx, Event *event)
{
	event->source = ctx->community->server_name;
	event->is_by_bot = event->is_by_operator = false;
	event->operator_name = NULL;
	event->account = NULL;
	event->owner = 0;
}

Event
event_of_voice(Ctx *ctx, const char *source, const char *text)
{
	Event event = ctx_event(ctx, EVENT_MESSAGE);

	event_by_service(ctx, &event);
	event.source = source;
	event.user = NULL;
	event.origin = NULL;
	event.verb = "NOTICE";
	event.text = text;
	return event;
}

void
announce(Ctx *ctx, const Event *event)
{
	out_publish(ctx->out, ctx->community, event, ctx->reply);
}

char *
cut_text(const char *text, unsigned maximum)
{
	return g_strndup(text, utf8_cut(text, strlen(text), maximum));
}

const char *
ctx_source(const Ctx *ctx)
{
	return ctx->actor.user ? ctx->actor.user->prefix : ctx->community->server_name;
}

const char *
ctx_setter(const Ctx *ctx)
{
	return ctx->actor.user ? ctx->actor.user->prefix : ctx->actor.name;
}

bool
actor_may(const Ctx *ctx, ActorVerb verb, const Channel *channel)
{
	const User *user = ctx->actor.user;
	const Member *seat;

	if (ctx->actor.kind != ACTOR_USER)
		return true;
	if (!user)
		return false;
	if (verb_rights[verb].privilege)
		return user_has_privilege(user, verb_rights[verb].privilege);
	g_assert(channel);
	seat = user_seat(user, channel);
	if (!seat)
		return false;
	return verb == MAY_OWN_CHANNEL ? (seat->ranks & MODE_CHANNEL_OWNER) != 0
				       : member_is_host(seat);
}

bool
actor_must(Ctx *ctx, ActorVerb verb)
{
	if (actor_may(ctx, verb, NULL))
		return true;
	if (ctx->actor.user && user_is_operator(ctx->actor.user))
		refuse(ctx, ERR_NOPRIVS, verb_rights[verb].name);
	else
		refuse(ctx, ERR_NOPRIVILEGES);
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "act/kept_accounts.h"
#include "act/kept_channels.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "domain/account.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/properties.h"

#include <string.h>

static Outcome
fail(Ctx *ctx, const char *code, const char *context, const char *text)
{
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	if (ctx->reply)
		reply_standard(ctx->reply, "FAIL", "METADATA", code, context, text);
	else if (ctx->sink.refuse)
		(ctx->sink.refuse)(ctx->sink.data, ERR_UNKNOWNERROR, code, text);
	return OUTCOME_REFUSED;
}

static Outcome
fail_about(
    Ctx *ctx, const PropertyTarget *target, const char *code, const char *key, const char *text)
{
	g_autofree char *context =
	    g_strdup_printf("%s %s", property_target_name(target), message_middle(key));

	return fail(ctx, code, context, text);
}

const char *
property_target_name(const PropertyTarget *target)
{
	if (target->channel)
		return target->channel->name;
	if (target->account)
		return target->account->name;
	return target->user ? target->user->nick : "*";
}

static PropertyList **
list_of(const PropertyTarget *target)
{
	if (target->channel)
		return &target->channel->properties;
	if (target->account)
		return &target->account->properties;
	return target->user ? &target->user->properties
			    : &target->session->registration->properties;
}

const PropertyList *
property_target_list(const PropertyTarget *target)
{
	return *list_of(target);
}

/* Oneself, and channels one is host of; operators with the privilege for it the rest too. */
static bool
may_set(const Ctx *ctx, const PropertyTarget *target)
{
	if (target->channel)
		return actor_may(ctx, MAY_HOST_CHANNEL, target->channel) ||
		       actor_may(ctx, MAY_KEEP_CHANNELS, NULL);
	if (target->session)
		return ctx->actor.session == target->session;
	return (target->user && ctx->actor.user == target->user) ||
	       actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL);
}

/* The service says it, whoever did it: as a numeric it could not be a user's. That a bot or an
 * operator is behind it is told all the same (IRCv3 bot-mode, oper-tag). */
static Event
property_event(Ctx *ctx, const char *key, const char *value)
{
	Event event = ctx_event(ctx, EVENT_PROPERTY);
	const Event marked = event;

	event_by_service(ctx, &event);
	event.is_by_bot = marked.is_by_bot;
	event.is_by_operator = marked.is_by_operator;
	event.operator_name = marked.operator_name;
	event.source = NULL;
	event.key = key;
	event.text = value;
	return event;
}

static void
announce_property(Ctx *ctx, const PropertyTarget *target, const char *key, const char *value)
{
	Event event;

	if (target->session || target->account)
		return; /* nobody knows him yet; its users are told of themselves */
	event = property_event(ctx, key, value);
	event.channel = target->channel;
	event.target = target->user;
	event.target_name = property_target_name(target);
	announce(ctx, &event);
}

static void
keep_with_account(Ctx *ctx, const User *user, const char *key, const char *value)
{
	Account *account = user->login;

	if (!account)
		return;
	if (value)
		property_list_set(
		    &account->properties, key, value, ctx->community->settings->limits->properties);
	else
		property_list_remove(&account->properties, key);
	kept_account_put(ctx, account);
}

/* Who is logged in has what his account has. */
static void
give_to_users(Ctx *ctx, const Account *account, const char *key, const char *value)
{
	unsigned most = ctx->community->settings->limits->properties;

	for (guint i = 0; i < account->users->len; i++) {
		User *user = g_ptr_array_index(account->users, i);
		const PropertyTarget target = {.user = user};
		bool changed = g_strcmp0(property_list_get(user->properties, key), value) != 0;

		if (changed && value)
			changed = property_list_set(&user->properties, key, value, most);
		else if (changed)
			property_list_remove(&user->properties, key);
		if (changed)
			announce_property(ctx, &target, key, value);
	}
}

/* Told to everybody and to the store. */
static void
property_changed(Ctx *ctx, const PropertyTarget *target, const char *key, const char *value)
{
	announce_property(ctx, target, key, value);
	if (target->channel)
		kept_channel_put_property(ctx, target->channel, key, value);
	else if (target->user)
		keep_with_account(ctx, target->user, key, value);
	if (!target->account)
		return;
	kept_account_put(ctx, target->account);
	give_to_users(ctx, target->account, key, value);
}

/* The two drafts name it differently. */
static Outcome
fail_value(Ctx *ctx, const char *key, const char *text)
{
	const Session *session = ctx->actor.session;

	if (session && session_has(session, CAP_METADATA_3))
		return fail(ctx, "INVALID_VALUE", key, text);
	return fail(ctx, "VALUE_INVALID", NULL, text);
}

static Outcome
set_value(Ctx *ctx, const PropertyTarget *target, const char *key, const char *value)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	PropertyPlace place = target->channel ? PROPERTY_ON_CHANNEL : PROPERTY_ON_USER;

	if (!property_fits(key, place))
		return fail_about(
		    ctx, target, "KEY_NO_PERMISSION", key, "Not a property of such a target");
	if (strlen(value) > limits->property_bytes)
		return fail_value(ctx, key, "The value is too long");
	if (!property_value_is_valid(key, value))
		return fail_value(ctx, key, "Not a value that this property can have");
	if (g_strcmp0(property_list_get(*list_of(target), key), value) == 0)
		return OUTCOME_DONE;
	if (!property_list_set(list_of(target), key, value, limits->properties))
		return fail(ctx, "LIMIT_REACHED", property_target_name(target),
		    "No more properties may be set");
	property_changed(ctx, target, key, value);
	return OUTCOME_DONE;
}

#define CHANGES_WINDOW (60 * CLOCK_SECOND)

/* Who changes too much waits; administrators and the service do not. Tells how long. */
static bool
is_too_fast(Ctx *ctx, const PropertyTarget *target, const char *key)
{
	unsigned most = ctx->community->settings->limits->property_changes;
	const Session *session = ctx->actor.session;
	g_autofree char *who = NULL;
	g_autofree char *context = NULL;
	int64_t wait;

	if (ctx->actor.kind != ACTOR_USER || !session)
		return false;
	who = ctx->actor.user
		  ? g_strdup_printf(
			"u%u.%u", ctx->actor.user->handle.index, ctx->actor.user->handle.generation)
		  : g_strdup_printf("s%u.%u", session->handle.index, session->handle.generation);
	wait = throttle_wait(ctx->community->properties, who, most, ctx->monotonic);
	if (wait == 0) {
		throttle_count(ctx->community->properties, who, CHANGES_WINDOW, ctx->monotonic);
		return false;
	}
	context = g_strdup_printf("%s %s %d", property_target_name(target), message_middle(key),
	    (int)((wait + CLOCK_SECOND - 1) / CLOCK_SECOND));
	fail(ctx, "RATE_LIMITED", context, "Too many changes");
	return true;
}

Outcome
act_set_property(Ctx *ctx, const PropertyTarget *target, const char *key, const char *value)
{
	if (!property_key_is_valid(key))
		return fail(ctx, "KEY_INVALID", message_middle(key), "Not a valid key");
	if (!may_set(ctx, target))
		return fail_about(
		    ctx, target, "KEY_NO_PERMISSION", key, "You may not set properties there");
	if (is_too_fast(ctx, target, key))
		return OUTCOME_REFUSED;
	if (value)
		return set_value(ctx, target, key, value);
	if (!property_list_remove(list_of(target), key))
		return fail_about(ctx, target, "KEY_NOT_SET", key, "The key is not set");
	property_changed(ctx, target, key, NULL);
	return OUTCOME_DONE;
}

Outcome
act_clear_properties(Ctx *ctx, const PropertyTarget *target, PropertyList **ret_removed)
{
	if (!may_set(ctx, target))
		return fail_about(
		    ctx, target, "KEY_NO_PERMISSION", "*", "You may not clear properties there");
	while (property_list_length(*list_of(target)) > 0) {
		const Property *first = property_list_at(*list_of(target), 0);
		g_autofree char *key = g_strdup(first->key);

		property_list_set(ret_removed, key, first->value, G_MAXUINT);
		property_list_remove(list_of(target), key);
		property_changed(ctx, target, key, NULL);
	}
	return OUTCOME_DONE;
}

void
act_leave_properties(Ctx *ctx, User *user)
{
	const PropertyTarget target = {.user = user};

	while (property_list_length(user->properties) > 0) {
		g_autofree char *key = g_strdup(property_list_at(user->properties, 0)->key);

		property_list_remove(&user->properties, key);
		announce_property(ctx, &target, key, NULL);
	}
}

void
act_merge_properties(Ctx *ctx, User *user)
{
	unsigned most = ctx->community->settings->limits->properties;
	const PropertyTarget target = {.user = user};
	Account *account = user->login;
	bool changed = false;

	if (!account)
		return;
	for (unsigned i = 0; i < property_list_length(account->properties); i++) {
		const Property *property = property_list_at(account->properties, i);

		if (!property_list_get(user->properties, property->key) &&
		    property_list_set(&user->properties, property->key, property->value, most))
			announce_property(ctx, &target, property->key, property->value);
	}
	for (unsigned i = 0; i < property_list_length(user->properties); i++) {
		const Property *property = property_list_at(user->properties, i);
		const char *there = property_list_get(account->properties, property->key);

		if (g_strcmp0(there, property->value) != 0)
			changed |= property_list_set(
			    &account->properties, property->key, property->value, most);
	}
	if (changed)
		kept_account_put(ctx, account);
}

void
act_return_property(Ctx *ctx, Channel *channel, const char *key, const char *value)
{
	const PropertyTarget target = {.channel = channel};

	if (value)
		property_list_set(&channel->properties, key, value, G_MAXUINT);
	else
		property_list_remove(&channel->properties, key);
	announce_property(ctx, &target, key, value);
}

void
act_tell_properties(Ctx *ctx, User *user, Channel *channel)
{
	for (unsigned i = 0; i < property_list_length(user->properties); i++) {
		const Property *property = property_list_at(user->properties, i);
		Event event = property_event(ctx, property->key, property->value);

		event.channel = channel;
		event.target = user;
		event.target_name = user->nick;
		announce(ctx, &event);
	}
}

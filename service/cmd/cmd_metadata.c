/* SPDX-License-Identifier: MIT */
/* METADATA (IRCv3 draft/metadata-2, and -3, whose notifications are numerics). */
#include "act/verbs.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/metadata_tell.h"
#include "cmd/packed_words.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/modes.h"
#include "proto/names.h"
#include "proto/properties.h"

#include <string.h>

static Outcome
fail(Ctx *ctx, const char *code, const char *context, const char *text)
{
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	reply_standard(ctx->reply, "FAIL", "METADATA", code, context, text);
	return OUTCOME_REFUSED;
}

/* Who a client means; a channel that it may not know of is none. */
static bool
find_target(Ctx *ctx, const char *name, PropertyTarget *ret_target)
{
	Directory *directory = ctx->community->directory;

	*ret_target = (PropertyTarget){0};
	if (strcmp(name, "*") == 0 && ctx->actor.user)
		ret_target->user = ctx->actor.user;
	else if (strcmp(name, "*") == 0)
		ret_target->session = ctx->actor.session;
	else if (ctx->actor.user && name_is_channel_like(name))
		ret_target->channel = directory_find_channel(directory, name);
	else if (ctx->actor.user)
		ret_target->user = directory_find_user(directory, name);
	if (ret_target->channel && !may_see_channel(ctx, ret_target->channel))
		ret_target->channel = NULL;
	return ret_target->user || ret_target->channel || ret_target->session;
}

/* What is said of a channel is for who is in it, or could look in. */
static bool
may_read(Ctx *ctx, const PropertyTarget *target)
{
	const Channel *channel = target->channel;
	g_autofree char *context = NULL;

	if (!channel || actor_may(ctx, MAY_SEE_HIDDEN, NULL) || user_seat(ctx->actor.user, channel))
		return true;
	if (may_see_inside(ctx, channel) && !channel_has(channel, MODE_CHANNEL_INVITE_ONLY))
		return true;
	context = g_strdup_printf("%s *", channel->name);
	fail(ctx, "KEY_NO_PERMISSION", context, "You may not see the properties of this channel");
	return false;
}

static Outcome
metadata_get(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	const char *name = property_target_name(target);

	if (!may_read(ctx, target))
		return OUTCOME_REFUSED;
	reply_batch_begin(ctx->reply, "metadata", name);
	for (unsigned i = 2; i < message->n_params; i++) {
		const char *key = message->params[i];
		const char *value = property_list_get(property_target_list(target), key);

		if (!property_key_is_valid(key))
			fail(ctx, "KEY_INVALID", message_middle(key), "Not a valid key");
		else if (value)
			reply(ctx, RPL_KEYVALUE, name, key, value);
		else
			reply(ctx, RPL_KEYNOTSET, name, key);
	}
	reply_batch_end(ctx->reply);
	return OUTCOME_DONE;
}

static Outcome
metadata_list(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	const char *name = property_target_name(target);
	const PropertyList *list = property_target_list(target);

	if (!may_read(ctx, target))
		return OUTCOME_REFUSED;
	reply_batch_begin(ctx->reply, "metadata", name);
	for (unsigned i = 0; i < property_list_length(list); i++) {
		const Property *property = property_list_at(list, i);

		reply(ctx, RPL_KEYVALUE, name, property->key, property->value);
	}
	reply_batch_end(ctx->reply);
	return OUTCOME_DONE;
}

static Outcome
metadata_set(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	const char *key = message->params[2];
	const char *value = message->n_params > 3 ? message->params[3] : NULL;
	Outcome outcome = act_set_property(ctx, target, key, value);

	if (outcome != OUTCOME_DONE)
		return outcome;
	if (value)
		reply(ctx, RPL_KEYVALUE, property_target_name(target), key, value);
	else
		reply(ctx, RPL_KEYNOTSET, property_target_name(target), key);
	return OUTCOME_DONE;
}

/* The drafts differ: metadata-2 has RPL_KEYVALUE here, with what was there once more; metadata-3
 * says of each key that it is not set. */
static Outcome
metadata_clear(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	g_autoptr(PropertyList) removed = NULL;
	const char *name = property_target_name(target);
	bool as_gone = session_has(ctx->actor.session, CAP_METADATA_3);
	Outcome outcome = act_clear_properties(ctx, target, &removed);

	if (outcome != OUTCOME_DONE)
		return outcome;
	reply_batch_begin(ctx->reply, "metadata", name);
	for (unsigned i = 0; i < property_list_length(removed); i++) {
		const Property *property = property_list_at(removed, i);

		if (as_gone)
			reply(ctx, RPL_KEYNOTSET, name, property->key);
		else
			reply(ctx, RPL_KEYVALUE, name, property->key, property->value);
	}
	reply_batch_end(ctx->reply);
	return OUTCOME_DONE;
}

static void
tell_subscribed(Ctx *ctx, const char *keys)
{
	reply(ctx, RPL_METADATASUBOK, keys);
}

static void
tell_unsubscribed(Ctx *ctx, const char *keys)
{
	reply(ctx, RPL_METADATAUNSUBOK, keys);
}

static void
tell_subscriptions(Ctx *ctx, const char *keys)
{
	reply(ctx, RPL_METADATASUBS, keys);
}

/* What is there already is asked for with SYNC. */
static void
tell_where_to_sync(Ctx *ctx)
{
	const User *user = ctx->actor.user;

	for (uint32_t i = 0; user && i < user->n_seats; i++)
		reply(ctx, RPL_METADATASYNCLATER, user->seats[i]->channel->name, "");
}

static Outcome
metadata_sub(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	unsigned most = ctx->community->settings->limits->property_subscriptions;
	PropertyList **set = &ctx->actor.session->subscriptions;
	unsigned before = property_list_length(*set);
	PackedWords keys = packed_words_begin(ctx, ' ', tell_subscribed);
	Outcome outcome = OUTCOME_DONE;

	for (unsigned i = 2; i < message->n_params; i++) {
		const char *key = message->params[i];

		if (!property_key_is_valid(key)) {
			outcome = fail(ctx, "KEY_INVALID", message_middle(key), "Not a valid key");
		} else if (property_list_length(*set) >= most) {
			/* No further key is looked at, not even one that is there already. */
			outcome = fail(ctx, "TOO_MANY_SUBS", key, "Too many subscriptions");
			break;
		} else {
			property_list_set(set, key, "", most);
			packed_words_add(&keys, key);
		}
	}
	packed_words_end(&keys);
	if (property_list_length(*set) > before)
		tell_where_to_sync(ctx);
	return outcome;
}

static Outcome
metadata_unsub(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	PropertyList **set = &ctx->actor.session->subscriptions;
	PackedWords keys = packed_words_begin(ctx, ' ', tell_unsubscribed);
	Outcome outcome = OUTCOME_DONE;

	for (unsigned i = 2; i < message->n_params; i++) {
		const char *key = message->params[i];

		if (!property_key_is_valid(key)) {
			outcome = fail(ctx, "KEY_INVALID", message_middle(key), "Not a valid key");
			continue;
		}
		property_list_remove(set, key);
		packed_words_add(&keys, key);
	}
	packed_words_end(&keys);
	return outcome;
}

static Outcome
metadata_subs(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	const PropertyList *set = ctx->actor.session->subscriptions;
	PackedWords keys = packed_words_begin(ctx, ' ', tell_subscriptions);

	reply_batch_begin(ctx->reply, "metadata-subs", NULL);
	for (unsigned i = 0; i < property_list_length(set); i++)
		packed_words_add(&keys, property_list_at(set, i)->key);
	packed_words_end(&keys);
	reply_batch_end(ctx->reply);
	return OUTCOME_DONE;
}

static Outcome
metadata_sync(Ctx *ctx, const PropertyTarget *target, const Message *message)
{
	if (!may_read(ctx, target))
		return OUTCOME_REFUSED;
	metadata_tell_sync(ctx, target);
	return OUTCOME_DONE;
}

static const struct {
	const char *name;
	unsigned least_params;
	bool is_own; /* about the asking session: the target can only be itself */
	Outcome (*run)(Ctx *ctx, const PropertyTarget *target, const Message *message);
} subcommands[] = {
    {"GET", 3, false, metadata_get},
    {"LIST", 2, false, metadata_list},
    {"SET", 3, false, metadata_set},
    {"CLEAR", 2, false, metadata_clear},
    {"SUB", 3, true, metadata_sub},
    {"UNSUB", 3, true, metadata_unsub},
    {"SUBS", 2, true, metadata_subs},
    {"SYNC", 2, false, metadata_sync},
};

static bool
is_self(const Ctx *ctx, const PropertyTarget *target)
{
	return target->session || (target->user && target->user == ctx->actor.user);
}

Outcome
cmd_metadata(Ctx *ctx, const Message *message)
{
	const char *name = message->params[0];
	PropertyTarget target;
	unsigned index = 0;

	if (!ctx->actor.user && !(ctx->actor.session->caps & (CAP_METADATA_2 | CAP_METADATA_3)))
		return refuse(ctx, ERR_NOTREGISTERED);
	while (index < G_N_ELEMENTS(subcommands) &&
	       !casemap_equal(subcommands[index].name, message->params[1]))
		index++;
	if (index == G_N_ELEMENTS(subcommands))
		return fail(ctx, "SUBCOMMAND_INVALID", message_middle(message->params[1]),
		    "No such subcommand");
	if (message->n_params < subcommands[index].least_params)
		return refuse(ctx, ERR_NEEDMOREPARAMS, "METADATA");
	if (!find_target(ctx, name, &target) ||
	    (subcommands[index].is_own && !is_self(ctx, &target)))
		return fail(ctx, "INVALID_TARGET", message_middle(name), "Not a valid target");
	return subcommands[index].run(ctx, &target, message);
}

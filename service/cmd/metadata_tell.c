/* SPDX-License-Identifier: MIT */
#include "cmd/metadata_tell.h"

#include "cmd/room.h"
#include "proto/caps.h"
#include "proto/properties.h"

#define ENTRY_MOST 100u       /* values told at once to who enters; more are fetched with SYNC */
#define ENTRY_RETRY_SECONDS 4 /* when */
#define SYNC_RETRY_SECONDS 10 /* after one that did not fit into the send queue */

static bool
knows_metadata(const Session *session)
{
	return (session->caps & (CAP_METADATA_2 | CAP_METADATA_3)) != 0;
}

static void
tell_one(Ctx *ctx, const char *target, const Property *property)
{
	if (session_has(ctx->actor.session, CAP_METADATA_3))
		reply(ctx, RPL_KEYVALUE, target, property->key, property->value);
	else
		reply_line(
		    ctx->reply, "METADATA %s %s * :%s", target, property->key, property->value);
}

static bool
is_wanted(const Ctx *ctx, const Property *property)
{
	return property_list_get(ctx->actor.session->subscriptions, property->key) != NULL;
}

static unsigned
count_wanted(const Ctx *ctx, const PropertyList *list)
{
	unsigned count = 0;

	for (unsigned i = 0; i < property_list_length(list); i++)
		count += is_wanted(ctx, property_list_at(list, i)) ? 1 : 0;
	return count;
}

static void
tell_wanted(Ctx *ctx, const char *target, const PropertyList *list)
{
	for (unsigned i = 0; i < property_list_length(list); i++)
		if (is_wanted(ctx, property_list_at(list, i)))
			tell_one(ctx, target, property_list_at(list, i));
}

/* Who has properties and is seen to be there. */
static bool
is_told_of(const Ctx *ctx, const Member *member)
{
	return member->user->properties && member_is_seen_by(member, ctx->actor.user);
}

/* False: the send queue has no room for more. */
static bool
tell_channel(Ctx *ctx, const Channel *channel)
{
	tell_wanted(ctx, channel->name, channel->properties);
	for (uint32_t i = 0; i < channel->n_members; i++) {
		const User *user = channel->members[i]->user;

		if (!is_told_of(ctx, channel->members[i]))
			continue;
		if (!room_is_left(ctx))
			return false;
		tell_wanted(ctx, user->nick, user->properties);
	}
	return true;
}

static void
tell_later(Ctx *ctx, const char *target, unsigned seconds)
{
	g_autofree char *retry = g_strdup_printf(" %u", seconds);

	reply(ctx, RPL_METADATASYNCLATER, target, retry);
}

void
metadata_tell_own(Ctx *ctx)
{
	const User *user = ctx->actor.user;

	if (!knows_metadata(ctx->actor.session))
		return;
	reply_batch_begin(ctx->reply, "metadata", user->nick);
	for (unsigned i = 0; i < property_list_length(user->properties); i++)
		tell_one(ctx, user->nick, property_list_at(user->properties, i));
	reply_batch_end(ctx->reply);
}

void
metadata_tell_entry(Ctx *ctx, const Channel *channel)
{
	const Session *session = ctx->actor.session;
	unsigned count;

	if (!knows_metadata(session) || !session->subscriptions)
		return;
	count = count_wanted(ctx, channel->properties);
	for (uint32_t i = 0; i < channel->n_members && count <= ENTRY_MOST; i++)
		if (is_told_of(ctx, channel->members[i]))
			count += count_wanted(ctx, channel->members[i]->user->properties);
	if (count > ENTRY_MOST) {
		tell_later(ctx, channel->name, ENTRY_RETRY_SECONDS);
	} else if (count > 0) {
		reply_batch_begin(ctx->reply, "metadata", channel->name);
		tell_channel(ctx, channel);
		reply_batch_end(ctx->reply);
	}
}

void
metadata_tell_sync(Ctx *ctx, const PropertyTarget *target)
{
	const char *name = property_target_name(target);
	bool whole = true;

	reply_batch_begin(ctx->reply, "metadata", name);
	if (target->channel)
		whole = tell_channel(ctx, target->channel);
	else
		tell_wanted(ctx, name, property_target_list(target));
	reply_batch_end(ctx->reply);
	if (!whole)
		tell_later(ctx, name, SYNC_RETRY_SECONDS);
}

void
metadata_tell_watched(Ctx *ctx, const User *user)
{
	if (knows_metadata(ctx->actor.session))
		tell_wanted(ctx, user->nick, user->properties);
}

void
metadata_tell_whois(Ctx *ctx, const User *user)
{
	if (!knows_metadata(ctx->actor.session))
		return;
	for (unsigned i = 0; i < property_list_length(user->properties); i++) {
		const Property *property = property_list_at(user->properties, i);
		const PropertyRow *row = property_find(property->key);

		if (row && row->in_whois)
			reply(ctx, RPL_WHOISKEYVALUE, user->nick, property->key, property->value);
	}
}

/* SPDX-License-Identifier: MIT */
#include "domain/channel.h"

#include "domain/channel_values.h"
#include "domain/user.h"
#include "proto/modes.h"

#include <string.h>

Channel *
channel_new(const char *name, int64_t now)
{
	Channel *channel = g_new0(Channel, 1);

	channel->name = g_strdup(name);
	channel->created_at = now;
	return channel;
}

void
channel_free(Channel *channel)
{
	if (!channel)
		return;
	while (channel->n_members > 0)
		member_free(channel->members[channel->n_members - 1]);
	g_free(channel->members);
	for (unsigned i = 0; i < CHANNEL_LISTS; i++)
		mask_list_clear(&channel->lists[i]);
	g_free(channel->name);
	g_free(channel->topic);
	g_free(channel->registered_by);
	g_free(channel->topic_by);
	g_free(channel->key);
	property_list_free(channel->properties);
	g_free(channel->forward);
	channel_ownership_clear(&channel->ownership);
	channel_set_value(channel, MODE_CHANNEL_FLOOD_INDEX, NULL);
	if (channel->timers)
		timers_cancel(channel->timers, &channel->due);
	g_free(channel);
}

/* Seats are kept in plain arrays on both sides; each knows its places, so leaving is O(1). */
static void
append_seat(Member ***seats, uint32_t *n_seats, uint32_t *capacity, uint32_t least, Member *member)
{
	if (*n_seats == *capacity) {
		*capacity = MAX(least, *capacity * 2);
		*seats = g_renew(Member *, *seats, *capacity);
	}
	(*seats)[(*n_seats)++] = member;
}

Member *
channel_add_member(Channel *channel, User *user, int64_t now)
{
	Member *member = g_new0(Member, 1);

	member->user = user;
	member->channel = channel;
	member->joined_at = now;
	member->in_user = user->n_seats;
	member->in_channel = channel->n_members;
	append_seat(&user->seats, &user->n_seats, &user->seats_capacity, 2, member);
	append_seat(&channel->members, &channel->n_members, &channel->members_capacity, 4, member);
	user_forget_verdicts(user);
	return member;
}

void
member_free(Member *member)
{
	User *user;
	Channel *channel;

	if (!member)
		return;
	user = member->user;
	channel = member->channel;
	user->seats[member->in_user] = user->seats[--user->n_seats];
	user->seats[member->in_user]->in_user = member->in_user;
	channel->members[member->in_channel] = channel->members[--channel->n_members];
	channel->members[member->in_channel]->in_channel = member->in_channel;
	user_forget_verdicts(user);
	g_free(member);
}

void
member_set_ranks(Member *member, uint64_t ranks)
{
	member->ranks = ranks;
	user_forget_verdicts(member->user);
}

void
channel_set_topic(Channel *channel, const char *text, const char *by, int64_t now)
{
	g_free(channel->topic);
	g_free(channel->topic_by);
	channel->topic = text && *text ? g_strdup(text) : NULL;
	channel->topic_by = channel->topic ? g_strdup(by) : NULL;
	channel->topic_at = channel->topic ? now : 0;
}

void
channel_set_key(Channel *channel, const char *key)
{
	char *copy = g_strdup(key);

	g_free(channel->key);
	channel->key = copy;
	if (key)
		channel->modes |= MODE_CHANNEL_KEY;
	else
		channel->modes &= ~(uint64_t)MODE_CHANNEL_KEY;
}

void
channel_set_limit(Channel *channel, unsigned limit)
{
	channel->limit = limit;
	if (limit > 0)
		channel->modes |= MODE_CHANNEL_LIMIT;
	else
		channel->modes &= ~(uint64_t)MODE_CHANNEL_LIMIT;
}

void
channel_set_registered(Channel *channel, const char *by, int64_t at)
{
	char *copy = g_strdup(by);

	if (!by) {
		channel_ownership_clear(&channel->ownership);
		for (unsigned i = CHANNEL_MODE_LISTS; i < CHANNEL_LISTS; i++)
			mask_list_clear(&channel->lists[i]);
	}
	g_free(channel->registered_by);
	channel->registered_by = copy;
	channel->registered = by != NULL;
	channel->registered_at = by ? at : 0;
	if (by)
		channel->modes |= MODE_CHANNEL_REGISTERED;
	else
		channel->modes &= ~(uint64_t)MODE_CHANNEL_REGISTERED;
}

bool
channel_is_kept(const Channel *channel)
{
	return channel_has(channel, MODE_CHANNEL_REGISTERED | MODE_CHANNEL_PERMANENT);
}

bool
channel_is_stored(const Channel *channel)
{
	return channel->held || channel_is_kept(channel);
}

bool
channel_has(const Channel *channel, uint64_t modes)
{
	return (channel->modes & modes) != 0;
}

static const unsigned list_modes[CHANNEL_LISTS] = {
    [CHANNEL_BANS] = MODE_CHANNEL_BAN_INDEX,
    [CHANNEL_EXCEPTS] = MODE_CHANNEL_EXCEPT_INDEX,
    [CHANNEL_INVITE_EXCEPTS] = MODE_CHANNEL_INVITE_EXCEPT_INDEX,
    [CHANNEL_OWNERS] = MODE_CHANNEL_OWNER_INDEX,
    [CHANNEL_OPS] = MODE_CHANNEL_OP_INDEX,
    [CHANNEL_VOICES] = MODE_CHANNEL_VOICE_INDEX,
};

char
channel_list_letter(unsigned kind)
{
	g_assert(kind < CHANNEL_LISTS);
	return mode_row(list_modes[kind])->letter;
}

MaskList *
channel_list(Channel *channel, char letter)
{
	for (unsigned i = 0; i < CHANNEL_LISTS; i++)
		if (channel_list_letter(i) == letter)
			return &channel->lists[i];
	return NULL;
}

unsigned
channel_list_entries(const Channel *channel)
{
	unsigned entries = 0;

	for (unsigned i = 0; i < CHANNEL_LISTS; i++)
		entries += channel->lists[i].n_entries;
	return entries;
}

void
channel_flip_flag(Channel *channel, unsigned index)
{
	channel->modes ^= MODE_BIT(index);
	/* Whether other channels' lists see who is here (~c:) may be another thing now. */
	if (MODE_BIT(index) & (MODE_CHANNEL_SECRET | MODE_CHANNEL_PRIVATE))
		for (uint32_t i = 0; i < channel->n_members; i++)
			user_forget_verdicts(channel->members[i]->user);
}

bool
channel_welcomes(const Channel *channel, const User *user)
{
	MaskSubject subject;

	if (user_invited(user, channel->handle) != INVITED_NOT)
		return true;
	user_subject(user, channel, &subject);
	return mask_list_match(&channel->lists[CHANNEL_INVITE_EXCEPTS], &subject) != NULL;
}

bool
channel_is_visible(const Channel *channel, const User *viewer)
{
	return !channel_has(channel, MODE_CHANNEL_SECRET) || (viewer && user_seat(viewer, channel));
}

bool
channel_shows_members(const Channel *channel, const User *viewer)
{
	return !channel_has(channel, MODE_CHANNEL_SECRET | MODE_CHANNEL_PRIVATE) ||
	       (viewer && user_seat(viewer, channel));
}

char *
channel_modes_text(const Channel *channel, bool with_key)
{
	return channel_modes_text_of(channel, UINT64_MAX, with_key);
}

char *
channel_modes_text_of(const Channel *channel, uint64_t bits, bool with_key)
{
	char letters[MODES + 1];
	GString *text;

	mode_letters(MODE_ON_CHANNEL, channel->modes & bits, letters);
	text = g_string_new(letters);
	/* Parameters stand in the order of their letters. */
	for (const char *letter = letters; *letter; letter++) {
		unsigned index = mode_find(MODE_ON_CHANNEL, *letter);
		g_autofree char *value = channel_value(channel, index);

		if (!value)
			continue;
		g_string_append_printf(
		    text, " %s", index == MODE_CHANNEL_KEY_INDEX && !with_key ? "*" : value);
	}
	return g_string_free(text, FALSE);
}

unsigned
member_level(const Member *member)
{
	if (member->ranks & MODE_CHANNEL_OWNER)
		return 3;
	if (member->ranks & MODE_CHANNEL_OP)
		return 2;
	return member->ranks & MODE_CHANNEL_VOICE ? 1 : 0;
}

bool
member_is_concealed(const Member *member)
{
	return member->unseen ||
	       (channel_has(member->channel, MODE_CHANNEL_AUDITORIUM) && !member_has_voice(member));
}

bool
member_is_seen_by(const Member *member, const User *viewer)
{
	const Member *seat;

	if (member->user == viewer || !member_is_concealed(member))
		return true;
	if (member->unseen || !viewer)
		return false;
	seat = user_seat(viewer, member->channel);
	return seat && member_is_host(seat);
}

bool
member_is_host(const Member *member)
{
	return member_level(member) >= 2;
}

bool
member_has_voice(const Member *member)
{
	return member_level(member) >= 1;
}

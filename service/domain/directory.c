/* SPDX-License-Identifier: MIT */
#include "domain/directory.h"

#include "domain/channel.h"
#include "domain/lookalikes.h"
#include "domain/user.h"
#include "proto/casemap.h"

#define DIRECTORY_MAX (1u << 24)

struct Directory {
	Slots *users;
	Slots *channels;
	GHashTable *by_nick;    /* user->nick -> User */
	GHashTable *by_name;    /* channel->name -> Channel */
	GHashTable *reserved;   /* own copy of the nick -> Session */
	Lookalikes *lookalikes; /* of all these nicks; NULL: looks do not matter */
};

Directory *
directory_new(void)
{
	Directory *directory = g_new0(Directory, 1);

	directory->users = slots_new(DIRECTORY_MAX);
	directory->channels = slots_new(DIRECTORY_MAX);
	directory->by_nick = g_hash_table_new(casemap_hash, casemap_equal);
	directory->by_name = g_hash_table_new(casemap_hash, casemap_equal);
	directory->reserved = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, NULL);
	return directory;
}

void
directory_free(Directory *directory)
{
	if (!directory)
		return;
	g_hash_table_unref(directory->by_nick);
	g_hash_table_unref(directory->by_name);
	g_hash_table_unref(directory->reserved);
	lookalikes_free(directory->lookalikes);
	slots_free(directory->users);
	slots_free(directory->channels);
	g_free(directory);
}

void
directory_set_lookalikes(Directory *directory, Lookalikes *lookalikes)
{
	g_assert(
	    g_hash_table_size(directory->by_nick) + g_hash_table_size(directory->reserved) == 0);
	directory->lookalikes = lookalikes;
}

Lookalikes *
directory_lookalikes(const Directory *directory)
{
	return directory->lookalikes;
}

bool
directory_nick_misleads(
    const Directory *directory, const char *nick, const char *own, const char *account)
{
	return directory->lookalikes && lookalikes_clash(directory->lookalikes, nick, own, account);
}

static void
add_look(Directory *directory, const char *nick)
{
	if (directory->lookalikes)
		lookalikes_add(directory->lookalikes, nick);
}

static void
remove_look(Directory *directory, const char *nick)
{
	if (directory->lookalikes)
		lookalikes_remove(directory->lookalikes, nick);
}

void
directory_add_user(Directory *directory, User *user)
{
	g_assert(!g_hash_table_contains(directory->by_nick, user->nick));
	user->handle = slots_add(directory->users, user);
	g_assert(!handle_is_none(user->handle));
	g_hash_table_insert(directory->by_nick, user->nick, user);
	add_look(directory, user->nick);
}

void
directory_remove_user(Directory *directory, User *user)
{
	slots_remove(directory->users, user->handle);
	g_hash_table_remove(directory->by_nick, user->nick);
	remove_look(directory, user->nick);
}

void
directory_rename_user(Directory *directory, User *user, const char *nick)
{
	/* The table borrows the user's own string as key: out with it before it changes. */
	g_hash_table_remove(directory->by_nick, user->nick);
	remove_look(directory, user->nick);
	g_assert(!g_hash_table_contains(directory->by_nick, nick));
	user_set_nick(user, nick);
	g_hash_table_insert(directory->by_nick, user->nick, user);
	add_look(directory, user->nick);
}

User *
directory_find_user(const Directory *directory, const char *nick)
{
	return g_hash_table_lookup(directory->by_nick, nick);
}

User *
directory_user(const Directory *directory, Handle handle)
{
	return slots_get(directory->users, handle);
}

unsigned
directory_users(const Directory *directory)
{
	return slots_count(directory->users);
}

User *
directory_next_user(const Directory *directory, uint32_t *cursor)
{
	return slots_next(directory->users, cursor);
}

bool
directory_nick_is_free(const Directory *directory, const char *nick, const Session *session)
{
	const Session *holder = g_hash_table_lookup(directory->reserved, nick);

	return !g_hash_table_contains(directory->by_nick, nick) && (!holder || holder == session);
}

bool
directory_reserve_nick(Directory *directory, const char *nick, Session *session)
{
	if (!directory_nick_is_free(directory, nick, session))
		return false;
	if (!g_hash_table_contains(directory->reserved, nick))
		add_look(directory, nick);
	g_hash_table_replace(directory->reserved, g_strdup(nick), session);
	return true;
}

void
directory_release_nick(Directory *directory, const char *nick, const Session *session)
{
	if (g_hash_table_lookup(directory->reserved, nick) != session)
		return;
	g_hash_table_remove(directory->reserved, nick);
	remove_look(directory, nick);
}

void
directory_add_channel(Directory *directory, Channel *channel)
{
	g_assert(!g_hash_table_contains(directory->by_name, channel->name));
	channel->handle = slots_add(directory->channels, channel);
	g_assert(!handle_is_none(channel->handle));
	g_hash_table_insert(directory->by_name, channel->name, channel);
}

void
directory_remove_channel(Directory *directory, Channel *channel)
{
	slots_remove(directory->channels, channel->handle);
	g_hash_table_remove(directory->by_name, channel->name);
}

void
directory_rename_channel(Directory *directory, Channel *channel, const char *name)
{
	g_hash_table_remove(directory->by_name, channel->name);
	g_free(channel->name);
	channel->name = g_strdup(name);
	g_assert(!g_hash_table_contains(directory->by_name, name));
	g_hash_table_insert(directory->by_name, channel->name, channel);
	/* Entries like ~c:#name mean others now. */
	for (uint32_t i = 0; i < channel->n_members; i++)
		user_forget_verdicts(channel->members[i]->user);
}

Channel *
directory_find_channel(const Directory *directory, const char *name)
{
	return g_hash_table_lookup(directory->by_name, name);
}

Channel *
directory_channel(const Directory *directory, Handle handle)
{
	return slots_get(directory->channels, handle);
}

unsigned
directory_channels(const Directory *directory)
{
	return slots_count(directory->channels);
}

Channel *
directory_next_channel(const Directory *directory, uint32_t *cursor)
{
	return slots_next(directory->channels, cursor);
}

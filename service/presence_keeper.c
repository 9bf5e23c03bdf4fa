/* SPDX-License-Identifier: MIT */
#include "presence_keeper.h"

#include "act/kept_presences.h"
#include "act/presence.h"

#define EXPIRY_INTERVAL (10 * 60 * CLOCK_SECOND)

struct PresenceKeeper {
	PresenceKeeperSetup setup;
	GHashTable *stored;  /* ids of accounts, as gint64 */
	GHashTable *changed; /* the same: to be written or removed */
	Timer timer;
};

static void expire_some(Timer *timer, void *data);

static void
arm(PresenceKeeper *keeper)
{
	timers_set(keeper->setup.timers, &keeper->timer,
	    clock_monotonic(keeper->setup.clock) + EXPIRY_INTERVAL, expire_some, keeper);
}

static void
expire_some(Timer *timer, void *data)
{
	PresenceKeeper *keeper = data;
	const PresenceKeeperSetup *setup = &keeper->setup;
	int64_t longest = presence_expiry(setup->community);
	int64_t now = clock_wall(setup->clock);
	uint32_t cursor = 0;
	User *user;

	while (longest > 0 && (user = directory_next_user(setup->community->directory, &cursor)))
		if (user->detached_at > 0 && now - user->detached_at > longest)
			setup->expire(setup->data, user);
	arm(keeper);
}

static void
add_id(GHashTable *ids, int64_t id)
{
	g_hash_table_add(ids, g_memdup2(&id, sizeof id));
}

PresenceKeeper *
presence_keeper_new(const PresenceKeeperSetup *setup, const GPtrArray *rows)
{
	PresenceKeeper *keeper = g_new0(PresenceKeeper, 1);

	keeper->setup = *setup;
	keeper->stored = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	keeper->changed = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	for (guint i = 0; i < rows->len; i++) {
		const StorePresence *row = rows->pdata[i];

		/* Those that did not come back are removed by the first turn's end. */
		add_id(keeper->stored, row->account);
		add_id(keeper->changed, row->account);
	}
	arm(keeper);
	return keeper;
}

void
presence_keeper_free(PresenceKeeper *keeper)
{
	if (!keeper)
		return;
	timers_cancel(keeper->setup.timers, &keeper->timer);
	g_hash_table_unref(keeper->stored);
	g_hash_table_unref(keeper->changed);
	g_free(keeper);
}

static void
note_account(PresenceKeeper *keeper, const Account *account)
{
	if (account && (presence_is_kept(keeper->setup.community, account) ||
			   g_hash_table_contains(keeper->stored, &account->id)))
		add_id(keeper->changed, account->id);
}

static void
note_user(PresenceKeeper *keeper, const Event *event)
{
	if (event->user)
		note_account(keeper, event->user->login);
}

static void
note_target(PresenceKeeper *keeper, const Event *event)
{
	if (event->target)
		note_account(keeper, event->target->login);
}

static void
note_members(PresenceKeeper *keeper, const Event *event)
{
	for (uint32_t i = 0; i < event->channel->n_members; i++)
		note_account(keeper, event->channel->members[i]->user->login);
}

/* Who logged in or out, and whose settings changed: by the name before, too. */
static void
note_login(PresenceKeeper *keeper, const Event *event)
{
	note_user(keeper, event);
	if (event->account)
		note_account(
		    keeper, accounts_find(keeper->setup.community->accounts, event->account));
}

/* The policy may be another one. */
static void
note_all(PresenceKeeper *keeper, const Event *event)
{
	uint32_t cursor = 0;
	const Account *account;

	while ((account = accounts_next(keeper->setup.community->accounts, &cursor)))
		if (account->users->len > 0)
			note_account(keeper, account);
}

/* NULL: changes nothing that is kept. */
static void (*const reactions[EVENTS])(PresenceKeeper *keeper, const Event *event) = {
    [EVENT_CONNECTED] = note_user,
    [EVENT_ATTACHED] = note_user,
    [EVENT_DETACHED] = note_user,
    [EVENT_QUIT] = note_user,
    [EVENT_NICK] = note_user,
    [EVENT_AWAY] = note_user,
    [EVENT_SETNAME] = note_user,
    [EVENT_CHGHOST] = note_user,
    [EVENT_JOIN] = note_user,
    [EVENT_PART] = note_user,
    [EVENT_KICK] = note_target,
    [EVENT_USER_MODE] = note_target,
    [EVENT_CHANNEL_MODE] = note_members,
    [EVENT_RENAME] = note_members,
    [EVENT_ACCOUNT] = note_login,
    [EVENT_ACCOUNT_RECORD] = note_login,
    [EVENT_CONFIGURATION] = note_all,
};

void
presence_keeper_event(void *data, const Event *event)
{
	PresenceKeeper *keeper = data;

	if (reactions[event->kind])
		reactions[event->kind](keeper, event);
}

static void
keep(PresenceKeeper *keeper, int64_t id)
{
	const PresenceKeeperSetup *setup = &keeper->setup;
	const Account *account = accounts_by_id(setup->community->accounts, id);
	const User *user = account && account->users->len > 0 ? account->users->pdata[0] : NULL;

	if (user && presence_stays(setup->community, user)) {
		store_put_presence(setup->store, kept_presence_row(user), NULL, NULL);
		add_id(keeper->stored, id);
	} else if (g_hash_table_remove(keeper->stored, &id)) {
		store_remove_presence(setup->store, id, NULL, NULL);
	}
}

void
presence_keeper_end_turn(PresenceKeeper *keeper)
{
	GHashTableIter iter;
	gpointer id;

	if (g_hash_table_size(keeper->changed) == 0)
		return;
	g_hash_table_iter_init(&iter, keeper->changed);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		keep(keeper, *(const int64_t *)id);
	g_hash_table_remove_all(keeper->changed);
}

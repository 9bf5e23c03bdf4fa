/* SPDX-License-Identifier: MIT */
#include "presence_keeper.h"

#include "act/held_channels.h"
#include "act/kept_presences.h"
#include "act/mode_parse.h"
#include "act/presence.h"
#include "act/verbs.h"
#include "base/close_reason.h"

#define EXPIRY_INTERVAL (10 * 60 * CLOCK_SECOND)
#define RETRY_INTERVAL (10 * CLOCK_SECOND)
#define EXPIRED_TEXT "Was away for too long"

struct PresenceKeeper {
	PresenceKeeperSetup setup;
	GHashTable *stored; /* ids of accounts, as gint64 */
	GHashTable
	    *changed;     /* the same, to be written or removed: who waits (of records_writing()) */
	GHashTable *left; /* handles of channels somebody left who may have held them, packed */
	GHashTable *refused; /* ids whose rows the store did not take */
	Timer expiry;
	Timer retry;
};

/* A row on its way. */
typedef struct Writing {
	PresenceKeeper *keeper;
	int64_t id;
	GPtrArray *waits;
} Writing;

static void expire_some(Timer *timer, void *data);

static void
arm(PresenceKeeper *keeper)
{
	timers_set(keeper->setup.timers, &keeper->expiry,
	    clock_monotonic(keeper->setup.clock) + EXPIRY_INTERVAL, expire_some, keeper);
}

static void
expire_some(Timer *timer, void *data)
{
	PresenceKeeper *keeper = data;
	const PresenceKeeperSetup *setup = &keeper->setup;
	int64_t longest = presence_expiry(setup->community);
	int64_t now = clock_wall(setup->clock);
	Ctx ctx = setup->ctx(setup->data);
	uint32_t cursor = 0;
	User *user;

	while (longest > 0 && (user = directory_next_user(setup->community->directory, &cursor)))
		if (user->detached_at > 0 && now - user->detached_at > longest)
			act_remove_user(&ctx, user, CLOSE_QUIT, EXPIRED_TEXT);
	arm(keeper);
}

static GHashTable *
numbers_new(GDestroyNotify free_value)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, free_value);
}

static void
add_number(GHashTable *numbers, int64_t number)
{
	g_hash_table_add(numbers, g_memdup2(&number, sizeof number));
}

/* Who waits for the account's row; it is to be written. */
static GPtrArray *
change(PresenceKeeper *keeper, int64_t id)
{
	GPtrArray *waits = g_hash_table_lookup(keeper->changed, &id);

	if (waits)
		return waits;
	waits = g_ptr_array_new();
	g_hash_table_insert(keeper->changed, g_memdup2(&id, sizeof id), waits);
	return waits;
}

PresenceKeeper *
presence_keeper_new(const PresenceKeeperSetup *setup, const GPtrArray *rows)
{
	PresenceKeeper *keeper = g_new0(PresenceKeeper, 1);

	keeper->setup = *setup;
	keeper->stored = numbers_new(NULL);
	keeper->changed = numbers_new((GDestroyNotify)g_ptr_array_unref);
	keeper->left = numbers_new(NULL);
	keeper->refused = numbers_new(NULL);
	for (guint i = 0; i < rows->len; i++) {
		const StorePresence *row = rows->pdata[i];

		/* Those that did not come back are removed by the first turn's end. */
		add_number(keeper->stored, row->account);
		change(keeper, row->account);
	}
	arm(keeper);
	return keeper;
}

void
presence_keeper_free(PresenceKeeper *keeper)
{
	if (!keeper)
		return;
	timers_cancel(keeper->setup.timers, &keeper->expiry);
	timers_cancel(keeper->setup.timers, &keeper->retry);
	g_hash_table_unref(keeper->stored);
	g_hash_table_unref(keeper->changed);
	g_hash_table_unref(keeper->left);
	g_hash_table_unref(keeper->refused);
	g_free(keeper);
}

/* ---- What happens ---- */

static bool
is_relevant(const PresenceKeeper *keeper, const Account *account)
{
	return account && (presence_is_kept(keeper->setup.community, account) ||
			      g_hash_table_contains(keeper->stored, &account->id));
}

/* His row is stale. */
static void
note_account(PresenceKeeper *keeper, const Account *account)
{
	if (is_relevant(keeper, account))
		change(keeper, account->id);
}

/* And whoever did that waits for it. */
static void
await_account(PresenceKeeper *keeper, const Account *account)
{
	void *wait;

	if (!is_relevant(keeper, account))
		return;
	wait = records_writing(keeper->setup.records);
	if (wait)
		g_ptr_array_add(change(keeper, account->id), wait);
	else
		change(keeper, account->id);
}

static void
note_left(PresenceKeeper *keeper, const Channel *channel)
{
	if (channel->held)
		add_number(keeper->left,
		    (int64_t)channel->handle.generation << 32 | channel->handle.index);
}

static void
note_left_all(PresenceKeeper *keeper, const User *user)
{
	for (uint32_t i = 0; i < user->n_seats; i++)
		note_left(keeper, user->seats[i]->channel);
}

static void
on_session(PresenceKeeper *keeper, const Event *event)
{
	if (event->user)
		note_account(keeper, event->user->login);
}

static void
on_quit(PresenceKeeper *keeper, const Event *event)
{
	note_account(keeper, event->user->login);
	if (is_relevant(keeper, event->user->login))
		note_left_all(keeper, event->user);
}

static void
on_user(PresenceKeeper *keeper, const Event *event)
{
	if (event->user)
		await_account(keeper, event->user->login);
}

static void
on_target(PresenceKeeper *keeper, const Event *event)
{
	if (event->target)
		await_account(keeper, event->target->login);
}

static void
on_part(PresenceKeeper *keeper, const Event *event)
{
	on_user(keeper, event);
	if (is_relevant(keeper, event->user->login))
		note_left(keeper, event->channel);
}

static void
on_kick(PresenceKeeper *keeper, const Event *event)
{
	on_target(keeper, event);
	if (is_relevant(keeper, event->target->login))
		note_left(keeper, event->channel);
}

/* Of what changed, ranks are kept with those who have them. */
static void
on_channel_mode(PresenceKeeper *keeper, const Event *event)
{
	g_auto(GStrv) words = g_strsplit(event->text, " ", -1);
	ModeParser parser;
	ModeStep step;

	mode_parser_init(&parser, MODE_ON_CHANNEL, words[0], (const char *const *)words + 1,
	    g_strv_length(words) - 1);
	while (mode_parser_next(&parser, &step)) {
		const User *user = NULL;

		if (step.index < MODES && mode_row(step.index)->kind == MODE_KIND_RANK &&
		    step.parameter)
			user =
			    directory_find_user(keeper->setup.community->directory, step.parameter);
		if (user)
			await_account(keeper, user->login);
	}
}

static void
on_rename(PresenceKeeper *keeper, const Event *event)
{
	for (uint32_t i = 0; i < event->channel->n_members; i++)
		await_account(keeper, event->channel->members[i]->user->login);
}

static void
account_changed(PresenceKeeper *keeper, const Account *account)
{
	await_account(keeper, account);
	for (guint i = 0; account && i < account->users->len; i++)
		note_left_all(keeper, account->users->pdata[i]);
}

/* Who logged in or out, and whose settings changed: by the name before, too, and whoever he was. */
static void
on_login(PresenceKeeper *keeper, const Event *event)
{
	if (event->user)
		account_changed(keeper, event->user->login);
	if (event->account)
		account_changed(
		    keeper, accounts_find(keeper->setup.community->accounts, event->account));
	if (event->user)
		note_left_all(keeper, event->user);
}

/* The policy may be another one. */
static void
on_configuration(PresenceKeeper *keeper, const Event *event)
{
	uint32_t cursor = 0;
	const Account *account;

	while ((account = accounts_next(keeper->setup.community->accounts, &cursor)))
		if (account->users->len > 0)
			account_changed(keeper, account);
}

/* NULL: changes nothing that is kept. */
static void (*const reactions[EVENTS])(PresenceKeeper *keeper, const Event *event) = {
    [EVENT_CONNECTED] = on_session,
    [EVENT_ATTACHED] = on_session,
    [EVENT_DETACHED] = on_session,
    [EVENT_QUIT] = on_quit,
    [EVENT_NICK] = on_user,
    [EVENT_AWAY] = on_user,
    [EVENT_SETNAME] = on_user,
    [EVENT_CHGHOST] = on_user,
    [EVENT_JOIN] = on_user,
    [EVENT_PART] = on_part,
    [EVENT_KICK] = on_kick,
    [EVENT_USER_MODE] = on_target,
    [EVENT_CHANNEL_MODE] = on_channel_mode,
    [EVENT_RENAME] = on_rename,
    [EVENT_ACCOUNT] = on_login,
    [EVENT_ACCOUNT_RECORD] = on_login,
    [EVENT_CONFIGURATION] = on_configuration,
};

void
presence_keeper_event(void *data, const Event *event)
{
	PresenceKeeper *keeper = data;

	if (reactions[event->kind])
		reactions[event->kind](keeper, event);
}

/* ---- To the store ---- */

static void
retry(Timer *timer, void *data)
{
	PresenceKeeper *keeper = data;
	GHashTableIter iter;
	gpointer id;

	g_hash_table_iter_init(&iter, keeper->refused);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		change(keeper, *(const int64_t *)id);
	g_hash_table_remove_all(keeper->refused);
}

static void
answer_all(const GPtrArray *waits, const StoreAnswer *answer)
{
	for (guint i = 0; i < waits->len; i++)
		records_written(waits->pdata[i], answer);
}

static void
row_written(void *data, const StoreAnswer *answer)
{
	Writing *writing = data;
	PresenceKeeper *keeper = writing->keeper;

	if (!answer->done) {
		if (g_hash_table_size(keeper->refused) == 0)
			timers_set(keeper->setup.timers, &keeper->retry,
			    clock_monotonic(keeper->setup.clock) + RETRY_INTERVAL, retry, keeper);
		add_number(keeper->refused, writing->id);
	}
	answer_all(writing->waits, answer);
	g_ptr_array_unref(writing->waits);
	g_free(writing);
}

static Writing *
writing_new(PresenceKeeper *keeper, int64_t id, GPtrArray *waits)
{
	Writing *writing = g_new(Writing, 1);

	*writing = (Writing){keeper, id, g_ptr_array_ref(waits)};
	return writing;
}

static void
keep(PresenceKeeper *keeper, Ctx *ctx, int64_t id, GPtrArray *waits)
{
	const Account *account = accounts_by_id(ctx->community->accounts, id);
	const User *user = account && account->users->len > 0 ? account->users->pdata[0] : NULL;
	Store *store = keeper->setup.records->store;

	if (user && presence_stays(ctx->community, user)) {
		held_channels_enter(ctx, user);
		store_put_presence(
		    store, kept_presence_row(user), row_written, writing_new(keeper, id, waits));
		add_number(keeper->stored, id);
	} else if (g_hash_table_remove(keeper->stored, &id)) {
		store_remove_presence(store, id, row_written, writing_new(keeper, id, waits));
	} else {
		answer_all(waits, &(StoreAnswer){.done = true, .text = ""});
	}
}

static void
review(PresenceKeeper *keeper, Ctx *ctx)
{
	GHashTableIter iter;
	gpointer packed;

	g_hash_table_iter_init(&iter, keeper->left);
	while (g_hash_table_iter_next(&iter, &packed, NULL)) {
		uint64_t number = (uint64_t) * (const int64_t *)packed;
		Channel *channel = directory_channel(ctx->community->directory,
		    (Handle){(uint32_t)number, (uint32_t)(number >> 32)});

		if (channel)
			held_channel_review(ctx, channel);
	}
	g_hash_table_remove_all(keeper->left);
}

void
presence_keeper_end_turn(PresenceKeeper *keeper)
{
	GHashTableIter iter;
	gpointer id, waits;
	Ctx ctx;

	if (g_hash_table_size(keeper->changed) + g_hash_table_size(keeper->left) == 0)
		return;
	ctx = keeper->setup.ctx(keeper->setup.data);
	g_hash_table_iter_init(&iter, keeper->changed);
	while (g_hash_table_iter_next(&iter, &id, &waits))
		keep(keeper, &ctx, *(const int64_t *)id, waits);
	g_hash_table_remove_all(keeper->changed);
	review(keeper, &ctx);
}

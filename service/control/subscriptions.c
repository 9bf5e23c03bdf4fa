/* SPDX-License-Identifier: MIT */
#include "control/subscriptions.h"

#include "control/config_change.h"
#include "control/config_values.h"
#include "control/mode_targets.h"
#include "control/rows.h"
#include "domain/accounts.h"
#include "out/event.h"

struct Subscriptions {
	Control *control;
	GHashTable *users;    /* handles (as int64) that changed */
	GHashTable *channels; /* the same */
	GHashTable *accounts; /* ids (int64) of those that changed or are gone */
	Timer flush;
};

static int64_t
handle_number(Handle handle)
{
	return (int64_t)((uint64_t)handle.generation << 32 | handle.index);
}

static Handle
number_handle(int64_t number)
{
	return (Handle){(uint32_t)number, (uint32_t)((uint64_t)number >> 32)};
}

Subscriptions *
subscriptions_new(Control *control)
{
	Subscriptions *subscriptions = g_new0(Subscriptions, 1);

	subscriptions->control = control;
	subscriptions->users = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	subscriptions->channels = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	subscriptions->accounts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	return subscriptions;
}

void
subscriptions_free(Subscriptions *subscriptions)
{
	if (!subscriptions)
		return;
	timers_cancel(subscriptions->control->setup.community->timers, &subscriptions->flush);
	g_hash_table_unref(subscriptions->users);
	g_hash_table_unref(subscriptions->channels);
	g_hash_table_unref(subscriptions->accounts);
	g_free(subscriptions);
}

static json_t *
row_for(const Control *control, unsigned role, const ListSource *source, const void *object)
{
	ListContext context;

	list_context(control, role, &context);
	return list_row(source, object, &context);
}

static json_t *
row_of(const Control *control, const ListSource *source, const void *object)
{
	return row_for(control, ROLE_VIEWER, source, object);
}

/* ---- What changed, told in the next turn ---- */

static void
push_user(Control *control, int64_t number)
{
	const User *user =
	    directory_user(control->setup.community->directory, number_handle(number));

	if (user)
		control_push(control, TOPIC_USER,
		    json_pack("{s:s,s:o}", "type", "user.change", "user",
			row_of(control, &user_rows, user)));
}

/* Keys are not for viewers. */
static json_t *
make_channel(const Control *control, unsigned role, const void *channel)
{
	return json_pack("{s:s,s:o}", "type", "channel.change", "channel",
	    row_for(control, role, &channel_rows, channel));
}

static void
push_channel(Control *control, int64_t number)
{
	const Channel *channel =
	    directory_channel(control->setup.community->directory, number_handle(number));

	if (channel)
		control_push_by_role(control, TOPIC_CHANNEL, make_channel, channel);
}

/* E-mail addresses are not for viewers. */
static json_t *
make_account(const Control *control, unsigned role, const void *account)
{
	return json_pack("{s:s,s:o}", "type", "account.change", "account",
	    row_for(control, role, &account_rows, account));
}

/* What is no longer there when its turn comes is gone. */
static void
push_account(Control *control, int64_t id)
{
	const Account *account = accounts_by_id(control->setup.community->accounts, id);
	char text[24];

	if (account) {
		control_push_by_role(control, TOPIC_ACCOUNT, make_account, account);
		return;
	}
	g_snprintf(text, sizeof text, "%" G_GINT64_FORMAT, id);
	control_push(
	    control, TOPIC_ACCOUNT, json_pack("{s:s,s:s}", "type", "account.remove", "id", text));
}

static bool
flush_one(Control *control, GHashTable *changed, void (*push)(Control *, int64_t))
{
	GHashTableIter iterator;
	void *key;
	int64_t number;

	g_hash_table_iter_init(&iterator, changed);
	if (!g_hash_table_iter_next(&iterator, &key, NULL))
		return false;
	number = *(int64_t *)key;
	g_hash_table_iter_remove(&iterator);
	push(control, number);
	return true;
}

static void
flush(Timer *timer, void *data)
{
	Subscriptions *subscriptions = data;
	Control *control = subscriptions->control;
	const ControlSetup *setup = &control->setup;

	for (unsigned rows = 0; rows < SUBSCRIPTIONS_ROWS_PER_TURN; rows++)
		if (!flush_one(control, subscriptions->users, push_user) &&
		    !flush_one(control, subscriptions->channels, push_channel) &&
		    !flush_one(control, subscriptions->accounts, push_account))
			return;
	timers_set(setup->community->timers, timer, clock_monotonic(setup->clock), flush, data);
}

static void
remember(Subscriptions *subscriptions, GHashTable *changed, Topic topic, int64_t number)
{
	const ControlSetup *setup = &subscriptions->control->setup;
	int64_t *key;

	if (!control_is_followed(subscriptions->control, topic))
		return;
	key = g_new(int64_t, 1);
	*key = number;
	g_hash_table_add(changed, key);
	if (!timer_is_set(&subscriptions->flush))
		timers_set(setup->community->timers, &subscriptions->flush,
		    clock_monotonic(setup->clock), flush, subscriptions);
}

static void
user_changed(Control *control, const User *user)
{
	remember(control->subscriptions, control->subscriptions->users, TOPIC_USER,
	    handle_number(user->handle));
}

static void
channel_changed(Control *control, const Channel *channel)
{
	remember(control->subscriptions, control->subscriptions->channels, TOPIC_CHANNEL,
	    handle_number(channel->handle));
}

static void
account_changed(Control *control, const Account *account)
{
	if (account)
		remember(control->subscriptions, control->subscriptions->accounts, TOPIC_ACCOUNT,
		    account->id);
}

/* ---- What comes and goes, told at once ---- */

static void
push_member(Control *control, const char *type, const Member *member)
{
	if (!member || !control_is_followed(control, TOPIC_MEMBER))
		return;
	control_push(control, TOPIC_MEMBER,
	    json_pack("{s:s,s:o,s:o}", "type", type, "channel", json_text(member->channel->name),
		"member", row_of(control, &member_rows, member)));
}

static void
push_member_gone(Control *control, const Channel *channel, const User *user)
{
	char id[USER_ID_SIZE];

	if (!control_is_followed(control, TOPIC_MEMBER))
		return;
	user_id_text(user, id);
	control_push(control, TOPIC_MEMBER,
	    json_pack("{s:s,s:o,s:s}", "type", "member.remove", "channel", json_text(channel->name),
		"id", id));
}

static void
on_connected(Control *control, const Event *event)
{
	account_changed(control, event->user->login);
	if (control_is_followed(control, TOPIC_USER))
		control_push(control, TOPIC_USER,
		    json_pack("{s:s,s:o}", "type", "user.add", "user",
			row_of(control, &user_rows, event->user)));
}

static void
on_quit(Control *control, const Event *event)
{
	const User *user = event->user;
	char id[USER_ID_SIZE];

	account_changed(control, user->login);
	for (uint32_t i = 0; i < user->n_seats; i++) {
		push_member_gone(control, user->seats[i]->channel, user);
		channel_changed(control, user->seats[i]->channel);
	}
	if (!control_is_followed(control, TOPIC_USER))
		return;
	user_id_text(user, id);
	control_push(control, TOPIC_USER,
	    json_pack("{s:s,s:s,s:o,s:o}", "type", "user.remove", "id", id, "name",
		json_text(user->nick), "reason", json_text(event->text)));
}

static void
on_user_changed(Control *control, const Event *event)
{
	/* USER_MODE names whose modes they are as target. */
	const User *user = event->target ? event->target : event->user;

	if (user)
		user_changed(control, user);
}

static void
on_seen_by_members(Control *control, const Event *event)
{
	user_changed(control, event->user);
	for (uint32_t i = 0; i < event->user->n_seats; i++)
		push_member(control, "member.change", event->user->seats[i]);
}

/* The account he had until now and the one he has. */
static void
on_login(Control *control, const Event *event)
{
	const Accounts *accounts = control->setup.community->accounts;

	on_seen_by_members(control, event);
	account_changed(control, event->user->login);
	if (event->account)
		account_changed(control, accounts_find(accounts, event->account));
}

static void
on_account_record(Control *control, const Event *event)
{
	account_changed(control, accounts_find(control->setup.community->accounts, event->account));
}

static void
on_join(Control *control, const Event *event)
{
	push_member(control, "member.add", user_seat(event->user, event->channel));
	channel_changed(control, event->channel);
	user_changed(control, event->user);
}

static void
on_leave(Control *control, const Event *event)
{
	const User *user = event->target ? event->target : event->user;

	push_member_gone(control, event->channel, user);
	channel_changed(control, event->channel);
	user_changed(control, user);
}

static void
on_channel_changed(Control *control, const Event *event)
{
	channel_changed(control, event->channel);
}

static void
tell_member_mode(void *data, const char *nick)
{
	const Event *event = ((void **)data)[0];
	Control *control = ((void **)data)[1];
	const User *user = directory_find_user(control->setup.community->directory, nick);

	if (user)
		push_member(control, "member.change", user_seat(user, event->channel));
}

static void
on_channel_mode(Control *control, const Event *event)
{
	void *both[] = {(void *)event, control};

	channel_changed(control, event->channel);
	if (control_is_followed(control, TOPIC_MEMBER))
		mode_targets_each(event->text, tell_member_mode, both);
}

static void
on_channel_added(Control *control, const Event *event)
{
	if (control_is_followed(control, TOPIC_CHANNEL))
		control_push(control, TOPIC_CHANNEL,
		    json_pack("{s:s,s:o}", "type", "channel.add", "channel",
			row_of(control, &channel_rows, event->channel)));
}

static void
on_channel_removed(Control *control, const Event *event)
{
	if (control_is_followed(control, TOPIC_CHANNEL))
		control_push(control, TOPIC_CHANNEL,
		    json_pack("{s:s,s:o}", "type", "channel.remove", "name",
			json_text(event->channel->name)));
}

static void
on_configuration(Control *control, const Event *event)
{
	const Settings *settings = control->setup.community->settings;
	json_t *changes = config_values_diff(control->known, settings);

	g_hash_table_unref(control->known);
	control->known = config_values(settings);
	control_judge_roles(control);
	/* Our own change tells with its id; a reload that found nothing new is no news. */
	if (config_queue_is_reloading(control->config) || json_array_size(changes) == 0) {
		json_decref(changes);
		return;
	}
	control_push(control, TOPIC_CONFIG,
	    json_pack("{s:s,s:n,s:o,s:o}", "type", "config.changed", "id", "who",
		json_text(event->by), "changes", changes));
}

static void (*const reactions[EVENTS])(Control *control, const Event *event) = {
    [EVENT_CONNECTED] = on_connected,
    [EVENT_QUIT] = on_quit,
    [EVENT_NICK] = on_seen_by_members,
    [EVENT_AWAY] = on_seen_by_members,
    [EVENT_SETNAME] = on_user_changed,
    [EVENT_CHGHOST] = on_seen_by_members,
    [EVENT_ACCOUNT] = on_login,
    [EVENT_ACCOUNT_RECORD] = on_account_record,
    [EVENT_USER_MODE] = on_user_changed,
    [EVENT_ATTACHED] = on_user_changed,
    [EVENT_DETACHED] = on_user_changed,
    [EVENT_OPERATOR] = on_user_changed,
    [EVENT_JOIN] = on_join,
    [EVENT_PART] = on_leave,
    [EVENT_KICK] = on_leave,
    [EVENT_RENAME] = on_channel_changed,
    [EVENT_TOPIC] = on_channel_changed,
    [EVENT_CHANNEL_MODE] = on_channel_mode,
    [EVENT_CHANNEL_REGISTERED] = on_channel_changed,
    [EVENT_CHANNEL_ADDED] = on_channel_added,
    [EVENT_CHANNEL_REMOVED] = on_channel_removed,
    [EVENT_CONFIGURATION] = on_configuration,
};

void
control_event(void *data, const Event *event)
{
	Control *control = data;

	if (reactions[event->kind])
		reactions[event->kind](control, event);
}

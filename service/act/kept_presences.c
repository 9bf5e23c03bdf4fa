/* SPDX-License-Identifier: MIT */
#include "act/kept_presences.h"

#include "act/held_channels.h"
#include "act/presence.h"
#include "act/screen.h"
#include "act/verbs.h"
#include "proto/modes.h"
#include "proto/names.h"

StorePresence *
kept_presence_row(const User *user)
{
	StorePresence *row = store_presence_new();
	char letters[MODES + 1];

	row->account = user->login->id;
	row->nick = g_strdup(user->nick);
	row->username = g_strdup(user->username);
	row->real_name = g_strdup(user->real_name);
	row->host = g_strdup(user->host);
	row->address = g_strdup(user->address);
	mode_letters(MODE_ON_USER,
	    user->modes & ~(uint64_t)(MODE_USER_OPERATOR | MODE_USER_NOTICES), letters);
	row->modes = g_strdup(letters);
	row->away = g_strdup(user->away ? user->away : "");
	row->away_since = user->away_since;
	row->connected_at = user->connected_at;
	row->detached_at = user->detached_at;
	for (uint32_t i = 0; i < user->n_seats; i++) {
		mode_letters(MODE_ON_CHANNEL, user->seats[i]->ranks, letters);
		store_presence_add_seat(row, user->seats[i]->channel->name, letters);
	}
	return row;
}

/* Letters of another version's modes are left out. */
static uint64_t
modes_of(uint8_t where, const char *letters, uint64_t among)
{
	uint64_t modes = 0;

	for (const char *letter = letters; *letter; letter++) {
		unsigned index = mode_find(where, *letter);

		if (index < MODES)
			modes |= MODE_BIT(index);
	}
	return modes & among;
}

static void
return_seat(Ctx *ctx, User *user, const StoreSeat *row)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	Channel *channel = directory_find_channel(ctx->community->directory, row->channel);

	if (user->n_seats >= limits->user_channels || (channel && user_seat(user, channel)))
		return;
	if (!channel && !name_is_channel(row->channel, limits->channel))
		return;
	if (!channel)
		channel = act_make_channel(ctx, row->channel);
	member_set_ranks(channel_add_member(channel, user, ctx->now),
	    modes_of(MODE_ON_CHANNEL, row->ranks, mode_bits(MODE_ON_CHANNEL, MODE_KIND_RANK)));
}

static void
return_user(Ctx *ctx, const StorePresence *row, Account *account)
{
	Community *community = ctx->community;
	User *user = user_new(&(UserFacts){.nick = row->nick,
				  .username = row->username,
				  .real_name = row->real_name,
				  .host = row->host,
				  .address = row->address},
	    row->connected_at);

	directory_add_user(community->directory, user);
	user_set_account(user, account);
	user->modes = modes_of(MODE_ON_USER, row->modes,
	    mode_bits(MODE_ON_USER, MODE_KIND_FLAG) & ~(uint64_t)MODE_USER_OPERATOR);
	if (user->modes & MODE_USER_INVISIBLE)
		community->invisible++;
	user->spoke_at = ctx->monotonic;
	user->detached_at = row->detached_at ? row->detached_at : ctx->now;
	if (*row->away)
		user_set_away(user, row->away, row->away_since);
	for (guint i = 0; i < row->seats->len; i++)
		return_seat(ctx, user, row->seats->pdata[i]);
	held_channels_enter(ctx, user);
	act_merge_away(ctx, user);
	act_merge_screen(ctx, user);
}

void
kept_presences_return(Ctx *ctx, const GPtrArray *rows)
{
	Directory *directory = ctx->community->directory;

	for (guint i = 0; i < rows->len; i++) {
		const StorePresence *row = rows->pdata[i];
		Account *account = accounts_by_id(ctx->community->accounts, row->account);

		if (account && presence_is_kept(ctx->community, account) &&
		    name_is_nick(row->nick, ctx->community->settings->limits->nick) &&
		    directory_nick_is_free(directory, row->nick, NULL))
			return_user(ctx, row, account);
	}
	held_channels_tidy(ctx);
	ctx->community->users_peak = MAX(ctx->community->users_peak, directory_users(directory));
}

/* SPDX-License-Identifier: MIT */
/* WHO (RFC 2812 3.6.1) with WHOX. */
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/member_walk.h"
#include "cmd/room.h"
#include "cmd/visible.h"
#include "cmd/walk.h"
#include "cmd/who_request.h"
#include "proto/casemap.h"
#include "proto/mask.h"
#include "proto/names.h"

#include <string.h>

/* One user to be told of, and what was asked about him. */
typedef struct WhoRow {
	Ctx *ctx;
	const WhoRequest *request;
	const User *user;
	const Member *member; /* in the channel he is told of with; NULL: none */
	char flags[USER_FLAGS_SIZE];
} WhoRow;

static const char *
row_channel(const WhoRow *row)
{
	return row->member ? row->member->channel->name : "*";
}

static void
write_token(const WhoRow *row, GString *line)
{
	g_string_append(line, row->request->token);
}

static void
write_channel(const WhoRow *row, GString *line)
{
	g_string_append(line, row_channel(row));
}

static void
write_username(const WhoRow *row, GString *line)
{
	g_string_append(line, row->user->username);
}

static void
write_address(const WhoRow *row, GString *line)
{
	const char *address = row->user->address;

	if (!may_see_address(row->ctx, row->user))
		address = HIDDEN_ADDRESS;
	g_string_append(line, address_lead(address));
	g_string_append(line, address);
}

static void
write_host(const WhoRow *row, GString *line)
{
	g_string_append(line, row->user->host);
}

static void
write_server(const WhoRow *row, GString *line)
{
	g_string_append(line, row->ctx->community->server_name);
}

static void
write_nick(const WhoRow *row, GString *line)
{
	g_string_append(line, row->user->nick);
}

static void
write_flags(const WhoRow *row, GString *line)
{
	g_string_append(line, row->flags);
}

static void
write_hops(const WhoRow *row, GString *line)
{
	g_string_append_c(line, '0');
}

static void
write_idle(const WhoRow *row, GString *line)
{
	g_string_append_printf(line, "%" PRId64, idle_seconds(row->ctx, row->user));
}

static void
write_account(const WhoRow *row, GString *line)
{
	g_string_append(line, row->user->account ? row->user->account : "0");
}

static void
write_op_level(const WhoRow *row, GString *line)
{
	g_string_append(line, "n/a");
}

static void
write_real_name(const WhoRow *row, GString *line)
{
	g_string_append_c(line, ':');
	g_string_append(line, row->user->real_name);
}

/* In the order of WHO_FIELDS. */
static void (*const field_writers[])(const WhoRow *row, GString *line) = {
    write_token,
    write_channel,
    write_username,
    write_address,
    write_host,
    write_server,
    write_nick,
    write_flags,
    write_hops,
    write_idle,
    write_account,
    write_op_level,
    write_real_name,
};
G_STATIC_ASSERT(G_N_ELEMENTS(field_writers) == sizeof WHO_FIELDS - 1);

static void
tell_extended(const WhoRow *row)
{
	g_autoptr(GString) line = g_string_sized_new(256);

	for (unsigned i = 0; i < G_N_ELEMENTS(field_writers); i++) {
		if (!(row->request->fields & (1u << i)))
			continue;
		if (line->len > 0)
			g_string_append_c(line, ' ');
		field_writers[i](row, line);
	}
	reply(row->ctx, RPL_WHOSPCRPL, line->str);
}

/* His seat in a channel both are in and he is seen in; NULL: none. */
static const Member *
common_seat(const Ctx *ctx, const User *user)
{
	const User *viewer = ctx->actor.user;

	for (uint32_t i = 0; i < viewer->n_seats; i++) {
		const Member *seat = user_seat(user, viewer->seats[i]->channel);

		if (seat && member_is_seen_by(seat, viewer))
			return seat;
	}
	return NULL;
}

/* `member` NULL: he was not asked for by a channel. */
static void
tell_user(Ctx *ctx, const WhoRequest *request, const User *user, const Member *member)
{
	WhoRow row = {.ctx = ctx, .request = request, .user = user, .member = member};

	if (!member)
		row.member = common_seat(ctx, user);
	if (request->operators && !user_is_operator(user))
		return;
	user_flags(ctx, user, row.member, row.flags);
	if (request->extended)
		tell_extended(&row);
	else
		reply(ctx, RPL_WHOREPLY, row_channel(&row), user->username, user->host,
		    ctx->community->server_name, user->nick, row.flags, 0u, user->real_name);
}

static bool
matches(const Ctx *ctx, const WhoRequest *request, const User *user, const char *mask)
{
	/* In the order of WHO_MATCHES. */
	const char *const texts[] = {
	    user->account,
	    user->host,
	    may_see_address(ctx, user) ? user->address : NULL,
	    user->nick,
	    user->real_name,
	    ctx->community->server_name,
	    user->username,
	};

	G_STATIC_ASSERT(G_N_ELEMENTS(texts) == sizeof WHO_MATCHES - 1);
	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
		if ((request->matches & (1u << i)) && texts[i] && mask_match(mask, texts[i]))
			return true;
	return strpbrk(mask, "!@") && mask_match(mask, user->prefix);
}

/* What one WHO needs from slice to slice. */
typedef struct WhoWalk {
	WhoRequest request;
	char *asked; /* as it came */
	char *mask;
	MemberWalk *members; /* of a channel that was asked for; NULL: everybody */
	uint32_t cursor;
} WhoWalk;

static void
who_walk_free(gpointer data)
{
	WhoWalk *walk = data;

	g_clear_pointer(&walk->members, member_walk_free);
	g_free(walk->asked);
	g_free(walk->mask);
	g_free(walk);
}

/* True if there are more users to be looked at. */
static bool
who_slice(Ctx *ctx, WhoWalk *walk)
{
	const Directory *directory = ctx->community->directory;

	for (unsigned i = 0; i < WALK_SLICE && room_is_left(ctx); i++) {
		const User *user = directory_next_user(directory, &walk->cursor);

		if (!user)
			return false;
		if (matches(ctx, &walk->request, user, walk->mask) && may_see_user(ctx, user))
			tell_user(ctx, &walk->request, user, NULL);
	}
	return true;
}

static void
who_member(Ctx *ctx, const Member *member, void *data)
{
	const WhoWalk *walk = data;

	tell_user(ctx, &walk->request, member->user, member);
}

static bool
who_step(Ctx *ctx, void *data)
{
	WhoWalk *walk = data;

	if (walk->members ? member_walk_slice(walk->members, ctx, who_member, walk)
			  : who_slice(ctx, walk))
		return true;
	reply(ctx, RPL_ENDOFWHO, message_middle(walk->asked));
	return false;
}

static Outcome
who_many(Ctx *ctx, const WhoRequest *request, const char *mask, const Channel *channel)
{
	WhoWalk *walk = g_new0(WhoWalk, 1);

	walk->request = *request;
	walk->asked = g_strdup(mask);
	walk->mask = g_strdup(casemap_equal(mask, "0") ? "*" : mask);
	walk->members = channel ? member_walk_new(channel) : NULL;
	return walk_start(ctx, who_step, walk, who_walk_free);
}

Outcome
cmd_who(Ctx *ctx, const Message *message)
{
	/* RFC 2812 3.6.1: no mask, and "0", are everybody. */
	const char *mask = message->n_params > 0 && *message->params[0] ? message->params[0] : "*";
	const Directory *directory = ctx->community->directory;
	g_autoptr(User) made = NULL;
	const User *user = find_shown(ctx, mask, &made);
	const Channel *channel = directory_find_channel(directory, mask);
	WhoRequest request;

	who_request_parse(message->n_params > 1 ? message->params[1] : NULL, &request);
	if (!user && (channel || !name_is_channel_like(mask)))
		return who_many(ctx, &request, mask, channel);
	if (user)
		tell_user(ctx, &request, user, NULL);
	reply(ctx, RPL_ENDOFWHO, message_middle(mask));
	return OUTCOME_DONE;
}

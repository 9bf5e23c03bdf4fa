/* SPDX-License-Identifier: MIT */
#include "cmd/names_reply.h"

#include "cmd/room.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/modes.h"

#include <string.h>

/* Bytes of nicks on one line of NAMES -D: with the longest names it stays below 512. */
#define UNSEEN_LINE 220u

/* One line in the making; a thousand members are some twenty lines, each formatted once. */
typedef struct NamesLine {
	bool all; /* the invisible too */
	uint64_t caps;
	/* By rank bits; the ranks stand first among the modes. */
	char prefixes[8][MODES + 1];
	char text[MESSAGE_BODY_MAX + 1];
	size_t length;
	size_t room;
} NamesLine;

static char
channel_symbol(const Channel *channel)
{
	if (channel_has(channel, MODE_CHANNEL_SECRET))
		return '@';
	return channel_has(channel, MODE_CHANNEL_PRIVATE) ? '*' : '=';
}

static void
send_line(Ctx *ctx, const Channel *channel, NamesLine *line)
{
	if (line->length == 0)
		return;
	line->text[line->length - 1] = '\0'; /* the space after the last name */
	reply(ctx, RPL_NAMREPLY, channel_symbol(channel), channel->name, line->text);
	line->length = 0;
}

static void
begin_lines(const Ctx *ctx, const Channel *channel, NamesLine *line)
{
	const User *user = ctx->actor.user;
	size_t overhead = strlen(":  353  =  :") + strlen(ctx->community->server_name) +
			  strlen(user->nick) + strlen(channel->name);

	G_STATIC_ASSERT((MODE_CHANNEL_OWNER | MODE_CHANNEL_OP | MODE_CHANNEL_VOICE) <
			G_N_ELEMENTS(line->prefixes));
	line->all = user_seat(user, channel) || actor_may(ctx, MAY_SEE_HIDDEN, NULL);
	line->caps = ctx->actor.session->caps;
	line->length = 0;
	line->room = MESSAGE_BODY_MAX - overhead;
	for (unsigned ranks = 0; ranks < G_N_ELEMENTS(line->prefixes); ranks++)
		mode_prefixes(ranks, (line->caps & CAP_MULTI_PREFIX) != 0, line->prefixes[ranks]);
}

static void
add_member(Ctx *ctx, const Member *member, void *data)
{
	NamesLine *line = data;
	const User *user = member->user;
	const char *prefixes = line->prefixes[member->ranks];
	const char *name = line->caps & CAP_USERHOST_IN_NAMES ? user->prefix : user->nick;
	size_t length = strlen(name);

	if ((user->modes & MODE_USER_INVISIBLE) && !line->all)
		return;
	if (line->length + strlen(prefixes) + length + 1 > line->room)
		send_line(ctx, member->channel, line);
	while (*prefixes)
		line->text[line->length++] = *prefixes++;
	memcpy(line->text + line->length, name, length);
	line->length += length;
	line->text[line->length++] = ' ';
}

bool
names_reply_slice(Ctx *ctx, MemberWalk *members)
{
	const Channel *channel = member_walk_channel(members, ctx);
	NamesLine line;
	bool more;

	if (!channel)
		return false;
	begin_lines(ctx, channel, &line);
	more = member_walk_slice(members, ctx, add_member, &line);
	send_line(ctx, channel, &line);
	return more;
}

/* Who enters waits for nobody: what has no room is for NAMES to tell. */
static void
tell_members(Ctx *ctx, const Channel *channel)
{
	bool auditorium = channel_has(channel, MODE_CHANNEL_AUDITORIUM);
	NamesLine line;
	uint32_t i;

	begin_lines(ctx, channel, &line);
	for (i = 0; i < channel->n_members && room_is_left(ctx); i++) {
		const Member *member = channel->members[i];

		if ((!auditorium && !member->unseen) || member_is_seen_by(member, ctx->actor.user))
			add_member(ctx, member, &line);
	}
	send_line(ctx, channel, &line);
	if (i < channel->n_members)
		refuse(ctx, ERR_TOOMANYMATCHES, "NAMES");
}

void
names_reply(Ctx *ctx, const Channel *channel)
{
	tell_members(ctx, channel);
	reply(ctx, RPL_ENDOFNAMES, channel->name);
}

void
names_reply_unseen(Ctx *ctx, const Channel *channel)
{
	g_autoptr(GString) line = g_string_new(NULL);

	for (uint32_t i = 0; user_seat(ctx->actor.user, channel) && i < channel->n_members; i++) {
		if (!channel->members[i]->unseen)
			continue;
		if (line->len + strlen(channel->members[i]->user->nick) > UNSEEN_LINE) {
			reply(ctx, RPL_DELNAMREPLY, channel_symbol(channel), channel->name,
			    line->str);
			g_string_truncate(line, 0);
		}
		g_string_append_printf(
		    line, "%s%s", line->len > 0 ? " " : "", channel->members[i]->user->nick);
	}
	if (line->len > 0)
		reply(ctx, RPL_DELNAMREPLY, channel_symbol(channel), channel->name, line->str);
}

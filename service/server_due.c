/* SPDX-License-Identifier: MIT */
/* What comes to its end by itself: in channels, and of accounts that nobody uses. */
#include "server_private.h"

#include "act/account_due.h"
#include "act/channel_due.h"

/* A channel's own timer. */
static void
channel_due(Timer *timer, void *data)
{
	Channel *channel = (Channel *)((char *)timer - offsetof(Channel, due));
	Ctx ctx = server_ctx(data);

	channel_due_run(&ctx, channel);
}

void
server_set_channel_due(Server *server)
{
	server->community->channel_due = channel_due;
	server->community->channel_due_data = server;
}

/* A slice a turn; when all were looked at, again after a while. */
static void
accounts_due(Timer *timer, void *data)
{
	Server *server = data;
	Ctx ctx = server_ctx(server);
	bool more = account_due_slice(&ctx, &server->accounts_cursor);

	if (!more)
		server->accounts_cursor = 0;
	timers_set(server->timers, timer, ctx.monotonic + (more ? 0 : ACCOUNT_DUE_INTERVAL),
	    accounts_due, server);
}

void
server_begin_due(Server *server)
{
	Ctx ctx = server_ctx(server);

	channel_due_arm_all(&ctx);
	accounts_due(&server->accounts_due, server);
}

/* SPDX-License-Identifier: MIT */
/* What comes to its end by itself. */
#include "server_private.h"

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

void
server_begin_due(Server *server)
{
	Ctx ctx = server_ctx(server);

	channel_due_arm_all(&ctx);
}

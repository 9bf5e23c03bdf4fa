/* SPDX-License-Identifier: MIT */
/* NS, CS …: commands that talk to the built-in services. */
#include "cmd/handlers.h"
#include "cmd/service_command.h"

static Outcome
talk_to(Ctx *ctx, ServiceIndex index, const Message *message)
{
	g_autoptr(GString) text = g_string_new(NULL);

	for (unsigned i = 0; i < message->n_params; i++)
		g_string_append_printf(text, "%s%s", i > 0 ? " " : "", message->params[i]);
	return service_command(ctx, service_row(index), text->str);
}

Outcome
cmd_nickserv(Ctx *ctx, const Message *message)
{
	return talk_to(ctx, SERVICE_NICKSERV, message);
}

Outcome
cmd_chanserv(Ctx *ctx, const Message *message)
{
	return talk_to(ctx, SERVICE_CHANSERV, message);
}

Outcome
cmd_hostserv(Ctx *ctx, const Message *message)
{
	return talk_to(ctx, SERVICE_HOSTSERV, message);
}

Outcome
cmd_histserv(Ctx *ctx, const Message *message)
{
	return talk_to(ctx, SERVICE_HISTSERV, message);
}

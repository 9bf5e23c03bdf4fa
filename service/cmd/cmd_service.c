/* SPDX-License-Identifier: MIT */
/* NS, CS …: commands that talk to the built-in services. */
#include "cmd/handlers.h"
#include "cmd/service_command.h"

#include <string.h>

static Outcome
talk_to(Ctx *ctx, ServiceIndex index, const Message *message)
{
	/* It may hold a password: one piece that does not grow, wiped afterwards. */
	GString *text = g_string_sized_new(MESSAGE_BODY_MAX);
	Outcome outcome;

	for (unsigned i = 0; i < message->n_params; i++) {
		if (i > 0)
			g_string_append_c(text, ' ');
		g_string_append(text, message->params[i]);
	}
	outcome = service_command(ctx, service_row(index), text->str);
	explicit_bzero(text->str, text->len);
	g_string_free(text, TRUE);
	return outcome;
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

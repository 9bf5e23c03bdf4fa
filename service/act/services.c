/* SPDX-License-Identifier: MIT */
#include "act/services.h"

#include "proto/casemap.h"
#include "proto/modes.h"

static const ServiceRow rows[] = {
#define SERVICE(NAME, nick, alias, help) {{nick}, alias, help},
#include "act/services.def"
#undef SERVICE
};

const ServiceRow *
service_row(ServiceIndex index)
{
	g_assert(index < SERVICES);
	return &rows[index];
}

ServiceIndex
service_index(const ServiceRow *row)
{
	return (ServiceIndex)(row - rows);
}

const ServiceRow *
service_find(const char *nick)
{
	for (ServiceIndex i = 0; i < SERVICES; i++)
		if (casemap_equal(rows[i].voice.nick, nick))
			return &rows[i];
	return NULL;
}

User *
service_as_user(const Ctx *ctx, const ServiceRow *row)
{
	const char *server = ctx->community->server_name;
	User *user = user_new(&(UserFacts){.nick = row->voice.nick,
				  .username = row->voice.nick,
				  .real_name = row->help,
				  .host = server,
				  .address = server},
	    ctx->community->started_at);

	user->modes = MODE_USER_BOT;
	user->spoke_at = ctx->monotonic;
	return user;
}

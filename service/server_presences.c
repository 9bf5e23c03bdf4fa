/* SPDX-License-Identifier: MIT */
/* Users who stay without a client: brought back at the start, kept in the store, gone in the end.
 */
#include "server_private.h"

#include "act/country_review.h"
#include "act/kept_presences.h"
#include "presence_keeper.h"

static Ctx
ctx_of(void *data)
{
	return server_ctx(data);
}

bool
server_make_presences(Server *server, GError **error)
{
	PresenceKeeperSetup setup = {
	    .records = &server->records,
	    .community = server->community,
	    .timers = server->timers,
	    .clock = server->options.clock,
	    .ctx = ctx_of,
	    .data = server,
	};
	g_autoptr(GPtrArray) rows = NULL;
	Ctx ctx = server_ctx(server);

	if (!server->store)
		return true;
	rows = store_read_presences(server->store, error);
	if (!rows)
		return false;
	kept_presences_return(&ctx, rows);
	if (server->countries)
		act_review_countries(&ctx);
	server->keeper = presence_keeper_new(&setup, rows);
	bus_subscribe(server->out.bus, presence_keeper_event, server->keeper);
	return true;
}

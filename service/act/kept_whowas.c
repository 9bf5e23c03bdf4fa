/* SPDX-License-Identifier: MIT */
#include "act/kept_whowas.h"

#include "act/records.h"
#include "store/store_whowas.h"

void
kept_whowas_add(Ctx *ctx, const User *user, const char *event)
{
	unsigned most = ctx->community->settings->limits->whowas_entries;
	const WhowasEntry entry = whowas_entry_of(user, event, ctx->now);
	StoreWhowas row = {
	    .nick = entry.nick,
	    .username = entry.username,
	    .host = entry.host,
	    .address = entry.address,
	    .real_name = entry.real_name,
	    .account = entry.account,
	    .account_id = entry.account_id,
	    .event = (char *)entry.event,
	    .connected_at = entry.connected_at,
	    .left_at = entry.left_at,
	    .keep = most,
	};

	whowas_add(ctx->community->whowas, &entry);
	if (ctx->records && most > 0)
		store_add_whowas(ctx->records->store, &row);
}

void
kept_whowas_load(Community *community, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		const StoreWhowas *row = rows->pdata[i];
		WhowasEntry entry = {
		    .nick = row->nick,
		    .username = row->username,
		    .host = row->host,
		    .address = row->address,
		    .real_name = row->real_name,
		    .account = *row->account ? row->account : NULL,
		    .account_id = row->account_id,
		    .event = g_intern_string(row->event),
		    .connected_at = row->connected_at,
		    .left_at = row->left_at,
		};

		whowas_add(community->whowas, &entry);
	}
}

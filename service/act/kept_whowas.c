/* SPDX-License-Identifier: MIT */
#include "act/kept_whowas.h"

#include "act/records.h"
#include "domain/account.h"
#include "store/store_whowas.h"

void
kept_whowas_add(Ctx *ctx, const User *user, const char *event)
{
	unsigned most = ctx->community->settings->limits->whowas_entries;
	StoreWhowas row = {
	    .nick = user->nick,
	    .username = user->username,
	    .host = user->host,
	    .address = user->address,
	    .real_name = user->real_name,
	    .account = user->account,
	    .account_id = user->login ? user->login->id : 0,
	    .event = (char *)event,
	    .connected_at = user->connected_at,
	    .left_at = ctx->now,
	    .keep = most,
	};

	whowas_add(ctx->community->whowas, user, event, ctx->now);
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

		whowas_restore(community->whowas, &entry);
	}
}

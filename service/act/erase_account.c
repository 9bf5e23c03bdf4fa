/* SPDX-License-Identifier: MIT */
/* An account goes: what is in memory and what names it, at once and in one write; what it said
 * follows (act/erasure.c). */
#include "act/account_verbs.h"
#include "act/erasure.h"
#include "act/kept_accounts.h"
#include "act/kept_channels.h"
#include "act/kept_names.h"
#include "act/kept_writes.h"
#include "act/party.h"
#include "act/query_records.h"
#include "act/verbs.h"
#include "domain/read_markers.h"
#include "domain/whowas.h"
#include "proto/casemap.h"
#include "store/store_erasure.h"

#include <string.h>

#define METHOD "ERASE"

/* A write on its way. */
typedef struct Erased {
	Records *records;
	int64_t account;
	void *write; /* of kept_write_done() */
} Erased;

static void
erased(void *data, const StoreAnswer *answer)
{
	Erased *one = data;

	kept_write_done(one->write, answer);
	if (answer->done && one->records->erasures)
		erasures_add(one->records->erasures, one->account);
	g_free(one);
}

/* "nick!user@host" of one of them, or the name alone. */
static bool
is_by(const GPtrArray *names, const char *setter)
{
	g_autofree char *nick = setter ? g_strndup(setter, strcspn(setter, "!")) : NULL;

	for (guint i = 0; nick && i < names->len; i++)
		if (casemap_equal(names->pdata[i], nick))
			return true;
	return false;
}

static void
forget_setters(Ctx *ctx, Channel *channel, const GPtrArray *names)
{
	const char *instead = ctx->community->server_name;

	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++) {
		MaskList *list = &channel->lists[kind];

		for (unsigned i = 0; i < list->n_entries; i++) {
			if (!is_by(names, list->entries[i].set_by))
				continue;
			mask_list_set_setter(list, i, instead);
			kept_channel_put_entry(
			    ctx, channel, channel_list_letter(kind), &list->entries[i]);
		}
	}
}

/* Topics, bans and registrations stay; that it was his is forgotten. */
static void
forget_traces(Ctx *ctx, const GPtrArray *names)
{
	const char *instead = ctx->community->server_name;
	uint32_t cursor = 0;
	Channel *channel;

	while ((channel = directory_next_channel(ctx->community->directory, &cursor))) {
		bool topic = channel->topic && is_by(names, channel->topic_by);
		bool registered = channel->registered && is_by(names, channel->registered_by);

		if (topic) {
			g_autofree char *text = g_strdup(channel->topic);

			channel_set_topic(channel, text, instead, channel->topic_at);
		}
		if (registered)
			channel_set_registered(channel, instead, channel->registered_at);
		if (topic || registered)
			act_keep_channel(ctx, channel);
		forget_setters(ctx, channel, names);
	}
}

/* Administrators' calls are recorded as all of theirs. */
static void
keep_trace(Ctx *ctx, int64_t account, bool by_owner)
{
	g_autofree char *name = erased_name(account);
	const StoreAudit audit = {
	    .time = ctx->now,
	    .who = by_owner ? name : (char *)ctx_setter(ctx),
	    .role = (char *)"user",
	    .method = (char *)METHOD,
	    .object = name,
	    .outcome = (char *)"done",
	    .keep = ctx->community->settings->log->audit_entries,
	};

	if (ctx->records && ctx->actor.kind == ACTOR_USER)
		records_add_audit(ctx->records, &audit, NULL, NULL);
}

static void
erase_stored(Ctx *ctx, StoreErasure *erasure)
{
	Erased *one;

	if (!ctx->records) {
		store_erasure_free(erasure);
		return;
	}
	one = g_new(Erased, 1);
	*one = (Erased){ctx->records, erasure->account, kept_account_write(ctx, erasure->account)};
	store_erase_account(ctx->records->store, erasure, erased, one);
}

void
erase_account(Ctx *ctx, Account *account)
{
	g_autofree char *party = party_of_account(account);
	StoreErasure *erasure = store_erasure_new(account->id, ctx->now);
	bool by_owner = ctx->actor.user && ctx->actor.user->login == account;

	g_ptr_array_add(erasure->names, g_strdup(account->name));
	for (guint i = 0; i < account->nicks->len; i++)
		g_ptr_array_add(erasure->names, g_strdup(account->nicks->pdata[i]));
	for (guint i = 0; i < erasure->names->len; i++)
		kept_name_leaves(ctx, account->id, erasure->names->pdata[i]);
	for (guint i = 0; i < account->certificates->len; i++) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		kept_name_leaves(ctx, account->id, certificate->fingerprint);
	}
	/* Users who were kept without a client leave; that is his too. */
	act_forget_account(ctx, account);
	whowas_forget(ctx->community->whowas, erasure->account, erasure->names);
	read_markers_forget(ctx->community->read_markers, party);
	forget_traces(ctx, erasure->names);
	keep_trace(ctx, erasure->account, by_owner);
	erase_stored(ctx, erasure);
}

char *
erased_name(int64_t account)
{
	return store_erased_name(account);
}

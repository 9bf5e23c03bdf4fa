/* SPDX-License-Identifier: MIT */
#include "act/kept_names.h"

#include "act/kept_accounts.h"
#include "proto/casemap.h"

void
kept_name_leaves(Ctx *ctx, int64_t account, const char *name)
{
	Records *records = ctx->records;
	int64_t *id;

	if (!records)
		return;
	if (!records->leaving)
		records->leaving =
		    g_hash_table_new_full(casemap_hash, casemap_equal, g_free, g_free);
	id = g_new(int64_t, 1);
	*id = account;
	g_hash_table_replace(records->leaving, g_strdup(name), id);
}

static gboolean
is_settled(gpointer name, gpointer id, gpointer records)
{
	return kept_account_is_settled(records, *(const int64_t *)id);
}

bool
kept_name_is_leaving(const Ctx *ctx, const char *name, int64_t account)
{
	Records *records = ctx->records;
	const int64_t *id;

	if (!records || !records->leaving)
		return false;
	/* Who takes a name asks here: the table holds no more than is given up meanwhile. */
	g_hash_table_foreach_remove(records->leaving, is_settled, records);
	id = g_hash_table_lookup(records->leaving, name);
	return id && *id != account;
}

/* SPDX-License-Identifier: MIT */
#include "act/kept_operator_codes.h"

#include "act/records.h"
#include "store/store_operator_codes.h"

static void
remember(Community *community, const char *name, int64_t step)
{
	g_hash_table_replace(
	    community->operator_steps, g_strdup(name), g_memdup2(&step, sizeof step));
}

int64_t
kept_operator_code(const Ctx *ctx, const char *name)
{
	const int64_t *step = g_hash_table_lookup(ctx->community->operator_steps, name);

	return step ? *step : 0;
}

void
kept_operator_code_put(Ctx *ctx, const char *name, int64_t step)
{
	remember(ctx->community, name, step);
	if (ctx->records)
		store_put_operator_code(ctx->records->store, name, step, records_written,
		    records_writing(ctx->records));
}

void
kept_operator_codes_load(Community *community, const GPtrArray *rows)
{
	for (guint i = 0; i < rows->len; i++) {
		const StoreOperatorCode *row = rows->pdata[i];

		remember(community, row->operator, row->step);
	}
}

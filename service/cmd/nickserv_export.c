/* SPDX-License-Identifier: MIT */
/* NickServ EXPORT: what is kept of an account, as JSON objects, one after the other. What does not
 * fit into one NOTICE goes on in the next ones, which begin with a blank. */
#include "cmd/nickserv_export.h"

#include "act/account_export.h"
#include "act/account_rights.h"
#include "cmd/walk.h"
#include "proto/casemap.h"
#include "proto/utf8.h"

#include <string.h>

#define FACTS_PAGE 100u   /* objects of one answer */
#define MESSAGES_PAGE 20u /* messages of one answer */
#define MESSAGES_BYTES ((size_t)16 * 1024)
#define PIECE 380u /* bytes of one NOTICE */

static void
tell_object(Ctx *ctx, const json_t *object)
{
	char *written = json_dumps(object, JSON_COMPACT);
	const char *rest = written;

	do {
		size_t length = utf8_cut(rest, strlen(rest), PIECE);

		ctx_say(ctx, "%s%.*s", rest == written ? "" : " ", (int)length, rest);
		rest += length;
	} while (*rest);
	free(written);
}

/* What one EXPORT needs from slice to slice. */
typedef struct ExportWalk {
	AccountExport export;
	int64_t account;
	guint64 from;
} ExportWalk;

static void
walk_free(gpointer data)
{
	ExportWalk *walk = data;

	json_decref(walk->export.list);
	g_free(walk);
}

static void
tell_page(Ctx *ctx, const json_t *list, guint64 from)
{
	size_t count = json_array_size(list), index = from - 1;

	if (index >= count)
		ctx_say(ctx, "There are %zu objects", count);
	for (; index < count && index < from - 1 + FACTS_PAGE; index++)
		tell_object(ctx, json_array_get(list, index));
	if (index < count)
		ctx_say(ctx, "%zu of %zu; for more: EXPORT %zu", index, count, index + 1);
	else
		ctx_say(ctx, "That was all but what was said; for that: EXPORT MESSAGES");
}

/* The account may be gone meanwhile. */
static bool
export_step(Ctx *ctx, void *data)
{
	ExportWalk *walk = data;
	const Account *account = accounts_by_id(ctx->community->accounts, walk->account);

	if (account && account_must_own(ctx, account) == OUTCOME_DONE) {
		if (account_export_slice(&walk->export, ctx->community, account))
			return true;
		tell_page(ctx, walk->export.list, walk->from);
	}
	return false;
}

static Outcome
export_facts(Ctx *ctx, const Account *account, guint64 from)
{
	ExportWalk *walk = g_new0(ExportWalk, 1);

	walk->account = account->id;
	walk->from = from;
	return walk_start(ctx, export_step, walk, walk_free);
}

static void
tell_messages(Ctx *ctx, const void *data)
{
	const HistoryAnswer *answer = data;

	if (answer->problem) {
		ctx_say(ctx, "The history could not be read: %s", answer->problem);
	} else {
		for (guint i = 0; i < answer->rows->len; i++) {
			json_auto_t *object = account_export_row(answer->rows->pdata[i]);

			tell_object(ctx, object);
		}
		if (answer->rows->len > 0)
			ctx_say(ctx, "For more: EXPORT MESSAGES %" G_GINT64_FORMAT,
			    account_export_next(answer));
		else
			ctx_say(ctx, "That was all");
	}
}

static Outcome
export_messages(Ctx *ctx, const Account *account, guint64 after)
{
	if (!ctx->records || !ctx->records->history) {
		ctx_say(ctx, "No history is kept here");
		return OUTCOME_DONE;
	}
	return act_ask_history(ctx,
	    account_export_question(account, (int64_t)after, MESSAGES_PAGE, MESSAGES_BYTES),
	    tell_messages);
}

Outcome
nickserv_export(Ctx *ctx, const ServiceCall *call)
{
	const Account *account = ctx->actor.user->login;
	const char *word = service_word(call, 0), *number = word;
	bool messages = casemap_equal(word, "MESSAGES");
	guint64 from = messages ? 0 : 1;

	if (account_must_own(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (messages)
		number = service_word(call, 1);
	if (*number &&
	    !g_ascii_string_to_unsigned(number, 10, from, (guint64)G_MAXINT64, &from, NULL)) {
		ctx_say(
		    ctx, "EXPORT, EXPORT <number>, EXPORT MESSAGES or EXPORT MESSAGES <number>");
		return OUTCOME_REFUSED;
	}
	return messages ? export_messages(ctx, account, from) : export_facts(ctx, account, from);
}

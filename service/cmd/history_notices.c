/* SPDX-License-Identifier: MIT */
#include "cmd/history_notices.h"

#include "act/replay.h"
#include "proto/utf8.h"

#include <string.h>

#define ACTION "\001ACTION "
#define LINE_BYTES 320u /* of text in one notice */

/* "[15:04:05Z] <nick> text", in as many lines as it takes, the id behind the last of them. */
static void
tell_row(Ctx *ctx, const HistoryRow *row)
{
	bool action = row->text && g_str_has_prefix(row->text, ACTION);
	g_autofree char *nick = g_strndup(row->source, strcspn(row->source, "!"));
	g_autofree char *text =
	    g_strdup(row->text ? row->text + (action ? strlen(ACTION) : 0) : "");
	char stamp[REPLAY_STAMP_SIZE];
	const char *at = text;

	replay_stamp(row->time, ctx->now, stamp);
	if (action)
		g_strdelimit(text, "\001", '\0');
	do {
		size_t whole = strcspn(at, "\n"), length = utf8_cut(at, whole, LINE_BYTES);
		bool last = at[length] == '\0';

		ctx_say(ctx, action ? "%s* %s %.*s%s%s%s" : "%s<%s> %.*s%s%s%s", stamp, nick,
		    (int)length, at, last ? " (" : "", last ? row->msgid : "", last ? ")" : "");
		at += length + (length == whole && at[length] == '\n');
	} while (*at);
}

void
history_notices(Ctx *ctx, const char *place, const GPtrArray *rows)
{
	ctx_say(ctx, "Of %s, %u in all:", place, rows->len);
	for (guint i = 0; i < rows->len; i++)
		tell_row(ctx, rows->pdata[i]);
	ctx_say(ctx, "End of %s", place);
}

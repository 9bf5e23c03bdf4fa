/* SPDX-License-Identifier: MIT */
#include "cmd/link_list.h"

#include "base/clock.h"
#include "base/delivery.h"
#include "cmd/room.h"
#include "cmd/walk.h"

#define KILOBYTE 1024u
#define LINE_MOST 640u /* bytes of one row with its tags */

typedef struct LinkList {
	char letter;
	GArray *only; /* of Handle: connections that are still to be asked about; NULL: all */
	unsigned loop;
	uint32_t from;
	Walk *walk;                      /* while it waits for an answer */
	const HostTrafficAnswer *answer; /* while a slice deals with it */
} LinkList;

static void
link_list_free(gpointer data)
{
	LinkList *list = data;

	if (list->only)
		g_array_unref(list->only);
	g_free(list);
}

/* "nick[user@host]"; who is not registered has neither nick nor user yet. */
static char *
link_name(const Session *session)
{
	const User *user = session->user;

	return user ? g_strdup_printf("%s[%s@%s]", user->nick, user->username, user->host)
		    : g_strdup_printf("*[unknown@%s]", session->peer.address);
}

static void
tell_row(Ctx *ctx, const HostTraffic *row)
{
	const Traffic *traffic = row->traffic;
	int64_t open = MAX(0, ctx->now - row->session->opened_at) / CLOCK_SECOND;
	g_autofree char *name = link_name(row->session);

	reply(ctx, RPL_STATSLINKINFO, name, traffic->unsent, traffic->lines_out,
	    traffic->bytes_out / KILOBYTE, traffic->lines_in, traffic->bytes_in / KILOBYTE, open);
}

/* The handles are gone through from the end; a connection that ended meanwhile has no row, and the
 * one that has its place in the table by now is somebody else's. */
static bool
is_wanted(const LinkList *list, const HostTraffic *row)
{
	return !list->only || handle_equal(row->session->conn,
				  g_array_index(list->only, Handle, list->only->len - 1));
}

/* What there was an answer to is done. */
static void
move_on(LinkList *list)
{
	if (list->only) {
		g_array_set_size(list->only, list->only->len - 1);
		return;
	}
	list->from = list->answer->next;
	list->loop += list->answer->next == 0;
}

static bool
next_rows(Ctx *ctx, void *data)
{
	LinkList *list = data;
	const HostTrafficAnswer *answer = list->answer;

	for (uint32_t i = 0; answer && i < answer->count; i++)
		if (is_wanted(list, &answer->rows[i]))
			tell_row(ctx, &answer->rows[i]);
	if (answer)
		move_on(list);
	list->answer = NULL;
	if (list->only ? list->only->len > 0 : list->loop < CONN_LOOPS_MAX)
		return true;
	reply(ctx, RPL_ENDOFSTATS, (char[]){list->letter, '\0'});
	return false;
}

static void
answered(void *data, const HostTrafficAnswer *answer)
{
	LinkList *list = data;

	list->answer = answer;
	walk_continue(list->walk, answer == NULL);
}

static bool
ask(Ctx *ctx, void *data, Walk *walk)
{
	LinkList *list = data;
	Host *host = ctx->host;
	uint32_t most = (uint32_t)CLAMP(room_left(ctx) / LINE_MOST, 1, TRAFFIC_MAX);
	Handle conn;

	list->walk = walk;
	if (list->only) {
		conn = g_array_index(list->only, Handle, list->only->len - 1);
		if (host->traffic(
			host, conn_loop(conn), conn.index & CONN_INDEX_MASK, 1, answered, list))
			return true;
		g_array_set_size(list->only, 0);
		return false;
	}
	if (host->traffic(host, list->loop, list->from, most, answered, list))
		return true;
	list->loop = CONN_LOOPS_MAX; /* the last one was asked */
	return false;
}

Outcome
link_list_tell(Ctx *ctx, const User *user, char letter)
{
	LinkList *list = g_new0(LinkList, 1);

	list->letter = letter;
	if (user) {
		list->only = g_array_new(FALSE, FALSE, sizeof(Handle));
		for (const Session *session = user->sessions; session; session = session->next)
			g_array_append_val(list->only, session->conn);
	}
	return walk_start_awaiting(ctx, next_rows, ask, list, link_list_free);
}

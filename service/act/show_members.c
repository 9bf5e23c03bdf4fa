/* SPDX-License-Identifier: MIT */
#include "act/show_members.h"

#include "act/slices.h"

#define NAMES_SLICE 20000u /* names told in one turn */

/* Who is still to be told. */
typedef struct Showing {
	const Community *community;
	Handle channel;
	GArray *sessions; /* Handle */
	guint next;
	bool later; /* not in this turn */
} Showing;

static void
showing_free(gpointer data)
{
	Showing *showing = data;

	g_array_unref(showing->sessions);
	g_free(showing);
}

/* Between two slices sessions and the channel may go, and members leave. */
static bool
show_slice(Host *host, void *data)
{
	Showing *showing = data;
	const Channel *channel = directory_channel(showing->community->directory, showing->channel);
	uint32_t told = 0;

	if (showing->later) {
		showing->later = false;
		return true;
	}
	while (channel && showing->next < showing->sessions->len) {
		Handle handle = g_array_index(showing->sessions, Handle, showing->next);
		const Session *session = slots_get(showing->community->sessions, handle);

		if (told >= NAMES_SLICE)
			return true;
		showing->next++;
		if (!session || !session->user || !user_seat(session->user, channel))
			continue;
		host->show_channel(host, handle, channel);
		told += channel->n_members;
	}
	return false;
}

static void
show(Ctx *ctx, const Channel *channel, const GPtrArray *sessions, bool later)
{
	Showing *showing = g_new0(Showing, 1);

	showing->community = ctx->community;
	showing->channel = channel->handle;
	showing->sessions = g_array_new(FALSE, FALSE, sizeof(Handle));
	showing->later = later;
	for (guint i = 0; i < sessions->len; i++) {
		const Session *session = g_ptr_array_index(sessions, i);

		if (later || session != ctx->actor.session)
			g_array_append_val(showing->sessions, session->handle);
	}
	slices_start(ctx->host, show_slice, showing, showing_free);
}

void
show_members(Ctx *ctx, const Channel *channel, const GPtrArray *sessions)
{
	show(ctx, channel, sessions, false);
}

void
show_members_later(Ctx *ctx, const Channel *channel, const GPtrArray *sessions)
{
	show(ctx, channel, sessions, true);
}

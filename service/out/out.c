/* SPDX-License-Identifier: MIT */
#include "out/out.h"

#include "base/close_reason.h"
#include "domain/session.h"
#include "out/held_back.h"
#include "out/notices.h"
#include "out/render.h"
#include "proto/caps.h"
#include "proto/utf8.h"

#include <glib.h>
#include <string.h>

#define CLOSE_TEXT_MAX 400u /* bytes: with the longest address the line stays below 512 */

void
out_init(Out *out, unsigned n_loops)
{
	*out = (Out){0};
	outbox_init(&out->outbox, n_loops);
	out->bus = bus_new();
}

void
out_clear(Out *out)
{
	outbox_clear(&out->outbox);
	audience_clear(&out->audience);
	bus_free(out->bus);
	*out = (Out){0};
}

/* Somebody wrote to himself: what he gets is delivered, not an answer, so it never carries the
 * label (IRCv3 labeled-response); with echo-message the echo comes besides, as the answer. */
static bool
is_to_oneself(const Event *event, const Session *asker)
{
	return asker && asker->user && event->target == asker->user &&
	       event_row(event->kind)->audience == AUDIENCE_TARGET;
}

static void
deliver(Out *out, const Community *community, const Event *event, Reply *own)
{
	RenderMemo memo;
	const Session *asker = own ? own->session : NULL;
	bool to_oneself = is_to_oneself(event, asker);

	render_memo_init(&memo, community->server_name);
	for (uint32_t i = 0; i < out->audience.n_sessions; i++) {
		Session *session = out->audience.sessions[i];
		RenderEntry *entry;

		if (session == asker && (!to_oneself || session_has(session, CAP_ECHO_MESSAGE)))
			reply_event(own, event);
		if (session == asker && !to_oneself)
			continue;
		entry = render_event(&memo, event, session->caps);
		entry->uses++;
		held_back_send(&out->outbox, session, entry->line);
	}
	counter_add(&out->counters, COUNTER_LINES_RENDERED, memo.n_entries);
	render_memo_finish(&memo);
}

static void
publish(Out *out, const Community *community, const Event *event, Reply *own)
{
	counter_add(&out->counters, COUNTER_EVENTS, 1);
	audience_collect(&out->audience, community, event);
	deliver(out, community, event, own);
	bus_tell(out->bus, event);
}

/* Nothing is written as long as nobody reads it. */
static void
publish_notice(Out *out, const Community *community, const Event *event, Reply *own)
{
	Event notice = {
	    .kind = EVENT_SERVER_NOTICE,
	    .time = event->time,
	    .source = community->server_name,
	};
	g_autofree char *text = NULL;

	if (community->notice_readers->len == 0)
		return;
	text = notice_of_event(event, &notice.notice);
	notice.text = text;
	if (text)
		publish(out, community, &notice, own);
}

void
out_publish(Out *out, const Community *community, const Event *event, Reply *own)
{
	publish(out, community, event, own);
	publish_notice(out, community, event, own);
}

void
out_tell_session(
    Out *out, const Community *community, const Event *event, Session *session, Reply *own)
{
	RenderMemo memo;
	RenderEntry *entry;

	if (own && own->session == session) {
		reply_event(own, event);
		return;
	}
	render_memo_init(&memo, community->server_name);
	entry = render_event(&memo, event, session->caps);
	entry->uses++;
	held_back_send(&out->outbox, session, entry->line);
	render_memo_finish(&memo);
}

void
out_close_session(Out *out, Session *session, uint32_t reason, const char *text)
{
	g_autofree char *line = NULL;

	if (session->stage == SESSION_CLOSING)
		return;
	line = g_strdup_printf("ERROR :Closing link: (%s) [%.*s]\r\n", session->peer.address,
	    (int)utf8_cut(text, strlen(text), CLOSE_TEXT_MAX), text);
	session->farewell = line_new(line, strlen(line));
	session->farewell_reason = reason;
	session->stage = SESSION_CLOSING;
	if (!session->answering)
		reply_farewell(&out->outbox, session);
}

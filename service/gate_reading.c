/* SPDX-License-Identifier: MIT */
/* Clients that read slowly: what waits until they have (domain/reading.h). */
#include "gate_private.h"

/* Of the send queue. An answer goes on up to 3/4 of it (cmd/room.c): what others say meanwhile
 * needs room too. */
#define NEXT_COMMAND 4u /* with more unread than this part the next command waits */
#define READ_MOST 8u    /* until this part is left, so that the client never runs dry */

static size_t
part_of_queue(const Gate *gate, unsigned part)
{
	return gate->setup.community->settings->limits->sendq / part;
}

static void
ask(Gate *gate, Session *session)
{
	Reading *reading = &session->reading;

	if (reading->is_asked)
		return;
	reading->is_asked = true;
	reading->asked = reading->unread;
	outbox_mark(
	    &gate->setup.out->outbox, session->conn, (uint32_t)part_of_queue(gate, READ_MOST));
}

bool
gate_has_read(Gate *gate, Session *session)
{
	if (session->reading.unread <= part_of_queue(gate, NEXT_COMMAND))
		return true;
	ask(gate, session);
	return false;
}

void
gate_when_read(Gate *gate, Handle handle, HostReadThen then, void *data)
{
	Session *session = slots_get(gate->setup.community->sessions, handle);

	g_assert(session && !session->reading.then);
	session->reading.then = then;
	session->reading.data = data;
	ask(gate, session);
}

static void
tell(Session *session, bool gone)
{
	HostReadThen then = session->reading.then;

	session->reading.then = NULL;
	if (then)
		then(session->reading.data, gone);
}

void
gate_drained(Gate *gate, Handle conn)
{
	Session *session = gate_session(gate, conn);
	Reading *reading = session ? &session->reading : NULL;

	if (!reading || !reading->is_asked)
		return;
	reading->is_asked = false;
	reading->unread -= reading->asked;
	if (reading->then)
		tell(session, false);
	else
		gate_wait_over(gate, session);
}

void
gate_reading_drop(Session *session)
{
	tell(session, true);
}

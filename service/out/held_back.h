/* SPDX-License-Identifier: MIT */
/*
 * HeldBack: what others do while a session's own answer waits for the disk: it was first, so it is
 * told first (cmd/held_reply.h). Invariant: lines keep their order, none is lost; they are the
 * session's. Thread: state.
 */
#pragma once

#include "domain/session.h"
#include "out/outbox.h"

/* From here on what held_back_send() is given waits. Once is enough. */
void held_back_begin(Session *session);
/* For a session that holds lines back. */
void held_back_add(Outbox *outbox, Session *session, Line *line);
/* Takes over one reference of the line, which goes at once if nothing is held. */
static inline void
held_back_send(Outbox *outbox, Session *session, Line *line)
{
	if (session->held_back)
		held_back_add(outbox, session, line);
	else
		outbox_send(outbox, session->conn, line);
}

/* The answer is queued: what waited follows. Nothing if nothing was held. */
void held_back_release(Outbox *outbox, Session *session);

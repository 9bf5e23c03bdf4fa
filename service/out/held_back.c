/* SPDX-License-Identifier: MIT */
#include "out/held_back.h"

#define HELD_MAX 4096u /* lines that wait for one session; past it order is given up, not lines */

void
held_back_begin(Session *session)
{
	if (!session->held_back)
		session->held_back = g_ptr_array_new_with_free_func((GDestroyNotify)line_unref);
}

void
held_back_add(Outbox *outbox, Session *session, Line *line)
{
	if (session->held_back->len < HELD_MAX) {
		g_ptr_array_add(session->held_back, line);
		return;
	}
	held_back_release(outbox, session);
	outbox_send(outbox, session->conn, line);
}

void
held_back_release(Outbox *outbox, Session *session)
{
	g_autoptr(GPtrArray) lines = g_steal_pointer(&session->held_back);

	for (guint i = 0; lines && i < lines->len; i++)
		outbox_send(outbox, session->conn, line_ref(g_ptr_array_index(lines, i)));
}

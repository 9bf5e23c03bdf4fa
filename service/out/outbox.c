/* SPDX-License-Identifier: MIT */
#include "out/outbox.h"

#include <glib.h>

#define KEPT_CAPACITY 65536u /* deliveries; a larger array is given back after its turn */

void
outbox_init(Outbox *outbox, unsigned n_loops)
{
	outbox->loops = g_new0(OutboxLoop, n_loops);
	outbox->n_loops = n_loops;
	outbox->queued = 0;
}

void
outbox_clear(Outbox *outbox)
{
	for (unsigned i = 0; i < outbox->n_loops; i++) {
		OutboxLoop *loop = &outbox->loops[i];

		for (size_t j = 0; j < loop->n_deliveries; j++)
			line_unref(loop->deliveries[j].line);
		g_free(loop->deliveries);
	}
	g_free(outbox->loops);
	*outbox = (Outbox){0};
}

void
outbox_grow(OutboxLoop *loop)
{
	loop->capacity = MAX(256, loop->capacity * 2);
	loop->deliveries = g_renew(Delivery, loop->deliveries, loop->capacity);
}

static Delivery *
append(Outbox *outbox, Handle conn)
{
	OutboxLoop *loop = &outbox->loops[conn_loop(conn)];

	if (loop->n_deliveries == loop->capacity)
		outbox_grow(loop);
	return &loop->deliveries[loop->n_deliveries++];
}

void
outbox_close(Outbox *outbox, Handle conn, uint32_t reason, Line *line)
{
	*append(outbox, conn) =
	    (Delivery){.conn = conn, .line = line, .value = reason, .kind = DELIVERY_CLOSE};
}

void
outbox_credit(Outbox *outbox, Handle conn, uint32_t lines)
{
	*append(outbox, conn) = (Delivery){.conn = conn, .value = lines, .kind = DELIVERY_CREDIT};
}

void
outbox_limits(Outbox *outbox, Handle conn, uint32_t sendq)
{
	*append(outbox, conn) = (Delivery){.conn = conn, .value = sendq, .kind = DELIVERY_LIMITS};
}

void
outbox_gateway(Outbox *outbox, Handle conn)
{
	*append(outbox, conn) = (Delivery){.conn = conn, .kind = DELIVERY_GATEWAY};
}

void
outbox_mark(Outbox *outbox, Handle conn, uint32_t bytes)
{
	*append(outbox, conn) = (Delivery){.conn = conn, .value = bytes, .kind = DELIVERY_MARK};
}

const Delivery *
outbox_take(Outbox *outbox, unsigned loop, size_t *ret_count)
{
	OutboxLoop *box = &outbox->loops[loop];
	size_t count = box->n_deliveries;

	if (count == 0 && box->capacity > KEPT_CAPACITY) {
		g_clear_pointer(&box->deliveries, g_free);
		box->capacity = 0;
	}
	box->n_deliveries = 0;
	*ret_count = count;
	return box->deliveries;
}

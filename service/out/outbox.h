/* SPDX-License-Identifier: MIT */
/*
 * Outbox: what this turn sends, one array per I/O loop; the gate hands the arrays over at its end.
 * Invariant: deliveries to one connection keep their order. Thread: state.
 */
#pragma once

#include "base/delivery.h"

#include <stddef.h>

typedef struct OutboxLoop {
	Delivery *deliveries;
	size_t n_deliveries;
	size_t capacity;
} OutboxLoop;

typedef struct Outbox {
	OutboxLoop *loops;
	unsigned n_loops;
	uint64_t queued; /* lines since the start */
} Outbox;

void outbox_init(Outbox *outbox, unsigned n_loops);
/* Drops what is inside. */
void outbox_clear(Outbox *outbox);
/* Makes room for one more. */
void outbox_grow(OutboxLoop *loop);
/* Takes over one reference of the line. */
static inline void
outbox_send(Outbox *outbox, Handle conn, Line *line)
{
	OutboxLoop *loop = &outbox->loops[conn_loop(conn)];

	if (loop->n_deliveries == loop->capacity)
		outbox_grow(loop);
	loop->deliveries[loop->n_deliveries++] =
	    (Delivery){.conn = conn, .line = line, .kind = DELIVERY_SEND};
	outbox->queued++;
}

/* `line` (may be NULL; its reference goes along) is sent first. `reason` of base/close_reason.h. */
void outbox_close(Outbox *outbox, Handle conn, uint32_t reason, Line *line);
void outbox_credit(Outbox *outbox, Handle conn, uint32_t lines);
void outbox_limits(Outbox *outbox, Handle conn, uint32_t sendq);
/* It speaks for somebody else (WEBIRC). */
void outbox_gateway(Outbox *outbox, Handle conn);
/* The loop tells once when no more than that is left to be written. */
void outbox_mark(Outbox *outbox, Handle conn, uint32_t bytes);
/* What was collected for one loop; the references go along. Valid until the next outbox_ call; the
 * box is empty afterwards. */
const Delivery *outbox_take(Outbox *outbox, unsigned loop, size_t *ret_count);

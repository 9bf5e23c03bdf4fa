/* SPDX-License-Identifier: MIT */
/*
 * Delivery: what the state thread asks of an I/O loop. `out` fills arrays of them, one array per
 * loop, and `net` carries them out; both know only this. `conn` names a connection; its loop is the
 * one in the top byte of conn.index. Thread: filled by state, read by io; an array is handed over
 * whole.
 */
#pragma once

#include "base/line.h"
#include "base/slots.h"

typedef enum DeliveryKind {
	DELIVERY_SEND,    /* queue `line`; the reference goes along */
	DELIVERY_CLOSE,   /* after what is queued before it: send `line` (may be NULL), then close;
			     `value` is  the close reason (close_reasons.def) */
	DELIVERY_CREDIT,  /* `value` input lines were dealt with: the loop may read as many more */
	DELIVERY_LIMITS,  /* registered: send-queue cap in bytes is `value`, registration deadline
			     off */
	DELIVERY_GATEWAY, /* it speaks for somebody else: it is not counted among its address's */
	DELIVERY_MARK,    /* tell once when no more than `value` bytes are left in the queue */
} DeliveryKind;

typedef struct Delivery {
	Handle conn;
	Line *line;
	uint32_t value;
	uint8_t kind;
} Delivery;

#define CONN_LOOP_SHIFT 24
#define CONN_LOOPS_MAX 64u
#define CONN_INDEX_MASK ((1u << CONN_LOOP_SHIFT) - 1)

static inline unsigned
conn_loop(Handle conn)
{
	return conn.index >> CONN_LOOP_SHIFT;
}

/* SPDX-License-Identifier: MIT */
/*
 * Conn: one connection: transport, framer, send queue, deadline, and why it ends.
 * Invariant: it is in exactly one state, changed in conn_set_state() only; `opened` and `closed` of
 * the sink come once each and in this order, `input` between them and `ended` after the last input.
 * While it does not read it still hears, once each, that its peer ended or is gone.
 * Thread: loop.
 */
#pragma once

#include "base/delivery.h"
#include "base/timers.h"
#include "net/framer.h"
#include "net/io_loop.h"
#include "net/listen_rules.h"
#include "net/sendq.h"
#include "net/websocket.h"

#include <event2/event_struct.h>

typedef enum ConnState {
	CONN_HANDSHAKE, /* unknown above */
	CONN_OPEN,
	CONN_CLOSING,  /* writes what is queued; input is thrown away */
	CONN_DRAINING, /* all is written; waits for the peer to close, so that it can read it */
	CONN_DEAD,     /* no descriptor, no handle; freed when no list names it */
} ConnState;

/* Input that waits for credit. */
typedef struct HeldInput {
	uint32_t length;
	char data[]; /* length + 1 */
} HeldInput;

typedef struct Conn {
	struct event event;
	IoLoop *loop;
	Transport *transport;
	Handle handle; /* with the loop's number */
	Timer deadline;
	Framer framer;
	Sendq output;
	HeldInput *held;
	WebSocket *websocket; /* the framer in place of `framer`; NULL: lines */
	ListenRules *rules;   /* NULL: none */
	ConnInfo *info;       /* while CONN_HANDSHAKE */
	PeerPlace *place;     /* of its address, which counts it there; NULL: it is not counted */
	GString *request;     /* a PROXY header or the head of an HTTP request as far as it came, or
				 NULL */
	uint64_t bytes_in;    /* for base/traffic.h, like the three below */
	uint64_t bytes_out;
	uint64_t lines_in;
	uint64_t lines_out;
	uint32_t credit; /* input lines that may still be reported */
	uint32_t mark;   /* while `is_marked`: told when no more bytes are queued (DELIVERY_MARK) */
	uint8_t state;
	uint8_t profile;
	uint8_t stage;    /* while CONN_HANDSHAKE: which of conn_prelude.c's */
	uint8_t reason;   /* why it is closing */
	uint8_t wanted;   /* EV_READ | EV_WRITE as asked for */
	uint8_t watched;  /* EV_* as registered: more than is wanted while nobody reads */
	uint8_t hello;    /* bytes of a TLS hello seen at the beginning; HELLO_NONE: it is text */
	bool registered;  /* DELIVERY_LIMITS came */
	bool leaving;     /* the peer sends no more; it ends within IO_LINGER */
	bool ended;       /* and all it sent was read */
	bool blocked;     /* the transport takes no output until there is room */
	bool known_above; /* `opened` was reported, `closed` not yet */
	bool in_dirty;
	bool in_resume;
	bool is_marked;
	bool in_prelude; /* and counted as such */
	bool is_crowded; /* its address has more than it may */
} Conn;

/* The transport becomes the connection's. NULL (and the transport is closed) if the loop is full or
 * there are too many in their prelude. */
Conn *conn_new(
    IoLoop *loop, Transport *transport, ListenRules *rules, const ConnInfo *info, unsigned profile);
/* One delivery; takes over the line's reference. */
void conn_deliver(Conn *conn, const Delivery *delivery);
/* Input or room for output, for transports without a descriptor. */
void conn_ready(Conn *conn);
/* Reports what was held, as far as credit goes, and reads on. */
void conn_resume(Conn *conn);
/* One write of what is queued. */
void conn_flush(Conn *conn);
/* Ends it at once and tells nobody. */
void conn_abort(Conn *conn);
/* The last step: nothing names it any more. */
void conn_free(Conn *conn);

/* Of conn.c, for conn_prelude.c. */
const IoProfile *conn_profile(const Conn *conn);
void conn_resume_later(Conn *conn);
/* Reports lines as far as credit goes; the rest of the input is held. */
void conn_feed(Conn *conn, FramerInput *input);

/* Of conn_prelude.c, for conn.c: all that comes before `opened`. False: no more may be in it, and
 * the peer was told as far as it can understand. */
bool conn_prelude_admit(Conn *conn, const ConnInfo *info);
void conn_prelude_begin(Conn *conn, const ConnInfo *info);
void conn_prelude_next(Conn *conn);
void conn_prelude_step(Conn *conn);
void conn_prelude_late(Conn *conn);
/* It is over, by `opened` or by the end. */
void conn_prelude_end(Conn *conn);
/* It is not counted among its address's any more. */
void conn_leave_address(Conn *conn);

/* Of conn_output.c, for conn.c. */
void conn_set_state(Conn *conn, ConnState state);
void conn_want(Conn *conn, unsigned events);
void conn_mark_dirty(Conn *conn);
/* The peer sends no more: whatever is left to do for it has IO_LINGER from now on. */
void conn_peer_leaves(Conn *conn);
/* Says what is queued and `line`, within IO_LINGER, then ends. Takes over the reference. */
void conn_close_gently(Conn *conn, CloseReason reason, Line *line);
/* Ends it without the queue, but lets the peer read what it was told past the transport. */
void conn_close_unheard(Conn *conn, CloseReason reason);
/* Ends it now; `detail` may be NULL. */
void conn_close_now(Conn *conn, CloseReason reason, const char *detail);
/* After IO_FAILED. */
void conn_close_failed(Conn *conn);

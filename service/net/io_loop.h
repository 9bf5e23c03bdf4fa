/* SPDX-License-Identifier: MIT */
/*
 * IoLoop: one libevent base, the connections born on it and the listeners that feed it.
 * Invariant: a connection lives and dies on one loop; it is named by a Handle whose index carries
 *the loop's number in its top byte (base/delivery.h); after `closed` was reported, or for a handle
 *that never was, every call drops what it is given. Thread: each call says which. "loop" is the
 *thread that runs its base: its own after io_loop_start(), else the caller's.
 *
 * A loop on somebody else's base (io_threads 0) is driven by its owner, once per turn:
 *	event_base_loop(base, EVLOOP_ONCE);
 *	io_loop_end_input(loop);   -> sink.turn; the owner dispatches
 *	io_loop_run_inbox(loop);   -> what was posted is done
 *	io_loop_deliver_here(loop, ...); -> what is to be sent reaches the send queues
 *	io_loop_flush(loop);       -> one write per connection; buries the dead; arms the timer
 * A loop with a thread does the same by itself.
 */
#pragma once

#include "base/clock.h"
#include "base/delivery.h"
#include "base/log.h"
#include "net/io_sink.h"
#include "net/io_stats.h"
#include "net/listen_rules.h"
#include "net/peer_limits.h"
#include "net/tls_context.h"
#include "net/transport.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct event_base;
typedef struct IoLoop IoLoop;

#define IO_PROFILES_MAX 4u
#define IO_ERROR_LINE_SIZE 256u
#define IO_TURN_BYTES 65536u /* read buffer of a loop; most bytes written per peer and turn */
#define IO_LINGER (2 * CLOCK_SECOND)

/* Limits and sentences of one kind of connection (clients, control socket, ...). */
typedef struct IoProfile {
	uint32_t line_max;  /* bytes of an input line without its line end */
	uint32_t recvq_max; /* bytes read at a time, at most IO_TURN_BYTES; what a peer that is not
			       read from may hold here is this plus line_max */
	uint32_t
	    sendq_max;   /* bytes queued before DELIVERY_LIMITS sets another cap; past it: SENDQ */
	uint32_t credit; /* input lines reported and not yet given back by DELIVERY_CREDIT */
	int64_t registration_timeout; /* microseconds until DELIVERY_LIMITS must come, the TLS
					 handshake included; 0: none */
	bool expects_text;            /* a TLS hello on a plain socket ends it with TLS_TO_PLAIN */
	/* Whole lines with their line end, told before such a close; "" tells nothing. */
	char tls_to_plain[IO_ERROR_LINE_SIZE];
	char plain_to_tls[IO_ERROR_LINE_SIZE];
	char no_descriptor[IO_ERROR_LINE_SIZE];
	char registration_timeout_line[IO_ERROR_LINE_SIZE];
	char recvq_exceeded[IO_ERROR_LINE_SIZE];
} IoProfile;

typedef struct IoConfig {
	const Clock *clock;      /* outlives the loop */
	Log *log;                /* outlives the loop; NULL: silent */
	PeerLimits *peer_limits; /* outlives the loop; NULL: none */
	IoProfile profiles[IO_PROFILES_MAX];
} IoConfig;

typedef struct IoListen {
	uint32_t id;        /* the caller's name for it, ConnInfo.listener */
	int descriptor;     /* a listening socket (net/listen_socket.h); becomes the loop's */
	unsigned profile;   /* < IO_PROFILES_MAX */
	TlsContext *tls;    /* NULL: plain; the loop takes a reference of its own */
	ListenRules *rules; /* NULL: none; likewise */
	/* Loops that get the accepted connections in turn; NULL: this one only. Outlives the
	 * listener. */
	IoLoop *const *loops;
	unsigned n_loops;
} IoListen;

/* `number` < CONN_LOOPS_MAX; `base` is the caller's and outlives the loop, or NULL for one of its
 * own with io_loop_start(). NULL and `error` if the kernel refuses a descriptor. */
IoLoop *io_loop_new(unsigned number, struct event_base *base, const IoConfig *config, IoSink sink,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* After io_loop_stop() if started. Closes what is left without reports. NULL is allowed. */
void io_loop_free(IoLoop *loop);
/* Runs a loop without a base of the caller's on a thread. Thread: the owner's. */
bool io_loop_start(IoLoop *loop, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Deals with what was posted before, writes once what is queued, ends the thread. Thread: owner's.
 */
void io_loop_stop(IoLoop *loop);

/* --- Any thread; carried out in the order of the calls of one thread --- */
/* Copies the array and takes over the lines' references. */
void io_loop_deliver(IoLoop *loop, const Delivery *deliveries, size_t count);
/* The same at once, without a copy: the loop's own thread. */
void io_loop_deliver_here(IoLoop *loop, const Delivery *deliveries, size_t count);
void io_loop_listen(IoLoop *loop, const IoListen *listen);
/* Closes the listening socket; its connections stay. */
void io_loop_unlisten(IoLoop *loop, uint32_t id);
/* Other limits from now on, for connections that exist too (sendq_max: for those to come). */
void io_loop_set_profile(IoLoop *loop, unsigned profile, const IoProfile *limits);
/* Makes a connection of the transport, which becomes the loop's. `opened` follows. `rules` may be
 * NULL. */
void io_loop_adopt(
    IoLoop *loop, Transport *transport, ListenRules *rules, const ConnInfo *info, unsigned profile);
/* The same for an accepted socket: plain, or TLS if `tls` is not NULL. */
void io_loop_adopt_socket(IoLoop *loop, int descriptor, TlsContext *tls, ListenRules *rules,
    const ConnInfo *info, unsigned profile);
/* `counted` of the sink follows, unless the loop ends before. */
void io_loop_count(IoLoop *loop, const TrafficQuestion *question);
/* A transport without descriptor has input or room again. */
void io_loop_ready(IoLoop *loop, Handle conn);
const IoStats *io_loop_stats(const IoLoop *loop);

/* --- Loop thread; for a loop on the caller's base --- */
/* Runs due timers; calls sink.turn if anything was reported since the last time. */
void io_loop_end_input(IoLoop *loop);
void io_loop_run_inbox(IoLoop *loop);
void io_loop_flush(IoLoop *loop);
/* Bytes queued for a connection and not yet taken by its peer; 0 if it is gone. */
size_t io_loop_unsent(IoLoop *loop, Handle conn);
/* Something is left to be done at once, for owners that do not wait in event_base_loop(). */
bool io_loop_is_busy(const IoLoop *loop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(IoLoop, io_loop_free)

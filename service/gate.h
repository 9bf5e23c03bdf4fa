/* SPDX-License-Identifier: MIT */
/*
 * Gate: the seam between I/O loops and the state thread, and the only part that runs on both sides.
 * I/O side: copies each line once, parses it there, and posts a turn's worth at once (gate_io.c).
 * State side: makes sessions of connections and runs their commands (gate_state.c), in order, as
 * fast as their flood bucket allows (gate_wait.c). Invariant: handles cross, never pointers to
 * either side's objects; what comes late for a connection that is gone is dropped. Thread:
 * gate_sink()'s callbacks io; the rest state.
 */
#pragma once

#include "act/ctx.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mailbox.h"
#include "net/io_sink.h"
#include "proto/message.h"

#include <glib.h>
#include <stdbool.h>

struct Control;

typedef struct GateSetup {
	Community *community;
	Out *out;
	Host *host;
	struct Records *records;
	struct Control *control; /* NULL: control connections are refused */
	Random *random;
	const Clock *clock;
	Log *log;
	unsigned n_loops;
	/* Bytes queued for a console and not yet taken by it. */
	size_t (*console_unsent)(void *data, Handle conn);
	void *console_data;
	uint32_t console_sendq; /* bytes a console may leave unread */
	uint32_t client_credit; /* as in the client profile: half of it is given back at a time */
	uint32_t control_listeners; /* listener ids from this one on are control sockets */
} GateSetup;

typedef struct Gate Gate;

Gate *gate_new(const GateSetup *setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* After the loops are stopped and gate_receive() was called once more. */
void gate_free(Gate *gate);
/* The sink of one loop. */
IoSink gate_sink(Gate *gate, unsigned loop);
/* Readable when another thread posted something. */
int gate_descriptor(const Gate *gate);
/* Deals with all that was posted. */
void gate_receive(Gate *gate);
/* Goes on with sessions whose job came back. Once per turn. */
void gate_resume(Gate *gate);
/* Tells every client and console to go, for `reason`. */
void gate_close_all(Gate *gate, CloseReason reason, const char *text);
unsigned gate_connections(const Gate *gate);
/* Of one listener. */
unsigned gate_listener_connections(const Gate *gate, uint32_t listener);
/* Host.resume (act/host.h): the rest of a command that was PENDING. */
void gate_continue(
    Gate *gate, Handle session, const char *label, HostContinuation go_on, const void *answer);

/* Host.traffic (act/host.h): the question's id; the caller asks the loop. */
uint64_t gate_ask_traffic(Gate *gate, HostTrafficThen then, void *data);
/* Host.when_read (act/host.h). */
void gate_when_read(Gate *gate, Handle session, HostReadThen then, void *data);
/* Host.tell (act/host.h). */
void gate_tell(Gate *gate, Handle session, HostContinuation tell, const void *data);
/* Host.show_channel (act/host.h). */
void gate_show_channel(Gate *gate, Handle session, const Channel *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gate, gate_free)

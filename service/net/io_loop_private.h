/* SPDX-License-Identifier: MIT */
/*
 * What io_loop.c, loop_mail.c, conn.c and listener.c share of a loop; nobody else includes it.
 * Invariant: a Conn that died stays allocated until the end of the turn, and longer while one of
 * the lists below still names it. Thread: loop.
 */
#pragma once

#include "base/mailbox.h"
#include "base/timers.h"
#include "net/io_loop.h"

#include <event2/event.h>
#include <event2/event_struct.h>
#include <pthread.h>

typedef struct Conn Conn;
typedef struct Mail Mail;

/* Something posted to a loop; `run` carries it out on the loop's thread and frees it. */
struct Mail {
	MailItem item;
	void (*run)(IoLoop *loop, Mail *mail);
};

struct IoLoop {
	unsigned number;
	struct event_base *base;
	bool owns_base;
	IoSink sink;
	const Clock *clock;
	Log *log;
	PeerLimits *peer_limits; /* NULL: none */
	IoProfile profiles[IO_PROFILES_MAX];

	Mailbox *inbox;
	struct event *inbox_event;
	struct event *timer_event;
	struct event *again_event; /* activated: the next turn does not wait */
	int64_t timer_armed;       /* when timer_event fires; INT64_MAX: it does not */
	Timers *timers;

	Slots *conns;
	GPtrArray *dirty;  /* of Conn: output is queued and may be written */
	GPtrArray *resume; /* of Conn: input is held here and may be reported */
	GPtrArray *dead;   /* of Conn: to be freed */
	GPtrArray *spare;  /* empty; takes the place of a list that is being walked */
	GPtrArray *listeners;
	int reserve;            /* a descriptor to give up when there is none; -1 */
	int64_t starved_logged; /* when the want of descriptors was logged last */
	bool descriptor_closed; /* one of ours, in this turn: paused listeners may go on */

	char *read_buffer;  /* IO_TURN_BYTES + 1 */
	char *write_buffer; /* IO_TURN_BYTES */
	bool reported;      /* to the sink, since sink.turn */
	int64_t turn_began; /* 0: nothing happened in this turn */
	IoStats stats;

	pthread_t thread;
	bool started;
	bool stopping;
};

/* Called first by every event callback. */
void io_loop_begin_turn(IoLoop *loop);
/* The next turn does not wait. */
void io_loop_again(IoLoop *loop);
/* Makes a connection of an accepted socket on this loop. */
void io_loop_take_socket(IoLoop *loop, int descriptor, TlsContext *tls, ListenRules *rules,
    const ConnInfo *info, unsigned profile);
void io_loop_post(IoLoop *loop, Mail *mail);
void io_loop_run_mail(IoLoop *loop);
/* The connection, or NULL if the handle is dead or another loop's. */
Conn *io_loop_conn(const IoLoop *loop, Handle handle);

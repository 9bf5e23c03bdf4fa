/* SPDX-License-Identifier: MIT */
/*
 * LoopFixture: an I/O loop with a sink that writes down what it is told, for the tests of net.
 * With `threaded` the loop runs on a thread of its own, else the test drives it turn by turn.
 * Thread: the test's; what the sink writes is guarded.
 */
#pragma once

#include "net/io_loop.h"

#include <event2/event.h>
#include <pthread.h>

typedef struct FixtureConn {
	Handle handle;
	ConnInfo info;
	GPtrArray *lines; /* of char * */
	GArray *flags;    /* of unsigned, one per line */
	unsigned drained; /* how often it was told that it is */
	bool ended;
	bool closed;
	CloseReason reason;
	char *detail;
} FixtureConn;

typedef struct LoopFixture {
	Clock clock;
	Log *log;
	unsigned n_logged;
	struct event_base *base;
	IoLoop *loop;
	bool echo;         /* every line is sent back, with credit for it */
	bool answers_late; /* who ended is not closed; the test does it */
	bool credit;       /* credit is given back for every line */
	unsigned turns;
	TrafficAnswer counted; /* the last one; `rows` is stale, they are these */
	Traffic counted_rows[TRAFFIC_MAX];
	pthread_mutex_t mutex;
	GPtrArray *conns; /* of FixtureConn, in the order they opened */
	GArray *replies;  /* of Delivery, collected until sink.turn */
} LoopFixture;

extern const IoProfile fixture_profile;

void fixture_init(
    LoopFixture *fixture, const IoProfile *profile, const Clock *clock, bool threaded);
void fixture_clear(LoopFixture *fixture);
/* One turn that does not wait. */
void fixture_turn(LoopFixture *fixture);
/* One turn that waits for something to happen. */
void fixture_wait(LoopFixture *fixture);
void fixture_turns(LoopFixture *fixture, unsigned count);
unsigned fixture_count(LoopFixture *fixture);
/* The n-th connection that opened; it exists. */
FixtureConn *fixture_conn(LoopFixture *fixture, unsigned index);
/* How many lines it sent. */
unsigned fixture_n_lines(LoopFixture *fixture, unsigned index);
bool fixture_has_ended(LoopFixture *fixture, unsigned index);
bool fixture_is_closed(LoopFixture *fixture, unsigned index);
void fixture_send(LoopFixture *fixture, unsigned index, const char *text);
void fixture_deliver(
    LoopFixture *fixture, unsigned index, DeliveryKind kind, uint32_t value, const char *text);
/* Listens on 127.0.0.1 as listener 7 and returns the port. */
uint16_t fixture_listen(LoopFixture *fixture, TlsContext *tls);
/* A connected, non-blocking client socket. */
int fixture_connect(uint16_t port);
/* Appends what has arrived; false at the end of the stream. */
bool fixture_receive(int descriptor, GString *text);

/* Turns until the condition holds; fails after ten seconds. */
#define FIXTURE_UNTIL(fixture, condition)                                                          \
	do {                                                                                       \
		gint64 fixture_limit = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;               \
                                                                                                   \
		while (!(condition)) {                                                             \
			g_assert_cmpint(g_get_monotonic_time(), <, fixture_limit);                 \
			fixture_turn(fixture);                                                     \
		}                                                                                  \
	} while (0)

/* SPDX-License-Identifier: MIT */
/*
 * LoadClients: many IRC clients on one epoll loop. Client i is called c<i>; what a scenario waits
 * for is a counter that incoming lines raise. Every PRIVMSG carries ":<slot> <number> ", the number
 * counting up per slot, and each receiver checks that none is missing, doubled or out of order.
 * Invariant: a connection that ends, an ERROR line or a wrong number ends the program with
 * status 1.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOAD_SLOTS 8

typedef struct LoadClient {
	int fd;
	unsigned index;
	bool connected;
	bool wants_out;
	GString *out;  /* NULL while nothing waits */
	GString *rest; /* a line that has not come whole, or NULL */
	uint32_t expected[LOAD_SLOTS];
} LoadClient;

typedef struct LoadClients {
	int epoll;
	uint16_t port;
	unsigned count;
	LoadClient *all;
	/* what has come so far */
	uint64_t registered;
	uint64_t joins;
	uint64_t pongs;
	uint64_t delivered;
	uint64_t ends; /* 366 and 315: end of NAMES, end of WHO */
	/* latency scenario: when number n was sent, and what each delivery took; NULL otherwise */
	int64_t *sent_at;
	GArray *latencies; /* of gint64 nanoseconds */
} LoadClients;

/* Connects and registers `count` clients, at most `window` of them in flight. */
void load_clients_connect(LoadClients *clients, uint16_t port, unsigned count, unsigned window);
void load_clients_close(LoadClients *clients);
void load_client_send(LoadClients *clients, LoadClient *client, const char *text, size_t length);
/* Turns the loop until *counter >= target; ends the program with status 1 after 60 s. */
void load_clients_wait(
    LoadClients *clients, const uint64_t *counter, uint64_t target, const char *what);
/* Turns the loop until the monotonic time `until` (nanoseconds). */
void load_clients_run(LoadClients *clients, int64_t until);
/* Every client sends PING and gets its answer: what was asked before has been done. */
void load_clients_barrier(LoadClients *clients);
/* Client i joins #bench<i mod channels>; waits until everybody has seen everything. */
void load_clients_join(LoadClients *clients, unsigned channels);

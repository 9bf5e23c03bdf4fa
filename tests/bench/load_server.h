/* SPDX-License-Identifier: MIT */
/*
 * LoadServer: the server under measurement, a child process listening on 127.0.0.1.
 * Invariant: it is killed with the load program, whatever ends that.
 * Units: nanoseconds, bytes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

typedef struct LoadServer {
	pid_t pid;
	uint16_t port;
	clockid_t cpu_clock;
	int64_t start_time; /* from fork to the first accepted connection */
	int64_t stop_time;  /* from SIGTERM to the end; after load_server_stop() */
} LoadServer;

/* Starts `command` and waits until it accepts; prints why and returns false if it does not. */
bool load_server_start(LoadServer *server, char **command, uint16_t port);
/* SIGTERM and wait; false (told on stderr) if it had died before or did not end within 10 s. */
bool load_server_stop(LoadServer *server);
/* CPU time of all its threads. */
int64_t load_server_cpu(const LoadServer *server);
/* CPU time of its first thread: the state thread, with its sockets where there are no other loops.
 */
int64_t load_server_state_cpu(const LoadServer *server);
/* Resident memory. */
int64_t load_server_memory(const LoadServer *server);
/* The monotonic clock. */
int64_t load_now(void);

/* SPDX-License-Identifier: MIT */
/*
 * Server: one process's worth of service: every loop, table and thread, built and torn down in one
 * order. Tests build it too, with a frozen clock, a seeded random and connections of their own.
 * Invariant: after server_new() everything configured listens; server_free() leaves no thread.
 * Thread: the one that calls server_new() is the state thread; all calls are its.
 */
#pragma once

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "net/io_loop.h"
#include "settings/settings.h"

#include <glib.h>
#include <stdbool.h>

/* Profiles of connections (net/io_loop.h). */
enum { SERVER_PROFILE_CLIENT, SERVER_PROFILE_CONTROL, SERVER_PROFILES };

typedef struct ServerOptions {
	const Clock *clock;      /* outlives the server */
	Random *random;          /* outlives the server */
	Log *log;                /* outlives the server */
	const char *config_path; /* NULL: defaults, nothing can be set */
	const char *state_dir;   /* NULL: nothing is stored */
	const char *runtime_dir; /* NULL: no Unix sockets */
	bool no_listeners;       /* connections come through io_loop_adopt() only */
	int io_threads;          /* -1: as configured */
	struct LogRing
	    *log_ring; /* a sink of `log`; outlives the server; NULL: one nothing feeds */
} ServerOptions;

typedef struct Server Server;

typedef enum ServerErrorCode {
	SERVER_ERROR_CONFIG, /* exit status 78 */
	SERVER_ERROR_START,
} ServerErrorCode;
#define SERVER_ERROR (server_error_quark())
GQuark server_error_quark(void);

Server *server_new(const ServerOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Stops, tells everybody, frees. */
void server_free(Server *server);
/* Turns until server_stop(), with signals: TERM and INT stop, HUP reloads. */
void server_run(Server *server);
/* One turn; waits for something to happen if `wait`. False once everything that stopped is done. */
bool server_turn(Server *server, bool wait);
/* Is every question to the history answered, and every write of what is kept, with what its refusal
 * takes back? For tests: then nothing more comes by itself. */
bool server_is_settled(const Server *server);
/* Asks for a clean stop; the turns go on until connections are closed, at most 2 s. */
void server_stop(Server *server, const char *reason);
/* The loops connections live on: one, or `io_threads` of them. */
IoLoop *server_loop(Server *server, unsigned number);
unsigned server_loops(const Server *server);
const Settings *server_settings(const Server *server);
struct Community *server_community(Server *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Server, server_free)

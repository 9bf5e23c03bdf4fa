/* SPDX-License-Identifier: MIT */
/*
 * Host: what verbs and the control socket may ask of the process they run in. Declared here, filled
 * in by the top. Invariant: every call is made on the state thread and returns at once. Thread:
 * state.
 */
#pragma once

#include "base/slots.h"
#include "base/traffic.h"
#include "base/work.h"
#include "domain/types.h"
#include "settings/settings.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct Ctx;

typedef struct Host Host;
/* The rest of a command that was PENDING, with what it waited for. */
typedef void (*HostContinuation)(struct Ctx *ctx, const void *answer);

typedef struct HostListener {
	const char *name;
	const char *address; /* "127.0.0.1" or a path */
	unsigned port;       /* 0 for a Unix socket */
	unsigned kind;       /* LISTENER_CLIENT, LISTENER_CONTROL */
	bool tls;
	const char *state;    /* "open", "paused", "failed" */
	const char *error;    /* NULL unless failed */
	uint64_t connections; /* now */
} HostListener;

typedef struct HostStatus {
	uint64_t memory_bytes; /* resident */
	unsigned descriptors_used;
	unsigned descriptors_limit;
	unsigned io_threads;
	uint64_t turn_longest; /* microseconds, since the start */
	uint64_t bytes_in;
	uint64_t bytes_out;
	uint64_t lines_in;
	uint64_t lines_out;
	const uint64_t *closed; /* by CloseReason, CLOSE_REASONS of them */
	HostListener *listeners;
	unsigned n_listeners;
	const char *config_path; /* NULL: none, defaults */
	const char *database_path;
	const char *database_state; /* "ok" or a sentence */
} HostStatus;

/* How a reload went; arrays of SettingsError and SettingsChange, one of them empty. */
typedef struct HostReload {
	GPtrArray *errors;
	GPtrArray *changes;
} HostReload;

/* What went over the connection of a session. */
typedef struct HostTraffic {
	const Session *session;
	const Traffic *traffic;
} HostTraffic;

typedef struct HostTrafficAnswer {
	uint32_t next; /* where to go on in this loop; 0: that was all */
	uint32_t count;
	const HostTraffic *rows;
} HostTrafficAnswer;

/* The client has read; `gone`: it never will. */
typedef void (*HostReadThen)(void *data, bool gone);

/* NULL: the service ends. */
typedef void (*HostTrafficThen)(void *data, const HostTrafficAnswer *answer);

struct Host {
	void *data;
	WorkPool *pool; /* answers come back through the state thread's mailbox */
	/* Reads the configuration again and applies all of it or nothing: `done` (state thread,
	 * later) is given the outcome, valid during the call. `who` is recorded. False: one is
	 * running. */
	bool (*reload)(Host *host, const char *who,
	    void (*done)(void *data, const HostReload *reload), void *done_data);
	/* Goes on with a command that returned OUTCOME_PENDING: makes a Ctx for that session with a
	 * reply under its label and the voice of the command, calls `go_on`, ends the reply, clears
	 * session->pending and lets its further input in, unless `go_on` set session->pending again
	 * or changed what has to be stored first: then it waits for that. Nothing happens if the
	 * session is gone or closing. */
	void (*resume)(Host *host, Handle session, const char *label, HostContinuation go_on,
	    const void *answer);
	/* Tells a registered session something that answers no command of its: `tell` is called at
	 * once with a Ctx of it and a reply without a label. A command that is pending stays so;
	 * `tell` changes nothing that anybody waits for. Nothing happens if the session is gone or
	 * closing. Not the session whose command is running. */
	void (*tell)(Host *host, Handle session, HostContinuation tell, const void *data);
	/* Calls `go_on` at once with a Ctx of the service, for what is to be announced though who
	 * began it is gone. */
	void (*as_service)(Host *host, HostContinuation go_on, const void *data);
	/* Tells a session topic and members of a channel it finds itself in without having asked;
	 * nothing happens if it is gone or closing. Not the session whose command is running. */
	void (*show_channel)(Host *host, Handle session, const Channel *channel);
	/* Asks I/O loop `loop` (0 and up) for what went over its sessions' connections, `most` at
	 * a time (base/traffic.h), from a place on. `then` is called once, later. False: there is
	 * no such loop, and nothing is called. */
	bool (*traffic)(Host *host, unsigned loop, uint32_t from, uint32_t most,
	    HostTrafficThen then, void *data);
	/* `then` is called once, later, when the client of a session whose command waits has read
	 * most of what its answers are (domain/reading.h), or is gone. NULL: nobody waits for
	 * readers. */
	void (*when_read)(Host *host, Handle session, HostReadThen then, void *data);
	/* Ends the service cleanly; `reason` is told to everybody. */
	void (*stop)(Host *host, const char *reason);
	/* Borrowed until the next call. */
	const HostStatus *(*status)(Host *host);
	/* The key of salts of accounts that are none, the same after a restart; reads a small file,
	 * once. False: none can be kept. NULL: never. */
	bool (*decoy_key)(Host *host, unsigned char *ret_key, size_t size);
	/* In which country an address is, two letters; "" if that is not known. NULL: never is. */
	void (*country)(Host *host, const char *address, char ret_country[static 3]);
};

/* SPDX-License-Identifier: MIT */
/*
 * Listeners: the sockets of the [listener NAME] sections, opened, changed and closed live.
 * Invariant: an apply opens everything new before it touches anything old, so that a refused change
 * changes nothing; a listener whose address stays keeps its socket, nobody is turned away.
 * Thread: state.
 */
#pragma once

#include "base/activation.h"
#include "base/log.h"
#include "net/io_loop.h"
#include "settings/settings.h"

#include <glib.h>
#include <stdbool.h>

typedef struct ListenersSetup {
	IoLoop *own;            /* loop 0: consoles */
	IoLoop *const *clients; /* loops that serve clients, in turn; outlives the listeners */
	unsigned n_clients;
	unsigned client_profile;
	unsigned control_profile;
	uint32_t control_ids;    /* ids of control listeners begin here */
	const char *host;        /* name in certificates made here */
	const char *state_dir;   /* for those certificates; NULL: none are made */
	const char *runtime_dir; /* for relative Unix socket paths; NULL: no Unix sockets */
	Log *log;
	const Clock *clock; /* outlives the listeners */
} ListenersSetup;

/* How one listener does; texts are valid until the next apply. */
typedef struct ListenerState {
	const char *name;
	const char *address;
	unsigned port;
	unsigned kind;
	bool tls;
	const char *error; /* NULL: open */
	uint32_t id;
} ListenerState;

typedef struct Listeners Listeners;

/* `setup` is copied. */
Listeners *listeners_new(const ListenersSetup *setup);
/* Closes the sockets and removes Unix socket files. */
void listeners_free(Listeners *listeners);
/* Sockets of a service manager, used by listeners of the same name instead of opening. */
void listeners_adopt(Listeners *listeners, const ActivatedSocket *sockets, unsigned n_sockets);
/* Makes the listeners those of `settings`; relative files count from `config_dir` (may be NULL).
 * False and SettingsErrors if one cannot be had, and then nothing changed. Built-in ones (from no
 * file) may fail one by one as long as one client listener opens. */
bool listeners_apply(
    Listeners *listeners, const Settings *settings, const char *config_dir, GPtrArray *ret_errors);
/* Logs each of the service manager's sockets that no listener took. */
void listeners_tell_unused(const Listeners *listeners);
unsigned listeners_count(const Listeners *listeners);
void listeners_state(const Listeners *listeners, unsigned index, ListenerState *ret_state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Listeners, listeners_free)

/* SPDX-License-Identifier: MIT */
/*
 * Harness: the real server inside a test program: connections that are memory, a clock that stands
 * still at 2017-07-14T02:40:00Z until it is moved, a seeded random. Nothing is stored.
 * Invariant: with io_threads 0 everything happens on the caller's thread, in one order.
 * Thread: the one that made it; the clock may be read by any.
 */
#pragma once

#include "server.h"
#include "transcript_run.h"

#include <glib.h>

typedef struct Harness Harness;

/* `settings` is the text of a configuration file; flood limits are off unless it sets them. */
Harness *harness_new(
    const char *settings, int io_threads, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Stops the server as SIGTERM does. NULL is allowed. */
void harness_free(Harness *harness);
Server *harness_server(Harness *harness);
/* Connections go round the loops; a receive that gets nothing for 20 s is a failed assertion. */
World harness_world(Harness *harness);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Harness, harness_free)

/* SPDX-License-Identifier: MIT */
/*
 * Connections: the services in the tree; which ones is kept in the snap-in's saved state.
 * Invariant: while the console runs there is at least one; a service that was only looked for by
 * default is not kept. This is the one place of the snap-in with state of its own, because the
 * console hands open() nothing but itself. Thread: main.
 */
#pragma once

#include "service.h"

#define CONNECTIONS_MAX 32

/* Adds the services kept from last time, or the one of this machine. */
void connections_restore(const SnapinHost *host);
/* The service with this path, added if it is not there; NULL with a sentence if there is no room.
 */
Service *connections_open(const SnapinHost *host, const char *path, GError **error);
guint connections_count(void);
/* By the user: out of the tree and not kept. */
void connections_remove(Service *service);
/* It goes away; called by its destructor. */
void connections_forget(Service *service);

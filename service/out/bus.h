/* SPDX-License-Identifier: MIT */
/*
 * Bus: subscribers of all events (control socket, counters, log), registered by the top.
 * Invariant: called in the order of registration, while the event's pointers are valid; a
 * subscriber publishes nothing and changes nothing in the domain. Thread: state.
 */
#pragma once

#include "out/event.h"

#include <glib.h>

typedef struct Bus Bus;
typedef void (*BusSubscriber)(void *data, const Event *event);

Bus *bus_new(void);
void bus_free(Bus *bus);
void bus_subscribe(Bus *bus, BusSubscriber subscriber, void *data);
void bus_tell(const Bus *bus, const Event *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bus, bus_free)

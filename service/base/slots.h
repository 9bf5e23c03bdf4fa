/* SPDX-License-Identifier: MIT */
/*
 * Slots: generation-checked handles. A handle outlives what it names; looking up a dead one gives
 * NULL. Invariant: a generation is never 0 and never the same twice for one index until it wraps at
 * 2^32. Thread: one at a time (each table belongs to one thread); a Handle may travel anywhere.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Handle {
	uint32_t index;
	uint32_t generation; /* 0: names nothing */
} Handle;

#define HANDLE_NONE ((Handle){0, 0})

static inline bool
handle_equal(Handle a, Handle b)
{
	return a.index == b.index && a.generation == b.generation;
}

static inline bool
handle_is_none(Handle handle)
{
	return handle.generation == 0;
}

typedef struct Slots Slots;

Slots *slots_new(uint32_t maximum);
void slots_free(Slots *slots);
/* HANDLE_NONE when full; `object` is not NULL and stays the caller's. */
Handle slots_add(Slots *slots, void *object);
void *slots_get(const Slots *slots, Handle handle);
/* Makes the handle (and every copy of it) name nothing; false if it did already. */
bool slots_remove(Slots *slots, Handle handle);
uint32_t slots_count(const Slots *slots);
/* Walks the table: start with *cursor = 0; NULL at the end. Adding and removing meanwhile is safe.
 */
void *slots_next(const Slots *slots, uint32_t *cursor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Slots, slots_free)

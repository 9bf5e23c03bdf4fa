/* SPDX-License-Identifier: MIT */
#include "base/slots.h"

#define SLOT_NONE UINT32_MAX
#define CAPACITY_LEAST 16u

typedef struct Slot {
	void *object; /* NULL: free */
	uint32_t generation;
	uint32_t next_free;
} Slot;

struct Slots {
	Slot *slots;
	uint32_t used; /* slots ever handed out: the ones behind are untouched */
	uint32_t capacity;
	uint32_t maximum;
	uint32_t count;
	uint32_t first_free;
};

Slots *
slots_new(uint32_t maximum)
{
	Slots *slots = g_new0(Slots, 1);

	g_assert(maximum < SLOT_NONE);
	slots->maximum = maximum;
	slots->first_free = SLOT_NONE;
	return slots;
}

void
slots_free(Slots *slots)
{
	if (!slots)
		return;
	g_free(slots->slots);
	g_free(slots);
}

/* A free slot's index, or SLOT_NONE when the table is full. */
static uint32_t
take_free(Slots *slots)
{
	uint32_t index = slots->first_free;

	if (index != SLOT_NONE) {
		slots->first_free = slots->slots[index].next_free;
		return index;
	}
	if (slots->used == slots->maximum)
		return SLOT_NONE;
	if (slots->used == slots->capacity) {
		uint64_t capacity = MAX((uint64_t)slots->capacity * 2, CAPACITY_LEAST);

		slots->capacity = (uint32_t)MIN(capacity, slots->maximum);
		slots->slots = g_renew(Slot, slots->slots, slots->capacity);
	}
	index = slots->used++;
	slots->slots[index] = (Slot){.next_free = SLOT_NONE};
	return index;
}

Handle
slots_add(Slots *slots, void *object)
{
	uint32_t index = take_free(slots);
	Slot *slot;

	g_assert(object);
	if (index == SLOT_NONE)
		return HANDLE_NONE;
	slot = &slots->slots[index];
	slot->object = object;
	if (++slot->generation == 0)
		slot->generation = 1;
	slots->count++;
	return (Handle){index, slot->generation};
}

void *
slots_get(const Slots *slots, Handle handle)
{
	const Slot *slot;

	if (handle.index >= slots->used)
		return NULL;
	slot = &slots->slots[handle.index];
	return slot->generation == handle.generation ? slot->object : NULL;
}

bool
slots_remove(Slots *slots, Handle handle)
{
	Slot *slot;

	if (!slots_get(slots, handle))
		return false;
	slot = &slots->slots[handle.index];
	slot->object = NULL;
	slot->next_free = slots->first_free;
	slots->first_free = handle.index;
	slots->count--;
	return true;
}

uint32_t
slots_count(const Slots *slots)
{
	return slots->count;
}

void *
slots_next(const Slots *slots, uint32_t *cursor)
{
	while (*cursor < slots->used) {
		void *object = slots->slots[(*cursor)++].object;

		if (object)
			return object;
	}
	return NULL;
}

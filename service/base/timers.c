/* SPDX-License-Identifier: MIT */
#include "base/timers.h"

/* A timer's position is 1 + its index in the heap, or LATE | 1 + its index in `late`. */
#define LATE (UINT32_C(1) << 31)

typedef struct Entry {
	int64_t due;
	uint64_t order; /* equal deadlines run in the order they were set */
	Timer *timer;
} Entry;

struct Timers {
	GArray *heap;    /* of Entry */
	GPtrArray *late; /* of Timer: set during a run for a time that is due already */
	uint64_t next_order;
	bool running;
	int64_t running_now;
};

Timers *
timers_new(void)
{
	Timers *timers = g_new0(Timers, 1);

	timers->heap = g_array_new(FALSE, FALSE, sizeof(Entry));
	timers->late = g_ptr_array_new();
	return timers;
}

static Entry *
entry_at(const Timers *timers, guint index)
{
	return &g_array_index(timers->heap, Entry, index);
}

void
timers_free(Timers *timers)
{
	if (!timers)
		return;
	for (guint i = 0; i < timers->heap->len; i++)
		entry_at(timers, i)->timer->position = 0;
	for (guint i = 0; i < timers->late->len; i++)
		((Timer *)timers->late->pdata[i])->position = 0;
	g_array_unref(timers->heap);
	g_ptr_array_unref(timers->late);
	g_free(timers);
}

static bool
entry_before(const Entry *a, const Entry *b)
{
	return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void
entry_put(Timers *timers, guint index, Entry entry)
{
	*entry_at(timers, index) = entry;
	entry.timer->position = index + 1;
}

static void
sift_up(Timers *timers, guint index, Entry entry)
{
	while (index > 0) {
		guint parent = (index - 1) / 2;

		if (!entry_before(&entry, entry_at(timers, parent)))
			break;
		entry_put(timers, index, *entry_at(timers, parent));
		index = parent;
	}
	entry_put(timers, index, entry);
}

static void
sift_down(Timers *timers, guint index, Entry entry)
{
	guint count = timers->heap->len;

	for (;;) {
		guint child = 2 * index + 1;

		if (child >= count)
			break;
		if (child + 1 < count &&
		    entry_before(entry_at(timers, child + 1), entry_at(timers, child)))
			child++;
		if (!entry_before(entry_at(timers, child), &entry))
			break;
		entry_put(timers, index, *entry_at(timers, child));
		index = child;
	}
	entry_put(timers, index, entry);
}

static void
heap_insert(Timers *timers, Timer *timer)
{
	Entry entry = {timer->due, timers->next_order++, timer};

	g_array_append_val(timers->heap, entry);
	sift_up(timers, timers->heap->len - 1, entry);
}

static void
heap_remove(Timers *timers, guint index)
{
	guint last = timers->heap->len - 1;
	Entry moved = *entry_at(timers, last);

	g_array_set_size(timers->heap, last);
	if (index == last)
		return;
	if (index > 0 && entry_before(&moved, entry_at(timers, (index - 1) / 2)))
		sift_up(timers, index, moved);
	else
		sift_down(timers, index, moved);
}

static void
late_remove(Timers *timers, guint index)
{
	g_ptr_array_remove_index(timers->late, index);
	for (guint i = index; i < timers->late->len; i++)
		((Timer *)timers->late->pdata[i])->position = LATE | (i + 1);
}

void
timers_set(Timers *timers, Timer *timer, int64_t due, TimerFunc run, void *data)
{
	timers_cancel(timers, timer);
	timer->due = due;
	timer->run = run;
	timer->data = data;
	if (timers->running && due <= timers->running_now) {
		g_ptr_array_add(timers->late, timer);
		timer->position = LATE | timers->late->len;
		return;
	}
	heap_insert(timers, timer);
}

void
timers_cancel(Timers *timers, Timer *timer)
{
	if (!timer_is_set(timer))
		return;
	if (timer->position & LATE)
		late_remove(timers, (timer->position & ~LATE) - 1);
	else
		heap_remove(timers, timer->position - 1);
	timer->position = 0;
}

bool
timer_is_set(const Timer *timer)
{
	return timer->position != 0;
}

int64_t
timers_next(const Timers *timers)
{
	int64_t next = timers->heap->len > 0 ? entry_at(timers, 0)->due : INT64_MAX;

	for (guint i = 0; i < timers->late->len; i++)
		next = MIN(next, ((Timer *)timers->late->pdata[i])->due);
	return next;
}

unsigned
timers_run(Timers *timers, int64_t now)
{
	unsigned count = 0;

	g_assert(!timers->running);
	timers->running = true;
	timers->running_now = now;
	while (timers->heap->len > 0 && entry_at(timers, 0)->due <= now) {
		Timer *timer = entry_at(timers, 0)->timer;

		timers_cancel(timers, timer);
		count++;
		timer->run(timer, timer->data);
	}
	timers->running = false;
	for (guint i = 0; i < timers->late->len; i++)
		heap_insert(timers, timers->late->pdata[i]);
	g_ptr_array_set_size(timers->late, 0);
	return count;
}

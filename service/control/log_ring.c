/* SPDX-License-Identifier: MIT */
#include "control/log_ring.h"

#include "base/work.h"
#include "control/json_text.h"

#include <pthread.h>

/* The way to the state thread: one is on its way at most. */
typedef struct Wake {
	Job job;
	LogRing *ring;
} Wake;

struct LogRing {
	pthread_mutex_t mutex; /* guards up to `answers` */
	GPtrArray *arrived;    /* of LogEntry; not seen by the state thread yet */
	bool waking;
	unsigned references; /* the owner and a Wake */
	char *source;
	Mailbox *answers; /* not owned; NULL: nobody to wake */
	GQueue entries;   /* of LogEntry, oldest first: the state thread's */
	LogRingListener listener;
	void *listener_data;
};

static void
entry_free(void *data)
{
	LogEntry *entry = data;

	g_free(entry->subsystem);
	g_free(entry->id);
	json_decref(entry->object);
	g_free(entry);
}

LogRing *
log_ring_new(void)
{
	LogRing *ring = g_new0(LogRing, 1);

	pthread_mutex_init(&ring->mutex, NULL);
	ring->arrived = g_ptr_array_new_with_free_func(entry_free);
	ring->references = 1;
	ring->source = g_strdup("");
	g_queue_init(&ring->entries);
	return ring;
}

static void
ring_unref(LogRing *ring)
{
	bool last;

	pthread_mutex_lock(&ring->mutex);
	last = --ring->references == 0;
	pthread_mutex_unlock(&ring->mutex);
	if (!last)
		return;
	g_ptr_array_unref(ring->arrived);
	g_queue_clear_full(&ring->entries, entry_free);
	g_free(ring->source);
	pthread_mutex_destroy(&ring->mutex);
	g_free(ring);
}

void
log_ring_free(LogRing *ring)
{
	if (!ring)
		return;
	ring->listener = NULL;
	ring_unref(ring);
}

static LogEntry *
entry_new(const LogEvent *event, const char *source)
{
	LogEntry *entry = g_new0(LogEntry, 1);
	char timestamp[CLOCK_TEXT_SIZE];

	clock_format(event->time, timestamp);
	entry->level = event->level;
	entry->subsystem = g_utf8_make_valid(event->subsystem, -1);
	entry->id = g_utf8_make_valid(event->id, -1);
	entry->object = json_object();
	json_object_set_new(entry->object, "timestamp", json_string(timestamp));
	json_object_set_new(entry->object, "level", json_string(log_level_name(event->level)));
	json_object_set_new(entry->object, "subsystem", json_string(entry->subsystem));
	json_object_set_new(entry->object, "event_id", json_string(entry->id));
	json_object_set_new(entry->object, "log_source", json_text(source));
	json_object_set_new(entry->object, "msg", json_text(event->message));
	for (const LogField *field = event->fields; field && field->name; field++)
		/* The six above are the event's own. */
		if (!json_object_get(entry->object, field->name))
			json_object_set_new(entry->object, field->name, json_text(field->value));
	return entry;
}

/* State thread. */
static void
take_arrived(Job *job)
{
	Wake *wake = (Wake *)job;
	LogRing *ring = wake->ring;
	g_autoptr(GPtrArray) arrived = NULL;

	pthread_mutex_lock(&ring->mutex);
	arrived = g_steal_pointer(&ring->arrived);
	ring->arrived = g_ptr_array_new_with_free_func(entry_free);
	ring->waking = false;
	pthread_mutex_unlock(&ring->mutex);
	g_ptr_array_set_free_func(arrived, NULL);
	for (unsigned i = 0; i < arrived->len; i++) {
		g_queue_push_tail(&ring->entries, arrived->pdata[i]);
		if (ring->entries.length > LOG_RING_MAX)
			entry_free(g_queue_pop_head(&ring->entries));
		if (ring->listener)
			ring->listener(ring->listener_data, arrived->pdata[i]);
	}
	g_free(wake);
	ring_unref(ring);
}

/* Under the mutex. */
static void
wake_state(LogRing *ring)
{
	Wake *wake;

	if (ring->waking || !ring->answers)
		return;
	ring->waking = true;
	ring->references++;
	wake = g_new0(Wake, 1);
	wake->job.done = take_arrived;
	wake->ring = ring;
	mailbox_post(ring->answers, &wake->job.item);
}

void
log_ring_sink(void *data, const LogEvent *event)
{
	LogRing *ring = data;

	pthread_mutex_lock(&ring->mutex);
	/* A flood is cut here; what is left is the oldest, which tells how it began. */
	if (ring->arrived->len < LOG_RING_MAX)
		g_ptr_array_add(ring->arrived, entry_new(event, ring->source));
	wake_state(ring);
	pthread_mutex_unlock(&ring->mutex);
}

void
log_ring_attach(LogRing *ring, Mailbox *answers)
{
	pthread_mutex_lock(&ring->mutex);
	ring->answers = answers;
	if (ring->arrived->len > 0)
		wake_state(ring);
	pthread_mutex_unlock(&ring->mutex);
}

void
log_ring_listen(LogRing *ring, LogRingListener listener, void *data)
{
	ring->listener = listener;
	ring->listener_data = data;
}

void
log_ring_set_source(LogRing *ring, const char *server_name)
{
	pthread_mutex_lock(&ring->mutex);
	g_free(ring->source);
	ring->source = g_strdup(server_name);
	pthread_mutex_unlock(&ring->mutex);
}

unsigned
log_ring_length(const LogRing *ring)
{
	return ring->entries.length;
}

const LogEntry *
log_ring_get(const LogRing *ring, unsigned index)
{
	return g_queue_peek_nth((GQueue *)&ring->entries, index);
}

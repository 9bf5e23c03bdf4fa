/* SPDX-License-Identifier: MIT */
#include "control/log_ring.h"

#include "base/work.h"
#include "control/json_text.h"

#include <pthread.h>
#include <string.h>

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

LogRing *
log_ring_new(void)
{
	LogRing *ring = g_new0(LogRing, 1);

	pthread_mutex_init(&ring->mutex, NULL);
	ring->arrived = g_ptr_array_new_with_free_func(g_free);
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
	g_queue_clear_full(&ring->entries, g_free);
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

/* Puts a copy of the text at `*end` and moves that on. */
static const char *
put_text(char **end, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = memcpy(*end, text, size);

	*end += size;
	return copy;
}

static LogEntry *
entry_new(const LogEvent *event, const char *source)
{
	size_t size = strlen(event->subsystem) + strlen(event->id) + strlen(source) +
		      strlen(event->message) + 4;
	unsigned count = 0;
	LogEntry *entry;
	char *end;

	for (; event->fields && event->fields[count].name; count++)
		size += strlen(event->fields[count].name) + 1 +
			(event->fields[count].value ? strlen(event->fields[count].value) + 1 : 0);
	entry = g_malloc(sizeof *entry + count * sizeof entry->fields[0] + size);
	end = (char *)&entry->fields[count];
	entry->level = event->level;
	entry->time = event->time;
	entry->subsystem = put_text(&end, event->subsystem);
	entry->id = put_text(&end, event->id);
	entry->source = put_text(&end, source);
	entry->message = put_text(&end, event->message);
	entry->n_fields = count;
	for (unsigned i = 0; i < count; i++) {
		const LogField *field = &event->fields[i];

		entry->fields[i].name = put_text(&end, field->name);
		entry->fields[i].value = field->value ? put_text(&end, field->value) : NULL;
	}
	return entry;
}

json_t *
log_entry_object(const LogEntry *entry)
{
	json_t *object = json_object();
	char timestamp[CLOCK_TEXT_SIZE];

	clock_format(entry->time, timestamp);
	json_object_set_new(object, "timestamp", json_string(timestamp));
	json_object_set_new(object, "level", json_string(log_level_name(entry->level)));
	json_object_set_new(object, "subsystem", json_text(entry->subsystem));
	json_object_set_new(object, "event_id", json_text(entry->id));
	json_object_set_new(object, "log_source", json_text(entry->source));
	json_object_set_new(object, "msg", json_text(entry->message));
	for (unsigned i = 0; i < entry->n_fields; i++)
		/* The six above are the event's own. */
		if (!json_object_get(object, entry->fields[i].name))
			json_object_set_new(
			    object, entry->fields[i].name, json_text(entry->fields[i].value));
	return object;
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
	ring->arrived = g_ptr_array_new_with_free_func(g_free);
	ring->waking = false;
	pthread_mutex_unlock(&ring->mutex);
	g_ptr_array_set_free_func(arrived, NULL);
	for (unsigned i = 0; i < arrived->len; i++) {
		g_queue_push_tail(&ring->entries, arrived->pdata[i]);
		if (ring->entries.length > LOG_RING_MAX)
			g_free(g_queue_pop_head(&ring->entries));
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

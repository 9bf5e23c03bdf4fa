/* SPDX-License-Identifier: MIT */
#include "control/log_ring.h"

#include "base/work.h"
#include "control/json_text.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define THREADS 4
#define EVENTS_EACH 150

static void
finish_answers(Mailbox *answers)
{
	MailItem *next;

	for (MailItem *item = mailbox_take(answers); item; item = next) {
		next = item->next;
		work_finish(item);
	}
}

static void
add_event(LogRing *ring, unsigned number)
{
	char text[32];
	LogField fields[] = {{"number", text}, {"msg", "never taken"}, {NULL, NULL}};
	LogEvent event = {.time = 1,
	    .level = LOG_LEVEL_INFO,
	    .subsystem = "test",
	    .id = "EVENT",
	    .message = "a\xff"
		       "b",
	    .fields = fields};

	snprintf(text, sizeof text, "%u", number);
	log_ring_sink(ring, &event);
}

static void
assert_member(const LogRing *ring, unsigned index, const char *name, const char *value)
{
	json_t *object = log_entry_object(log_ring_get(ring, index));

	g_assert_cmpstr(json_string_value(json_object_get(object, name)), ==, value);
	json_decref(object);
}

static void
test_keeps_the_newest(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	LogRing *ring = log_ring_new();

	log_ring_set_source(ring, "chat.example");
	log_ring_attach(ring, answers);
	for (unsigned i = 0; i < LOG_RING_MAX + 500; i++) {
		add_event(ring, i);
		if (i % 7 == 0)
			finish_answers(answers);
	}
	finish_answers(answers);
	g_assert_cmpuint(log_ring_length(ring), ==, LOG_RING_MAX);
	assert_member(ring, 0, "number", "500");
	assert_member(ring, LOG_RING_MAX - 1, "number", "1499");
	assert_member(ring, 0, "timestamp", "1970-01-01T00:00:00.000Z");
	assert_member(ring, 0, "level", "info");
	assert_member(ring, 0, "event_id", "EVENT");
	assert_member(ring, 0, "log_source", "chat.example");
	assert_member(ring, 0, "msg",
	    "a\xef\xbf\xbd"
	    "b");
	log_ring_free(ring);
}

/* Before there is a state thread to wake, and after it went. */
static void
test_without_a_mailbox(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	LogRing *ring = log_ring_new();

	add_event(ring, 1);
	g_assert_cmpuint(log_ring_length(ring), ==, 0);
	log_ring_attach(ring, answers);
	finish_answers(answers);
	g_assert_cmpuint(log_ring_length(ring), ==, 1);
	log_ring_attach(ring, NULL);
	add_event(ring, 2);
	finish_answers(answers);
	g_assert_cmpuint(log_ring_length(ring), ==, 1);
	log_ring_free(ring);
}

static void *
log_from_a_thread(void *data)
{
	for (unsigned i = 0; i < EVENTS_EACH; i++)
		add_event(data, i);
	return NULL;
}

static void
count_entry(void *data, const LogEntry *entry)
{
	++*(unsigned *)data;
}

static void
test_from_many_threads(void)
{
	g_autoptr(Mailbox) answers = mailbox_new();
	LogRing *ring = log_ring_new();
	struct pollfd ready = {.fd = mailbox_descriptor(answers), .events = POLLIN};
	pthread_t threads[THREADS];
	unsigned heard = 0;

	log_ring_attach(ring, answers);
	log_ring_listen(ring, count_entry, &heard);
	for (int i = 0; i < THREADS; i++)
		g_assert_cmpint(pthread_create(&threads[i], NULL, log_from_a_thread, ring), ==, 0);
	while (heard < THREADS * EVENTS_EACH && poll(&ready, 1, 10000) > 0)
		finish_answers(answers);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	g_assert_cmpuint(heard, ==, THREADS * EVENTS_EACH);
	g_assert_cmpuint(log_ring_length(ring), ==, THREADS * EVENTS_EACH);
	log_ring_free(ring);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log-ring/newest", test_keeps_the_newest);
	g_test_add_func("/log-ring/no-mailbox", test_without_a_mailbox);
	g_test_add_func("/log-ring/threads", test_from_many_threads);
	return g_test_run();
}

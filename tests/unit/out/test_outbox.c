/* SPDX-License-Identifier: MIT */
/* The outbox: order per connection, one box per loop, references that go along. */
#include "out/outbox.h"

#include <glib.h>
#include <string.h>

#define LOOPS 3

static Handle
conn(unsigned loop, unsigned index)
{
	return (Handle){(loop << CONN_LOOP_SHIFT) | index, 1};
}

static Line *
number_line(unsigned number)
{
	return line_new(&number, sizeof number);
}

static void
test_kinds(void)
{
	Outbox outbox;
	size_t count;
	const Delivery *deliveries;
	Line *line = number_line(1);

	outbox_init(&outbox, 1);
	outbox_limits(&outbox, conn(0, 5), 4096);
	outbox_send(&outbox, conn(0, 5), line);
	outbox_credit(&outbox, conn(0, 5), 3);
	outbox_close(&outbox, conn(0, 5), 7, NULL);
	outbox_mark(&outbox, conn(0, 5), 100);
	outbox_gateway(&outbox, conn(0, 5));
	deliveries = outbox_take(&outbox, 0, &count);
	g_assert_cmpuint(count, ==, 6);
	g_assert_cmpuint(deliveries[4].kind, ==, DELIVERY_MARK);
	g_assert_cmpuint(deliveries[4].value, ==, 100);
	g_assert_cmpuint(deliveries[5].kind, ==, DELIVERY_GATEWAY);
	g_assert_cmpuint(deliveries[0].kind, ==, DELIVERY_LIMITS);
	g_assert_cmpuint(deliveries[0].value, ==, 4096);
	g_assert_cmpuint(deliveries[1].kind, ==, DELIVERY_SEND);
	g_assert_true(deliveries[1].line == line);
	g_assert_cmpuint(deliveries[2].kind, ==, DELIVERY_CREDIT);
	g_assert_cmpuint(deliveries[2].value, ==, 3);
	g_assert_cmpuint(deliveries[3].kind, ==, DELIVERY_CLOSE);
	g_assert_cmpuint(deliveries[3].value, ==, 7);
	g_assert_null(deliveries[3].line);
	for (size_t i = 0; i < count; i++)
		g_assert_true(handle_equal(deliveries[i].conn, conn(0, 5)));
	line_unref(line);
	g_assert_cmpuint(outbox.queued, ==, 1);
	outbox_take(&outbox, 0, &count);
	g_assert_cmpuint(count, ==, 0);
	outbox_clear(&outbox);
}

/* What is still inside goes with the box; somebody else's reference stays good. */
static void
test_clear_drops(void)
{
	Outbox outbox;
	Line *line = number_line(42);

	outbox_init(&outbox, 2);
	outbox_send(&outbox, conn(0, 1), line_ref(line));
	outbox_send(&outbox, conn(1, 1), line_ref(line));
	outbox_send(&outbox, conn(1, 2), number_line(43));
	outbox_close(&outbox, conn(1, 2), 1, number_line(44));
	outbox_clear(&outbox);
	g_assert_cmpuint(atomic_load(&line->references), ==, 1);
	line_unref(line);
	outbox_clear(&outbox);
}

static void
take_all(Outbox *outbox, unsigned loop, GQueue *expected, uint64_t *sent)
{
	size_t count;
	const Delivery *deliveries = outbox_take(outbox, loop, &count);

	g_assert_cmpuint(count, ==, expected->length);
	for (size_t i = 0; i < count; i++) {
		unsigned number;

		g_assert_cmpuint(conn_loop(deliveries[i].conn), ==, loop);
		g_assert_cmpuint(deliveries[i].line->length, ==, sizeof number);
		memcpy(&number, deliveries[i].line->data, sizeof number);
		g_assert_cmpuint(number, ==, GPOINTER_TO_UINT(g_queue_pop_head(expected)));
		line_unref(deliveries[i].line);
		(*sent)++;
	}
}

static void
test_shadow(void)
{
	GQueue expected[LOOPS] = {G_QUEUE_INIT, G_QUEUE_INIT, G_QUEUE_INIT};
	Outbox outbox;
	uint64_t sent = 0;

	outbox_init(&outbox, LOOPS);
	for (unsigned step = 0; step < 20000; step++) {
		unsigned loop = (unsigned)g_test_rand_int_range(0, LOOPS);

		if (g_test_rand_int_range(0, 500) == 0) {
			take_all(&outbox, loop, &expected[loop], &sent);
			continue;
		}
		outbox_send(
		    &outbox, conn(loop, (unsigned)g_test_rand_int_range(0, 9)), number_line(step));
		g_queue_push_tail(&expected[loop], GUINT_TO_POINTER(step));
	}
	for (unsigned loop = 0; loop < LOOPS; loop++)
		take_all(&outbox, loop, &expected[loop], &sent);
	g_assert_cmpuint(outbox.queued, ==, sent);
	outbox_clear(&outbox);
}

/* A big turn's array is not kept for ever. */
static void
test_gives_memory_back(void)
{
	Outbox outbox;
	size_t count;

	outbox_init(&outbox, 1);
	for (unsigned i = 0; i < 200000; i++)
		outbox_credit(&outbox, conn(0, 1), 1);
	outbox_take(&outbox, 0, &count);
	g_assert_cmpuint(count, ==, 200000);
	outbox_take(&outbox, 0, &count);
	g_assert_cmpuint(outbox.loops[0].capacity, ==, 0);
	outbox_credit(&outbox, conn(0, 1), 1);
	outbox_take(&outbox, 0, &count);
	g_assert_cmpuint(count, ==, 1);
	outbox_clear(&outbox);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/outbox/kinds", test_kinds);
	g_test_add_func("/outbox/clear-drops", test_clear_drops);
	g_test_add_func("/outbox/shadow", test_shadow);
	g_test_add_func("/outbox/gives-memory-back", test_gives_memory_back);
	return g_test_run();
}

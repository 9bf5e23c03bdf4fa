/* SPDX-License-Identifier: MIT */
#include "base/line.h"

#include <glib.h>
#include <pthread.h>
#include <string.h>

static void
test_references(void)
{
	Line *line = line_new("PING\r\n", 6);

	g_assert_cmpmem(line->data, line->length, "PING\r\n", 6);
	g_assert_true(line_ref(line) == line);
	line_ref_many(line, 3);
	g_assert_cmpuint(atomic_load(&line->references), ==, 5);
	for (int i = 0; i < 5; i++)
		line_unref(line);
	line_unref(NULL);
}

static void
test_sized(void)
{
	Line *line = line_new_sized(3);

	memcpy(line->data, "abc", 3);
	g_assert_cmpuint(line->length, ==, 3);
	line_unref(line);
	line = line_new(NULL, 0);
	g_assert_cmpuint(line->length, ==, 0);
	line_unref(line);
}

#define THREADS 4
#define ROUNDS 10000u

static void *
drop_many(void *data)
{
	for (unsigned i = 0; i < ROUNDS; i++)
		line_unref(data);
	return NULL;
}

static void
test_threads(void)
{
	Line *line = line_new("x", 1);
	pthread_t threads[THREADS];

	line_ref_many(line, THREADS * ROUNDS);
	for (int i = 0; i < THREADS; i++)
		g_assert_cmpint(pthread_create(&threads[i], NULL, drop_many, line), ==, 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	g_assert_cmpuint(atomic_load(&line->references), ==, 1);
	line_unref(line);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/line/references", test_references);
	g_test_add_func("/line/sized", test_sized);
	g_test_add_func("/line/threads", test_threads);
	return g_test_run();
}

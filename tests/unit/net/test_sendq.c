/* SPDX-License-Identifier: MIT */
#include "net/sendq.h"

#include <string.h>

static Line *
text_line(const char *text)
{
	return line_new(text, strlen(text));
}

static void
assert_next(Sendq *sendq, size_t size, const char *expected)
{
	char buffer[64];
	size_t length;
	const char *data = sendq_peek(sendq, buffer, size, &length);

	g_assert_cmpmem(data, length, expected, strlen(expected));
}

static void
test_order(void)
{
	g_auto(Sendq) sendq;

	sendq_init(&sendq, 100);
	g_assert_true(sendq_is_empty(&sendq));
	g_assert_true(sendq_push(&sendq, text_line("one ")));
	g_assert_true(sendq_push(&sendq, text_line("two ")));
	g_assert_true(sendq_push(&sendq, text_line("three")));
	assert_next(&sendq, 64, "one two three");
	assert_next(&sendq, 6, "one tw");
	g_assert_cmpuint(sendq_consume(&sendq, 6), ==, 1);
	assert_next(&sendq, 64, "o three");
	g_assert_cmpuint(sendq_consume(&sendq, 2), ==, 1);
	assert_next(&sendq, 3, "thr");
	g_assert_cmpuint(sendq_consume(&sendq, 5), ==, 1);
	g_assert_true(sendq_is_empty(&sendq));
	g_assert_null(sendq.heap);
}

static void
test_cap(void)
{
	g_auto(Sendq) sendq;
	Line *line = text_line("12345");

	sendq_init(&sendq, 10);
	g_assert_true(sendq_push(&sendq, line_ref(line)));
	g_assert_true(sendq_push(&sendq, line_ref(line)));
	g_assert_false(sendq_push(&sendq, line_ref(line)));
	g_assert_cmpuint(sendq.bytes, ==, 10);
	sendq_push_forced(&sendq, line_ref(line));
	g_assert_cmpuint(sendq.bytes, ==, 15);
	g_assert_cmpuint(atomic_load(&line->references), ==, 4);
	sendq_clear(&sendq);
	g_assert_cmpuint(atomic_load(&line->references), ==, 1);
	line_unref(line);
}

/* One line, or a long one before others, is not copied. */
static void
test_without_copy(void)
{
	g_auto(Sendq) sendq;
	g_autofree char *text = g_strnfill(20000, 'x');
	g_autofree char *buffer = g_malloc(65536);
	Line *line = text_line(text);
	size_t length;

	sendq_init(&sendq, UINT32_MAX);
	g_assert_true(sendq_push(&sendq, line));
	g_assert_true(sendq_peek(&sendq, buffer, 65536, &length) == line->data);
	g_assert_true(sendq_push(&sendq, text_line("y")));
	g_assert_true(sendq_peek(&sendq, buffer, 65536, &length) == line->data);
	g_assert_cmpuint(length, ==, 20000);
	sendq_consume(&sendq, 10000);
	g_assert_true(sendq_peek(&sendq, buffer, 65536, &length) == buffer);
	g_assert_cmpuint(length, ==, 10001);
}

static void
test_empty_line(void)
{
	g_auto(Sendq) sendq;

	sendq_init(&sendq, 10);
	g_assert_true(sendq_push(&sendq, text_line("")));
	g_assert_true(sendq_is_empty(&sendq));
}

/* 20,000 random operations beside a plain string. */
static void
test_shadow(void)
{
	g_auto(Sendq) sendq;
	g_autoptr(GString) shadow = g_string_new(NULL);
	char buffer[300];

	sendq_init(&sendq, 4000);
	for (int i = 0; i < 20000; i++) {
		size_t length = (size_t)g_test_rand_int_range(0, 120);
		size_t size = (size_t)g_test_rand_int_range(1, sizeof buffer);

		if (g_test_rand_int_range(0, 100) < 55) {
			g_autofree char *text =
			    g_strnfill(length, (char)g_test_rand_int_range('a', 'z'));
			bool fits = shadow->len + length <= 4000;

			g_assert_true(sendq_push(&sendq, text_line(text)) == fits);
			g_string_append(shadow, fits ? text : "");
		} else if (shadow->len > 0) {
			const char *data = sendq_peek(&sendq, buffer, size, &length);

			g_assert_cmpuint(length, >, 0);
			g_assert_cmpuint(length, <=, MIN(size, shadow->len));
			g_assert_cmpmem(data, length, shadow->str, length);
			length = (size_t)g_test_rand_int_range(0, (gint32)length + 1);
			sendq_consume(&sendq, length);
			g_string_erase(shadow, 0, (gssize)length);
		}
		g_assert_cmpuint(sendq.bytes, ==, shadow->len);
		g_assert_true(sendq_is_empty(&sendq) == (shadow->len == 0));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sendq/order", test_order);
	g_test_add_func("/sendq/cap", test_cap);
	g_test_add_func("/sendq/without-copy", test_without_copy);
	g_test_add_func("/sendq/empty-line", test_empty_line);
	g_test_add_func("/sendq/shadow", test_shadow);
	return g_test_run();
}

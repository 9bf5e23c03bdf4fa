/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"

#include <string.h>

static void
test_build(void)
{
	g_auto(Bytes) bytes;

	bytes_init(&bytes, 100);
	g_assert_cmpstr(bytes_text(&bytes), ==, "");
	g_assert_null(bytes.data);
	bytes_append_string(&bytes, "one");
	bytes_append_char(&bytes, ' ');
	bytes_append_format(&bytes, "%s=%d", "two", 2);
	g_assert_cmpstr(bytes_text(&bytes), ==, "one two=2");
	bytes_consume(&bytes, 4);
	g_assert_cmpstr(bytes_text(&bytes), ==, "two=2");
	bytes_truncate(&bytes, 3);
	g_assert_cmpstr(bytes_text(&bytes), ==, "two");
	bytes_clear(&bytes);
	g_assert_null(bytes.data);
	g_assert_cmpuint(bytes.maximum, ==, 100);
}

/* What does not fit changes nothing, and neither does what comes after it. */
static void
test_sticky_failure(void)
{
	g_auto(Bytes) bytes;

	bytes_init(&bytes, 8);
	bytes_append_string(&bytes, "12345678");
	g_assert_false(bytes.failed);
	bytes_append_char(&bytes, '9');
	g_assert_true(bytes.failed);
	bytes_truncate(&bytes, 4);
	g_assert_false(bytes.failed);
	bytes_append_string(&bytes, "56789");
	bytes_append_char(&bytes, '5');
	bytes_append_format(&bytes, "%d", 5);
	g_assert_true(bytes.failed);
	g_assert_cmpstr(bytes_text(&bytes), ==, "1234");
	bytes_reset(&bytes);
	g_assert_false(bytes.failed);
	g_assert_cmpuint(bytes.length, ==, 0);
	bytes_append_format(&bytes, "%s", "123456789");
	g_assert_true(bytes.failed);
	g_assert_cmpuint(bytes.length, ==, 0);
}

static void
test_no_room_at_all(void)
{
	g_auto(Bytes) bytes;

	bytes_init(&bytes, 0);
	bytes_append(&bytes, NULL, 0);
	g_assert_false(bytes.failed);
	bytes_append_char(&bytes, 'x');
	g_assert_true(bytes.failed);
}

#define SHADOW_MAX 500u

static void
shadow_step(Bytes *bytes, GString *shadow, bool *failed)
{
	size_t length = (size_t)g_test_rand_int_range(0, 60);
	g_autofree char *text = g_strnfill(length, (char)g_test_rand_int_range('a', 'z'));

	switch (g_test_rand_int_range(0, 4)) {
	case 0:
	case 1:
		*failed |= shadow->len + length > SHADOW_MAX;
		if (!*failed)
			g_string_append(shadow, text);
		bytes_append(bytes, text, length);
		break;
	case 2:
		length = MIN(length, shadow->len);
		g_string_erase(shadow, 0, (gssize)length);
		bytes_consume(bytes, length);
		break;
	default:
		length = (size_t)g_test_rand_int_range(0, (gint32)SHADOW_MAX);
		g_string_truncate(shadow, MIN(shadow->len, length));
		*failed = false;
		bytes_truncate(bytes, length);
		break;
	}
}

/* 20,000 random operations beside a plain string. */
static void
test_shadow(void)
{
	g_auto(Bytes) bytes;
	g_autoptr(GString) shadow = g_string_new(NULL);
	bool failed = false;

	bytes_init(&bytes, SHADOW_MAX);
	for (int i = 0; i < 20000; i++) {
		shadow_step(&bytes, shadow, &failed);
		g_assert_cmpstr(bytes_text(&bytes), ==, shadow->str);
		g_assert_cmpuint(bytes.length, ==, shadow->len);
		g_assert_true(bytes.failed == failed);
		g_assert_cmpuint(bytes.capacity, <=, SHADOW_MAX + 1);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bytes/build", test_build);
	g_test_add_func("/bytes/sticky-failure", test_sticky_failure);
	g_test_add_func("/bytes/no-room-at-all", test_no_room_at_all);
	g_test_add_func("/bytes/shadow", test_shadow);
	return g_test_run();
}

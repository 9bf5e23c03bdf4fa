/* SPDX-License-Identifier: MIT */
#include "base/slots.h"

static void
test_handles_outlive(void)
{
	g_autoptr(Slots) slots = slots_new(10);
	int first = 1, second = 2;
	Handle old = slots_add(slots, &first);
	Handle young;

	g_assert_true(slots_get(slots, old) == &first);
	g_assert_true(slots_remove(slots, old));
	g_assert_false(slots_remove(slots, old));
	g_assert_null(slots_get(slots, old));
	young = slots_add(slots, &second);
	g_assert_cmpuint(young.index, ==, old.index);
	g_assert_false(handle_equal(old, young));
	g_assert_null(slots_get(slots, old));
	g_assert_true(slots_get(slots, young) == &second);
	g_assert_null(slots_get(slots, HANDLE_NONE));
	g_assert_null(slots_get(slots, (Handle){99, 1}));
}

static void
test_full(void)
{
	g_autoptr(Slots) slots = slots_new(3);
	int object;
	Handle handles[3];

	for (int i = 0; i < 3; i++)
		handles[i] = slots_add(slots, &object);
	g_assert_true(handle_is_none(slots_add(slots, &object)));
	g_assert_true(slots_remove(slots, handles[1]));
	g_assert_false(handle_is_none(slots_add(slots, &object)));
	g_assert_cmpuint(slots_count(slots), ==, 3);
}

static void
test_walk_while_changing(void)
{
	g_autoptr(Slots) slots = slots_new(1000);
	int objects[100];
	Handle handles[100];
	uint32_t cursor = 0;
	unsigned seen = 0;

	for (int i = 0; i < 100; i++)
		handles[i] = slots_add(slots, &objects[i]);
	while (slots_next(slots, &cursor)) {
		if (seen < 50)
			slots_remove(slots, handles[99 - seen]);
		if (seen == 0)
			slots_add(slots, &objects[0]);
		seen++;
	}
	g_assert_cmpuint(seen, >=, 50);
	g_assert_cmpuint(slots_count(slots), ==, 51);
}

#define OBJECTS 300

/* 50,000 random operations beside a plain array, with every handle ever given. */
static void
test_shadow(void)
{
	g_autoptr(Slots) slots = slots_new(OBJECTS - 50);
	static int objects[OBJECTS];
	Handle live[OBJECTS] = {0};
	g_autoptr(GArray) dead = g_array_new(FALSE, FALSE, sizeof(Handle));
	uint32_t count = 0;

	for (int i = 0; i < 50000; i++) {
		int chosen = g_test_rand_int_range(0, OBJECTS);

		if (handle_is_none(live[chosen])) {
			live[chosen] = slots_add(slots, &objects[chosen]);
			g_assert_true(handle_is_none(live[chosen]) == (count == OBJECTS - 50));
			count += !handle_is_none(live[chosen]);
		} else if (g_test_rand_bit()) {
			g_assert_true(slots_remove(slots, live[chosen]));
			g_array_append_val(dead, live[chosen]);
			live[chosen] = HANDLE_NONE;
			count--;
		} else {
			g_assert_true(slots_get(slots, live[chosen]) == &objects[chosen]);
		}
		if (dead->len > 0)
			g_assert_null(
			    slots_get(slots, g_array_index(dead, Handle,
						 g_test_rand_int_range(0, (gint32)dead->len))));
		g_assert_cmpuint(slots_count(slots), ==, count);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/slots/handles-outlive", test_handles_outlive);
	g_test_add_func("/slots/full", test_full);
	g_test_add_func("/slots/walk-while-changing", test_walk_while_changing);
	g_test_add_func("/slots/shadow", test_shadow);
	return g_test_run();
}

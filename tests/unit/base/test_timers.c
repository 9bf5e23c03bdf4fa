/* SPDX-License-Identifier: MIT */
#include "base/timers.h"

#include <string.h>

static void
note(Timer *timer, void *data)
{
	g_string_append_printf(data, "%" G_GINT64_FORMAT " ", timer->due);
}

static void
test_order(void)
{
	g_autoptr(Timers) timers = timers_new();
	g_autoptr(GString) seen = g_string_new(NULL);
	Timer timer[5] = {0};
	static const int64_t due[] = {50, 10, 40, 20, 30};

	g_assert_cmpint(timers_next(timers), ==, INT64_MAX);
	for (int i = 0; i < 5; i++)
		timers_set(timers, &timer[i], due[i], note, seen);
	g_assert_cmpint(timers_next(timers), ==, 10);
	timers_cancel(timers, &timer[3]);
	timers_cancel(timers, &timer[3]);
	timers_set(timers, &timer[2], 5, note, seen);
	g_assert_cmpuint(timers_run(timers, 4), ==, 0);
	g_assert_cmpuint(timers_run(timers, 30), ==, 3);
	g_assert_cmpstr(seen->str, ==, "5 10 30 ");
	g_assert_true(timer_is_set(&timer[0]));
	g_assert_false(timer_is_set(&timer[1]));
}

typedef struct Again {
	Timers *timers;
	Timer other;
	unsigned ran;
} Again;

static void
set_again(Timer *timer, void *data)
{
	Again *again = data;

	again->ran++;
	timers_set(again->timers, timer, timer->due, set_again, again);
}

/* A timer that sets itself for the past does not keep the turn from ending. */
static void
test_set_for_the_past(void)
{
	g_autoptr(Timers) timers = timers_new();
	Again again = {.timers = timers};
	Timer timer = {0};

	timers_set(timers, &timer, 10, set_again, &again);
	g_assert_cmpuint(timers_run(timers, 20), ==, 1);
	g_assert_cmpint(timers_next(timers), ==, 10);
	g_assert_cmpuint(timers_run(timers, 20), ==, 1);
	g_assert_cmpuint(again.ran, ==, 2);
	timers_cancel(timers, &timer);
	g_assert_cmpint(timers_next(timers), ==, INT64_MAX);
}

static void
cancel_other(Timer *timer, void *data)
{
	Again *again = data;

	again->ran++;
	timers_set(again->timers, &again->other, 1, set_again, again);
	g_assert_true(timer_is_set(&again->other));
	g_assert_cmpint(timers_next(again->timers), ==, 1);
	timers_cancel(again->timers, &again->other);
	g_assert_false(timer_is_set(&again->other));
}

static void
test_cancel_inside(void)
{
	g_autoptr(Timers) timers = timers_new();
	Again again = {.timers = timers};
	Timer timer = {0};

	timers_set(timers, &timer, 10, cancel_other, &again);
	timers_set(timers, &again.other, 11, set_again, &again);
	g_assert_cmpuint(timers_run(timers, 20), ==, 1);
	g_assert_cmpuint(again.ran, ==, 1);
	g_assert_cmpint(timers_next(timers), ==, INT64_MAX);
}

static void
test_free_forgets(void)
{
	Timers *timers = timers_new();
	Timer timer = {0};

	timers_set(timers, &timer, 10, set_again, NULL);
	timers_free(timers);
	g_assert_false(timer_is_set(&timer));
}

#define TIMERS 200

typedef struct Shadow {
	int64_t due[TIMERS]; /* INT64_MAX: idle */
	Timer timer[TIMERS];
	int64_t last;
} Shadow;

static void
check_shadow(Timer *timer, void *data)
{
	Shadow *shadow = data;
	size_t index = (size_t)(timer - shadow->timer);

	g_assert_cmpint(shadow->due[index], ==, timer->due);
	g_assert_cmpint(timer->due, >=, shadow->last);
	shadow->last = timer->due;
	shadow->due[index] = INT64_MAX;
}

/* 50,000 random operations beside a plain array. */
static void
test_shadow(void)
{
	g_autofree Shadow *shadow = g_new0(Shadow, 1); /* outlives the heap, which forgets them */
	g_autoptr(Timers) timers = timers_new();
	int64_t now = 0;

	for (int i = 0; i < TIMERS; i++)
		shadow->due[i] = INT64_MAX;
	for (int i = 0; i < 50000; i++) {
		int chosen = g_test_rand_int_range(0, TIMERS);
		int64_t least = INT64_MAX;

		if (g_test_rand_int_range(0, 3) > 0) {
			shadow->due[chosen] = now + g_test_rand_int_range(-10, 1000);
			timers_set(timers, &shadow->timer[chosen], shadow->due[chosen],
			    check_shadow, shadow);
		} else {
			shadow->due[chosen] = INT64_MAX;
			timers_cancel(timers, &shadow->timer[chosen]);
		}
		if (i % 20 == 0) {
			now += g_test_rand_int_range(0, 100);
			shadow->last = INT64_MIN;
			timers_run(timers, now);
		}
		for (int k = 0; k < TIMERS; k++) {
			least = MIN(least, shadow->due[k]);
			g_assert_true(
			    timer_is_set(&shadow->timer[k]) == (shadow->due[k] != INT64_MAX));
		}
		g_assert_cmpint(timers_next(timers), ==, least);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/timers/order", test_order);
	g_test_add_func("/timers/set-for-the-past", test_set_for_the_past);
	g_test_add_func("/timers/cancel-inside", test_cancel_inside);
	g_test_add_func("/timers/free-forgets", test_free_forgets);
	g_test_add_func("/timers/shadow", test_shadow);
	return g_test_run();
}

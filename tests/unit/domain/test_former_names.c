/* SPDX-License-Identifier: MIT */
/* Former names: how long they lead on, and how many there may be. */
#include "domain/former_names.h"

static const Handle first = {1, 1}, second = {2, 1};

static void
assert_leads(FormerNames *names, const char *name, int64_t now, Handle channel)
{
	g_assert_true(handle_equal(former_names_find(names, name, now), channel));
}

static void
test_time(void)
{
	g_autoptr(FormerNames) names = former_names_new();

	assert_leads(names, "#old", 1, HANDLE_NONE);
	former_names_add(names, "#Old", first, 100);
	assert_leads(names, "#oLD", 99, first);
	assert_leads(names, "#old", 100, HANDLE_NONE);
	g_assert_cmpuint(former_names_count(names), ==, 0);
	former_names_add(names, "#old", first, 200);
	former_names_add(names, "#OLD", second, 300);
	g_assert_cmpuint(former_names_count(names), ==, 1);
	assert_leads(names, "#old", 250, second);
	former_names_remove(names, "#oLd");
	assert_leads(names, "#old", 250, HANDLE_NONE);
	former_names_remove(names, "#old");
	former_names_free(NULL);
}

/* A channel's fifth name takes the place of the one that ends first; others keep theirs. */
static void
test_per_channel(void)
{
	g_autoptr(FormerNames) names = former_names_new();

	former_names_add(names, "#other", second, 10);
	for (unsigned i = 0; i <= FORMER_NAMES_PER_CHANNEL; i++) {
		g_autofree char *name = g_strdup_printf("#n%u", i);

		former_names_add(names, name, first, 100 + i);
	}
	assert_leads(names, "#n0", 1, HANDLE_NONE);
	assert_leads(names, "#n1", 1, first);
	assert_leads(names, "#other", 1, second);
	g_assert_cmpuint(former_names_count(names), ==, FORMER_NAMES_PER_CHANNEL + 1);
}

static void
test_most(void)
{
	g_autoptr(FormerNames) names = former_names_new();

	for (uint32_t i = 0; i <= FORMER_NAMES_MAX; i++) {
		g_autofree char *name = g_strdup_printf("#n%u", i);

		former_names_add(names, name, (Handle){i, 1}, 1000 + i);
	}
	g_assert_cmpuint(former_names_count(names), ==, FORMER_NAMES_MAX);
	assert_leads(names, "#n0", 1, HANDLE_NONE);
	assert_leads(names, "#n1", 1, ((Handle){1, 1}));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/former_names/time", test_time);
	g_test_add_func("/former_names/per-channel", test_per_channel);
	g_test_add_func("/former_names/most", test_most);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "chatctl_complete.h"

#include "described.h"

static void
test_offline(void)
{
	static const struct {
		const char *words; /* separated by "|" */
		const char *candidates;
	} rows[] = {
	    {"us", "user\n"},
	    {"user|k", "kill\n"},
	    {"channel|set-", "set-mode\nset-topic\nset-setting\nset-reason\n"},
	    {"sta", "stats\nstatus\n"},
	    {"user|kill|bob|--r", "--reason\n"},
	    {"config|set|limits.nic", "limits.nick=\n"},
	    {"config|get|limits.nic", "limits.nick\n"},
	    {"config|reset|limits.nic", "limits.nick\n"},
	    {"service|subscribe|me", "member\n"},
	    {"log|send|w", "warn\n"},
	    {"user|kill|", ""},
	    {"nothing|", ""},
	};
	g_autoptr(Description) description = described();

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(GStrv) words = g_strsplit(rows[i].words, "|", -1);
		g_autofree char *candidates = chatctl_complete(description, NULL, words);

		g_test_message("%s", rows[i].words);
		g_assert_cmpstr(candidates, ==, rows[i].candidates);
	}
}

static void
test_nothing_typed(void)
{
	g_autoptr(Description) description = described();
	char *const words[] = {NULL};
	g_autofree char *candidates = chatctl_complete(description, NULL, words);

	g_assert_true(g_str_has_prefix(candidates, "rpc\n"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatctl_complete/offline", test_offline);
	g_test_add_func("/chatctl_complete/nothing_typed", test_nothing_typed);
	return g_test_run();
}

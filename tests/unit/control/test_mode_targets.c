/* SPDX-License-Identifier: MIT */
#include "control/mode_targets.h"

#include <glib.h>

static void
collect(void *data, const char *nick)
{
	g_string_append_printf(data, "%s ", nick);
}

static void
test_targets(void)
{
	static const struct {
		const char *text;
		const char *targets;
	} cases[] = {
	    {"+o anna", "anna "},
	    {"+o-v anna bert", "anna bert "},
	    {"+nt", ""},
	    {"+kov key anna bert", "anna bert "},
	    {"+l-o 5 anna", "anna "},
	    {"-l+o anna", "anna "},
	    {"-lk+b-o * x!*@* anna", "anna "},
	    {"+bqe a!*@* anna b!*@*", "anna "},
	    {"", ""},
	    {"+o", ""},
	    {"o anna", "anna "},
	    {"+?o anna", "anna "},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) targets = g_string_new(NULL);

		mode_targets_each(cases[i].text, collect, targets);
		g_assert_cmpstr(targets->str, ==, cases[i].targets);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mode-targets/targets", test_targets);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "chatctl_help.h"

#include "command_line.h"
#include "described.h"

#include <string.h>

static void
test_all_methods_are_told(void)
{
	g_autoptr(Description) description = described();
	g_autofree char *help = chatctl_help_all(description, TRUE);
	g_autofree char *manual = chatctl_help_manual(description);
	guint count;
	const DescribedMethod *methods = description_methods(description, &count);

	g_assert_cmpuint(count, >, 20);
	for (guint i = 0; i < count; i++) {
		g_autofree char *words = command_line_words(methods[i].name);
		g_autofree char *line = g_strconcat("\n  ", words, NULL);

		g_assert_nonnull(strstr(help, line));
	}
	g_assert_nonnull(strstr(manual, ".B user kill NICK REASON\n"));
	g_assert_nonnull(strstr(manual, "\\-\\-socket PATH"));
}

static void
test_noun_and_method(void)
{
	g_autoptr(Description) description = described();
	g_autofree char *noun = chatctl_help_noun(description, "channel");
	g_autofree char *method = chatctl_help_method(description_method(description, "log.send"));

	g_assert_nonnull(strstr(noun, "channel kick CHANNEL NICK REASON"));
	g_assert_null(strstr(noun, "user kill"));
	g_assert_null(chatctl_help_noun(description, "nothing"));
	g_assert_nonnull(strstr(method, "usage: chatctl log send LEVEL SUBSYSTEM EVENT_ID"));
	g_assert_nonnull(strstr(method, "Needs the role operator."));
	g_assert_nonnull(strstr(method, "One of: debug, info, warn, error, fatal."));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatctl_help/all_methods_are_told", test_all_methods_are_told);
	g_test_add_func("/chatctl_help/noun_and_method", test_noun_and_method);
	return g_test_run();
}

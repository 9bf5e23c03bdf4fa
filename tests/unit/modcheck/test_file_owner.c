/* SPDX-License-Identifier: MIT */
#include "modcheck/file_owner.h"

static void
test_words(void)
{
	struct stat status = {.st_mode = S_IFREG | S_ISUID | 0755, .st_uid = 0, .st_gid = 54321};
	g_autofree char *known = user_name(0);
	g_autofree char *unknown = user_name(54321);
	g_autofree char *words = mode_and_owner(&status);

	g_assert_cmpstr(known, ==, "root");
	g_assert_cmpstr(unknown, ==, "uid 54321");
	g_assert_cmpstr(words, ==, "mode 4755, owner root:gid 54321");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/file_owner/words", test_words);
	return g_test_run();
}

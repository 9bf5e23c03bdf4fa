/* SPDX-License-Identifier: MIT */
/* The JSON for Ergo: users and channels, times in nanoseconds. */
#include "import/import_format.h"

#include <string.h>

static const char text[] =
    "{\"version\": 1, \"source\": \"anope\", \"users\": {\"ann\": {\"name\": \"Ann\","
    " \"hash\": \"$2y$10$abc\", \"email\": \"ann@example.org\","
    " \"registeredAt\": 1500000000000000000, \"vhost\": \"a.example\","
    " \"additionalNicks\": [\"Annie\", 5], \"certfps\": [\"xyz\"]}, \"bob\": {}, \"odd\": 7},"
    " \"channels\": {\"#room\": {\"founder\": \"ann\", \"registeredAt\": 1500000000000000000,"
    " \"topic\": \"hello\", \"topicSetBy\": \"ann\", \"topicSetAt\": 1500000001000000000,"
    " \"modes\": \"nt\", \"key\": \"k\", \"limit\": 9, \"amode\": {\"ann\": \"q\", \"bob\": "
    "\"o\"}}}}";

static void
test_content(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = import_parse("ergo", text, strlen(text), &error);
	const StoreAccount *ann;
	const StoreChannel *room;

	g_assert_no_error(error);
	g_assert_cmpuint(import->accounts->len, ==, 2);
	ann = import_find(import, "ANNIE");
	g_assert_cmpstr(ann->name, ==, "Ann");
	g_assert_cmpstr(ann->secret, ==, "$2y$10$abc");
	g_assert_cmpint(ann->registered_at, ==, INT64_C(1500000000000000));
	room = import->channels->pdata[0];
	g_assert_cmpstr(room->registered_by, ==, "Ann");
	g_assert_cmpstr(room->modes, ==, "nt");
	g_assert_cmpint(room->topic_set_at, ==, INT64_C(1500000001000000));
	g_assert_cmpuint(room->limit, ==, 9);
	g_assert_cmpuint(room->entries->len, ==, 1);
	g_assert_cmpstr(((const StoreListEntry *)room->entries->pdata[0])->mask, ==, "~a:bob");
	g_assert_cmpstr(((const StoreAccountItem *)ann->items->pdata[1])->value, ==, "a.example");
	/* The certificate, and who needs a password. */
	g_assert_cmpuint(import->notes->len, ==, 2);
}

static void
test_broken(void)
{
	static const char *const cases[] = {
	    "", "[]", "{", "{\"version\": 2}", "{\"version\": \"1\"}"};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Import) import = import_parse("ergo", cases[i], strlen(cases[i]), &error);

		g_assert_null(import);
		g_assert_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import-ergo/content", test_content);
	g_test_add_func("/import-ergo/broken", test_broken);
	return g_test_run();
}

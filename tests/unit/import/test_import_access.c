/* SPDX-License-Identifier: MIT */
/* What other services call access, and which rank comes of it. */
#include "import/import.h"

static Import *
begin(StoreChannel **ret_channel)
{
	Import *import = import_new();

	import_account(import, "Ann");
	import_account(import, "bob");
	*ret_channel = import_channel(import, "#room");
	return import;
}

static void
test_ranks(void)
{
	static const struct {
		const char *access;
		char rank; /* '\0': none */
		bool is_noted;
	} cases[] = {
	    {"QOP", 'q'},
	    {"SOP", 'o'},
	    {"AOP", 'o'},
	    {"HOP", 'v', true},
	    {"VOP", 'v'},
	    {"q", 'q'},
	    {"a", 'o', true},
	    {"o", 'o'},
	    {"h", 'v', true},
	    {"v", 'v'},
	    {"10000", 'q'},
	    {"9999", 'q'},
	    {"10", 'o'},
	    {"5", 'o'},
	    {"4", 'v', true},
	    {"3", 'v'},
	    {"2", '\0', true},
	    {"-1", '\0', true},
	    {"99999999999999999999", '\0', true},
	    {"+AFRfiorstv", 'q'},
	    {"+AOiortv", 'o'},
	    {"+AVv", 'v'},
	    {"+AHv", 'v'},
	    {"+b", '\0', true},
	    {"", '\0', true},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		StoreChannel *room;
		g_autoptr(Import) import = begin(&room);

		g_test_message("%s", cases[i].access);
		import_access(import, room, "BOB", cases[i].access);
		g_assert_cmpuint(room->entries->len, ==, cases[i].rank != '\0');
		g_assert_cmpuint(import->notes->len, ==, cases[i].is_noted);
		if (cases[i].rank) {
			const StoreListEntry *entry = room->entries->pdata[0];

			g_assert_cmpint(entry->kind, ==, cases[i].rank);
			g_assert_cmpstr(entry->mask, ==, "~a:bob");
		}
	}
}

static void
test_whom(void)
{
	StoreChannel *room;
	g_autoptr(Import) import = begin(&room);

	import_access(import, room, "nobody", "SOP");
	import_access(import, room, "*!*@host.example", "SOP");
	g_assert_cmpuint(room->entries->len, ==, 0);
	g_assert_cmpuint(import->notes->len, ==, 2);
	g_assert_cmpstr(
	    import->notes->pdata[0], ==, "channel #room: access SOP of nobody is not taken over");
	/* Each account once: what the file says first. */
	import_access(import, room, "bob", "VOP");
	import_access(import, room, "Bob", "SOP");
	import_access(import, room, "ann", "SOP");
	g_assert_cmpuint(room->entries->len, ==, 2);
	g_assert_cmpint(((const StoreListEntry *)room->entries->pdata[0])->kind, ==, 'v');
	g_assert_cmpstr(((const StoreListEntry *)room->entries->pdata[1])->mask, ==, "~a:Ann");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import_access/ranks", test_ranks);
	g_test_add_func("/import_access/whom", test_whom);
	return g_test_run();
}

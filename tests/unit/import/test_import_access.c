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
		char rank; /* '\0': noted */
	} cases[] = {
	    {"QOP", 'q'},
	    {"SOP", 'o'},
	    {"AOP", 'o'},
	    {"HOP", '\0'},
	    {"VOP", 'v'},
	    {"q", 'q'},
	    {"a", '\0'},
	    {"o", 'o'},
	    {"h", '\0'},
	    {"v", 'v'},
	    {"10000", 'q'},
	    {"9999", 'q'},
	    {"10", 'o'},
	    {"5", 'o'},
	    {"4", '\0'},
	    {"3", 'v'},
	    {"2", '\0'},
	    {"-1", '\0'},
	    {"99999999999999999999", '\0'},
	    {"+AFRfiorstv", 'q'},
	    {"+AOiortv", 'o'},
	    {"+AVv", 'v'},
	    {"+b", '\0'},
	    {"", '\0'},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		StoreChannel *room;
		g_autoptr(Import) import = begin(&room);

		g_test_message("%s", cases[i].access);
		import_access(import, room, "BOB", cases[i].access);
		g_assert_cmpuint(room->entries->len, ==, cases[i].rank != '\0');
		g_assert_cmpuint(import->notes->len, ==, cases[i].rank == '\0');
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

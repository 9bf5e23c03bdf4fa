/* SPDX-License-Identifier: MIT */
/* What parsers build: names held against the rules, owners, hashes, notes. */
#include "import/import.h"

static void
test_accounts(void)
{
	g_autoptr(Import) import = import_new();
	StoreAccount *ann = import_account(import, "Ann");

	g_assert_nonnull(ann);
	g_assert_true(import_account(import, "aNN") == ann);
	g_assert_null(import_account(import, "1up"));
	g_assert_null(import_account(import, "with space"));
	import_nick(import, ann, "annie", 5);
	import_nick(import, ann, "ANN", 5);
	g_assert_null(import_account(import, "Annie"));
	g_assert_true(import_find(import, "ANNIE") == ann);
	import_nick(import, import_account(import, "bob"), "annie", 5);
	import_nick(import, ann, "#no", 5);
	g_assert_cmpuint(ann->items->len, ==, 1);
	g_assert_cmpuint(import->accounts->len, ==, 2);
	g_assert_cmpuint(import->notes->len, ==, 5);
}

static void
test_details(void)
{
	g_autoptr(Import) import = import_new();
	StoreAccount *ann = import_account(import, "ann");

	import_secret(import, ann, "$2a$10$abc");
	g_assert_cmpstr(ann->secret, ==, "$2a$10$abc");
	import_secret(import, ann, "plain text");
	import_secret(import, ann, "$1$md5");
	g_assert_cmpstr(ann->secret, ==, "$2a$10$abc");
	import_email(import, ann, "noemail");
	import_email(import, ann, "a b@example.org");
	import_email(import, ann, "@example.org");
	g_assert_cmpstr(ann->email, ==, "");
	import_email(import, ann, "a@example.org");
	g_assert_cmpstr(ann->email, ==, "a@example.org");
	import_certificate(import, ann, "0123456789ABCDEF0123456789abcdef01234567");
	import_certificate(import, ann, "0123456789abcdef0123456789abcdef01234567");
	import_certificate(import, ann, "xyz");
	g_assert_cmpuint(ann->items->len, ==, 1);
	g_assert_cmpint(import_seconds("1500000000"), ==, INT64_C(1500000000000000));
	g_assert_cmpint(import_seconds("-1"), ==, 0);
	g_assert_cmpint(import_seconds("99999999999999999999"), ==, 0);
	g_assert_cmpint(import_seconds("x"), ==, 0);
}

static void
test_channels(void)
{
	g_autoptr(Import) import = import_new();
	StoreChannel *room;

	import_account(import, "Ann");
	room = import_channel(import, "#Room");
	g_assert_true(import_channel(import, "#rOOM") == room);
	g_assert_null(import_channel(import, "room"));
	import_modes(import, room, "ntn?bq");
	g_assert_cmpstr(room->modes, ==, "nt");
	import_key(import, room, "a b");
	import_key(import, room, "key");
	g_assert_cmpstr(room->key, ==, "key");
	import_topic(room, "topic", "ann", 7);
	import_founder(room, "aNN");
	import_founder(import_channel(import, "#lost"), "nobody");
	import_channel(import, "#none");
	import_finish(import);
	g_assert_cmpuint(import->channels->len, ==, 1);
	g_assert_cmpstr(room->registered_by, ==, "Ann");
	g_assert_cmpuint(import->no_password, ==, 1);
	g_assert_cmpuint(import->hashes, ==, 0);
}

static void
test_notes_bound(void)
{
	g_autoptr(Import) import = import_new();

	for (unsigned i = 0; i < IMPORT_NOTES_MAX + 5; i++)
		import_note(import, "note %u", i);
	g_assert_cmpuint(import->notes->len, ==, IMPORT_NOTES_MAX);
	g_assert_cmpuint(import->notes_lost, ==, 5);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import/accounts", test_accounts);
	g_test_add_func("/import/details", test_details);
	g_test_add_func("/import/channels", test_channels);
	g_test_add_func("/import/notes-bound", test_notes_bound);
	return g_test_run();
}

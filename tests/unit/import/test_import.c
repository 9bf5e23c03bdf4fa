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
	import_secret(import, ann, "$z$pbkdf2");
	import_secret(import, ann, "$6$a b");
	g_assert_cmpstr(ann->secret, ==, "$2a$10$abc");
	import_email(import, ann, "noemail");
	import_email(import, ann, "a b@example.org");
	import_email(import, ann, "@example.org");
	import_email(import, ann, "a@example.org\r\nBcc: b@example.org");
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

/* Nothing of a foreign text can be another line of the protocol, of a mail or of the report. */
static void
test_clean(void)
{
	g_autoptr(Import) import = import_new();
	StoreAccount *ann = import_account(import, "ann");
	StoreAccount *bob = import_account(import, "bob");
	StoreChannel *room = import_channel(import, "#room");
	const char *print = "0123456789abcdef0123456789abcdef01234567";

	import_topic(room, "a\r\nKILL b", "c\nd", 7);
	g_assert_cmpstr(room->topic, ==, "a  KILL b");
	g_assert_cmpstr(room->topic_set_by, ==, "c d");
	import_suspend(ann, "", "bad\r\nb", 5, 0);
	g_assert_cmpstr(ann->suspended_by, ==, "import");
	g_assert_cmpstr(ann->suspended_reason, ==, "bad  b");
	import_setting(room, "entrymsg", "one\ntwo=three");
	import_setting(room, "description", "");
	g_assert_cmpstr(room->settings, ==, "entrymsg=one two=three\n");
	import_vhost(import, ann, "a.example", "on", 0);
	import_vhost(import, ann, "b.example", "on", 0);
	import_vhost(import, bob, "no host", "on", 0);
	import_certificate(import, ann, print);
	import_certificate(import, bob, print);
	g_assert_cmpuint(ann->items->len, ==, 2);
	g_assert_cmpuint(bob->items->len, ==, 0);
	g_assert_cmpuint(import->notes->len, ==, 2);
	import->line = 7;
	import_note(import, "what\x1b[2J\n%s", "else");
	g_assert_cmpstr(import->notes->pdata[2], ==, "line 7: what [2J else");
}

static void
test_scram(void)
{
	static const char good[] = "SCRAM-SHA-256$4096:MDEyMzQ1Njc4OWFiY2RlZg==$"
				   "hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowbDlg=:"
				   "VN7TGXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI=";
	g_autoptr(Import) import = import_new();
	StoreAccount *ann = import_account(import, "ann");

	import_scram(ann, "SCRAM-SHA-256$0:$:");
	g_assert_cmpstr(ann->secret, ==, "");
	import_scram(ann, good);
	g_assert_cmpstr(ann->secret, ==, good);
}

static void
test_entries(void)
{
	g_autoptr(Import) import = import_new();
	StoreChannel *room = import_channel(import, "#room");
	const StoreListEntry *entry;

	import_account(import, "Ann");
	import_ban(import, room, "ann", "bob!b@h", "rude", 7);
	import_ban(import, room, "*!*@evil.example", "", "", 0);
	import_ban(import, room, "*!*@EVIL.example", "", "", 0);
	import_entry(import, room, 'e', "*!*@evil.example", "", "", 0);
	import_entry(import, room, 'I', "~nosuch:", "", "", 0);
	import_access(import, room, "ann", "o");
	g_assert_cmpuint(room->entries->len, ==, 4);
	entry = room->entries->pdata[0];
	g_assert_cmpint(entry->kind, ==, 'b');
	g_assert_cmpstr(entry->mask, ==, "~a:Ann");
	g_assert_cmpstr(entry->set_by, ==, "bob!b@h");
	g_assert_cmpstr(entry->reason, ==, "rude");
	g_assert_cmpint(entry->set_at, ==, 7);
	g_assert_cmpuint(import->notes->len, ==, 1);
}

/* Accounts that are there already are somebody else's: nothing is theirs by their name. */
static void
test_orphans(void)
{
	g_autoptr(Import) import = import_new();
	StoreChannel *kept, *lost;

	import_account(import, "ann");
	import_account(import, "bob");
	kept = import_channel(import, "#kept");
	lost = import_channel(import, "#lost");
	import_founder(kept, "ann");
	import_founder(lost, "bob");
	import_access(import, kept, "bob", "o");
	import_finish(import);
	g_ptr_array_remove_index(import->accounts, 1);
	import_drop_orphans(import);
	g_assert_cmpuint(import->channels->len, ==, 1);
	g_assert_true(import->channels->pdata[0] == kept);
	g_assert_cmpuint(kept->entries->len, ==, 0);
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
	g_test_add_func("/import/clean", test_clean);
	g_test_add_func("/import/scram", test_scram);
	g_test_add_func("/import/entries", test_entries);
	g_test_add_func("/import/orphans", test_orphans);
	g_test_add_func("/import/notes-bound", test_notes_bound);
	return g_test_run();
}

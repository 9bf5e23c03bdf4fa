/* SPDX-License-Identifier: MIT */
/* Anope: flat file and JSON to the same accounts and channels; broken files name their line. */
#include "import/import_format.h"

#include <string.h>

static const char flat[] =
    "OBJECT ChannelInfo\nID 9\nDATA name #room\nDATA founder Ann\nDATA time_registered 1500000000\n"
    "DATA last_topic hello there\nDATA last_topic_setter ann!a@h\nDATA last_topic_time 1500000100\n"
    "DATA last_modes NOEXTERNAL TOPIC KEY,secret LIMIT,12 NOSUCH\nEND\n"
    "OBJECT NickAlias\nID 2\nDATA nick Annie\nDATA nc Ann\nDATA time_registered 1400000000\n"
    "DATA last_seen 1510000000\nEND\n"
    "OBJECT NickCore\nID 1\nDATA display Ann\nDATA pass bcrypt:$2a$10$abcdefghijklmnopqrstuv\n"
    "DATA email ann@example.org\nEND\n"
    "OBJECT ChanAccess\nDATA ci #room\nDATA mask bob\nDATA data 5\nEND\n"
    "OBJECT ModeLock\nDATA ci #room\nDATA set 1\nDATA name SECRET\nEND\n";

static const char json[] =
    "{\"version\": 1, \"data\": {\"NickCore\": {\"1\": {\"display\": \"Ann\","
    " \"pass\": \"bcrypt:$2a$10$abcdefghijklmnopqrstuv\", \"email\": \"ann@example.org\"}},"
    " \"NickAlias\": [{\"nick\": \"Annie\", \"nc\": \"Ann\", \"time_registered\": 1400000000,"
    " \"last_seen\": 1510000000}],"
    " \"ChannelInfo\": [{\"name\": \"#room\", \"founder\": \"Ann\","
    " \"time_registered\": 1500000000, \"last_topic\": \"hello there\","
    " \"last_topic_setter\": \"ann!a@h\", \"last_topic_time\": 1500000100,"
    " \"last_modes\": \"NOEXTERNAL TOPIC KEY,secret LIMIT,12 NOSUCH\"}],"
    " \"ChanAccess\": [{\"ci\": \"#room\", \"mask\": \"bob\", \"data\": \"5\"}],"
    " \"ModeLock\": [{\"ci\": \"#room\", \"set\": true, \"name\": \"SECRET\"}]}}";

static void
test_content(gconstpointer text)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = import_parse("anope", text, strlen(text), &error);
	const StoreAccount *ann;
	const StoreChannel *room;

	g_assert_no_error(error);
	g_assert_cmpuint(import->accounts->len, ==, 1);
	ann = import_find(import, "annie");
	g_assert_cmpstr(ann->name, ==, "Ann");
	g_assert_cmpstr(ann->secret, ==, "$2a$10$abcdefghijklmnopqrstuv");
	g_assert_cmpstr(ann->email, ==, "ann@example.org");
	g_assert_cmpint(ann->registered_at, ==, INT64_C(1400000000000000));
	g_assert_cmpint(ann->used_at, ==, INT64_C(1510000000000000));
	g_assert_cmpuint(import->channels->len, ==, 1);
	room = import->channels->pdata[0];
	g_assert_cmpstr(room->registered_by, ==, "Ann");
	g_assert_cmpstr(room->topic, ==, "hello there");
	g_assert_cmpstr(room->topic_set_by, ==, "ann!a@h");
	g_assert_cmpstr(room->modes, ==, "nts");
	g_assert_cmpstr(room->key, ==, "secret");
	g_assert_cmpuint(room->limit, ==, 12);
	g_assert_cmpuint(import->notes->len, ==, 1);
}

static const char more[] =
    "OBJECT NickCore\nDATA display Ann\nDATA pass sha256:abc\nEND\n"
    "OBJECT NickCore\nDATA display bob\nDATA pass bcrypt:$2a$10$abcdefghijklmnopqrstuv\nEND\n"
    "OBJECT NickAlias\nDATA nick Ann\nDATA nc Ann\nDATA vhost_host ann.example\nEND\n"
    "OBJECT HostRequest\nDATA nick bob\nDATA host bob.example\nDATA time 1500000000\nEND\n"
    "OBJECT ChannelInfo\nDATA name #room\nDATA founder Ann\nDATA successor bob\nEND\n"
    "OBJECT AutoKick\nDATA ci #room\nDATA mask *!*@evil.example\nDATA reason rude\n"
    "DATA creator Ann\nDATA addtime 1500000000\nEND\n"
    "OBJECT AutoKick\nDATA ci #room\nDATA nc bob\nEND\n"
    "OBJECT EntryMsg\nDATA ci #room\nDATA message be kind\nEND\n"
    "OBJECT EntryMsg\nDATA ci #room\nDATA message and again\nEND\n"
    "OBJECT Memo\nDATA owner Ann\nDATA sender bob\nEND\n";

static void
test_more(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = import_parse("anope", more, strlen(more), &error);
	const StoreAccountItem *item;
	const StoreListEntry *entry;
	const StoreChannel *room;

	g_assert_no_error(error);
	item = import_find(import, "ann")->items->pdata[0];
	g_assert_cmpstr(item->kind, ==, "vhost");
	g_assert_cmpstr(item->key, ==, "on");
	g_assert_cmpstr(item->value, ==, "ann.example");
	item = import_find(import, "bob")->items->pdata[0];
	g_assert_cmpstr(item->key, ==, "wanted");
	room = import->channels->pdata[0];
	g_assert_cmpstr(room->settings, ==, "successor=bob\nentrymsg=be kind\n");
	g_assert_cmpuint(room->entries->len, ==, 2);
	entry = room->entries->pdata[0];
	g_assert_cmpint(entry->kind, ==, 'b');
	g_assert_cmpstr(entry->reason, ==, "rude");
	entry = room->entries->pdata[1];
	g_assert_cmpstr(entry->mask, ==, "~a:bob");
	g_assert_cmpuint(import->notes->len, ==, 3);
	g_assert_cmpstr(import->notes->pdata[0], ==,
	    "line 39: channel #room: one entry message only, left out: and again");
	g_assert_cmpstr(
	    import->notes->pdata[1], ==, "line 43: memo of bob to Ann: there are none here");
	g_assert_cmpstr(import->notes->pdata[2], ==,
	    "account Ann: needs a new password, its hash cannot be used here");
}

static void
test_broken(void)
{
	static const struct {
		const char *text;
		const char *message;
	} cases[] = {
	    {"nonsense\n", "line 1: neither OBJECT, DATA nor END"},
	    {"OBJECT NickCore\nDATA display a\n", "line 2: the last object has no END"},
	    {"OBJECT a\nOBJECT b\nEND\n", "line 2: neither OBJECT, DATA nor END"},
	    {"DATA a b\n", "line 1: neither OBJECT, DATA nor END"},
	    {"{\"version\": 1, \"users\": {}}",
		"it looks like what Ergo's converters write (ergo, not anope): "
		"there is nothing of Anope's in it: no NickCore, no ChannelInfo"},
	    {"{\"a\": 1, \"a\": 2}", "line 1: duplicate object key near '\"a\"'"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Import) import =
		    import_parse("anope", cases[i].text, strlen(cases[i].text), &error);

		g_assert_null(import);
		g_assert_cmpstr(error->message, ==, cases[i].message);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/import-anope/flat", flat, test_content);
	g_test_add_data_func("/import-anope/json", json, test_content);
	g_test_add_func("/import-anope/more", test_more);
	g_test_add_func("/import-anope/broken", test_broken);
	return g_test_run();
}

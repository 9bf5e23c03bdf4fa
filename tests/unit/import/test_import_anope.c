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
	g_test_add_func("/import-anope/broken", test_broken);
	return g_test_run();
}

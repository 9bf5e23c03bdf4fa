/* SPDX-License-Identifier: MIT */
/* Ergo's own database: the log of commands, accounts over several keys, channels old and new. */
#include "import/import_format.h"

#include <string.h>

#define CREDENTIALS                                                                                \
	"{\"Version\":1,\"PassphraseHash\":\"JDJh\",\"Certfps\":"                                  \
	"[\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"],"                  \
	"\"Salt\":\"MDEyMzQ1Njc4OWFiY2RlZg==\",\"Iters\":4096,"                                    \
	"\"StoredKey\":\"hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowbDlg=\","                          \
	"\"ServerKey\":\"VN7TGXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI=\"}"
#define SECRET                                                                                     \
	"SCRAM-SHA-256$4096:MDEyMzQ1Njc4OWFiY2RlZg==$hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowbDlg=" \
	":VN7TGXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI="

static void
add(GString *log, unsigned count, const char *const words[])
{
	g_string_append_printf(log, "*%u\r\n", count);
	for (unsigned i = 0; i < count; i++)
		g_string_append_printf(log, "$%zu\r\n%s\r\n", strlen(words[i]), words[i]);
}
#define ADD(log, ...)                                                                              \
	add((log), G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})),                             \
	    (const char *const[]){__VA_ARGS__})

static GString *
make_log(void)
{
	GString *log = g_string_new(NULL);

	ADD(log, "set", "account.exists gone", "1");
	ADD(log, "flushdb");
	ADD(log, "set", "account.exists ann", "1");
	ADD(log, "set", "account.name ann", "Ann");
	ADD(log, "set", "account.verified ann", "1");
	ADD(log, "set", "account.registered.time ann", "1500000000000000000");
	ADD(log, "set", "account.credentials ann", CREDENTIALS);
	ADD(log, "set", "account.additionalnicks ann", "Annie,Anne");
	ADD(log, "set", "account.settings ann",
	    "{\"Email\":\"ann@example.org\",\"NickEnforcement\":2,\"AllowBouncer\":1,"
	    "\"AlwaysOn\":4,\"AutoreplayLines\":0,\"AutoAway\":1}");
	ADD(log, "set", "account.channeltomodes ann", "{\"#old\":\"q\",\"#more\":{}}");
	ADD(log, "set", "account.settings bob",
	    "{\"NickEnforcement\":0,\"AlwaysOn\":2,\"AutoreplayLines\":0,\"AutoreplayMissed\":"
	    "true}");
	ADD(log, "set", "account.vhost ann", "{\"ApprovedVHost\":\"a.example\",\"Enabled\":true}");
	ADD(log, "set", "account.suspended ann",
	    "{\"TimeCreated\":\"2020-01-01T00:00:00Z\",\"Duration\":3600000000000,"
	    "\"OperName\":\"boss\",\"Reason\":\"rude\"}");
	ADD(log, "set", "account.exists bob", "1", "ex", "60");
	ADD(log, "set", "account.callback bob", "mailto:bob@example.org");
	ADD(log, "set", "account.registered.time bob", "1500000000");
	ADD(log, "set", "account.exists cat", "1");
	ADD(log, "del", "account.exists cat");
	ADD(log, "set", "channel.exists #old", "1");
	ADD(log, "set", "channel.name #old", "#Old");
	ADD(log, "set", "channel.founder #old", "ann");
	ADD(log, "set", "channel.registered.time #old", "1500000000000000000");
	ADD(log, "set", "channel.topic #old", "old times");
	ADD(log, "set", "channel.modes #old", "nti");
	ADD(log, "set", "channel.forward #old", "no channel");
	ADD(log, "set", "channel.userlimit #old", "9");
	ADD(log, "set", "channel.accounttoumode #old", "{\"ann\":113,\"bob\":104}");
	ADD(log, "set", "channel.banlist #old",
	    "{\"*!*@evil.example\":{\"TimeCreated\":\"2020-01-01T00:00:00Z\","
	    "\"CreatorNickmask\":\"ann!a@h\"}}");
	ADD(log, "set", "1 abcdefg",
	    "{\"Name\":\"#new\",\"Founder\":\"ann\",\"RegisteredAt\":\"2020-01-01T00:00:00Z\","
	    "\"Topic\":\"new\",\"Modes\":[110,116],\"Forward\":\"#old\",\"Key\":\"k\","
	    "\"UserLimit\":3,"
	    "\"AccountToUMode\":{\"bob\":111},\"Excepts\":{\"good!*@*\":{}}}");
	return log;
}

static void
expect_setting(const StoreAccount *account, const char *name, const char *word)
{
	for (guint i = 0; i < account->items->len; i++) {
		const StoreAccountItem *item = account->items->pdata[i];

		if (strcmp(item->kind, "setting") != 0 || strcmp(item->key, name) != 0)
			continue;
		g_assert_cmpstr(item->value, ==, word);
		return;
	}
	g_error("%s has no setting %s", account->name, name);
}

static bool
has_note(const Import *import, const char *text)
{
	for (guint i = 0; i < import->notes->len; i++)
		if (strcmp(import->notes->pdata[i], text) == 0)
			return true;
	return false;
}

static void
check_account(const Import *import)
{
	const StoreAccount *ann = import_find(import, "ANNIE");
	const StoreAccount *bob = import_find(import, "bob");

	g_assert_cmpstr(ann->name, ==, "Ann");
	g_assert_cmpstr(ann->secret, ==, SECRET);
	g_assert_cmpstr(ann->email, ==, "ann@example.org");
	g_assert_cmpint(ann->registered_at, ==, INT64_C(1500000000000000));
	g_assert_true(ann->verified);
	g_assert_cmpuint(ann->items->len, ==, 8);
	expect_setting(ann, "enforce", "strict");
	expect_setting(ann, "multiclient", "off");
	expect_setting(ann, "always-on", "on");
	expect_setting(ann, "autoreplay", "off");
	g_assert_cmpuint(bob->items->len, ==, 0);
	g_assert_cmpstr(ann->suspended_by, ==, "boss");
	g_assert_cmpint(ann->suspended_at, ==, INT64_C(1577836800000000));
	g_assert_cmpint(ann->suspended_until, ==, INT64_C(1577840400000000));
	g_assert_cmpstr(bob->email, ==, "bob@example.org");
	g_assert_cmpint(bob->registered_at, ==, INT64_C(1500000000000000));
	g_assert_false(bob->verified);
}

static void
test_content(void)
{
	g_autoptr(GError) error = NULL;
	GString *log = make_log();
	g_autoptr(Import) import = import_parse("ergo", log->str, log->len, &error);
	const StoreListEntry *entry;
	const StoreChannel *room;

	g_string_free(log, TRUE);
	g_assert_no_error(error);
	g_assert_cmpuint(import->accounts->len, ==, 2);
	check_account(import);
	g_assert_cmpuint(import->channels->len, ==, 2);
	room = import->channels->pdata[0];
	g_assert_cmpstr(room->name, ==, "#new");
	g_assert_cmpstr(room->modes, ==, "ntL #old");
	g_assert_cmpstr(room->key, ==, "k");
	g_assert_true(has_note(
	    import, "account Ann: is away when no client is there, which it had switched off"));
	g_assert_true(
	    has_note(import, "account Ann: was always on in #old #more, and has to join again"));
	g_assert_cmpuint(room->entries->len, ==, 2);
	room = import->channels->pdata[1];
	g_assert_cmpstr(room->name, ==, "#Old");
	g_assert_cmpstr(room->founder, ==, "Ann");
	g_assert_cmpstr(room->topic, ==, "old times");
	g_assert_cmpstr(room->modes, ==, "nti");
	g_assert_true(has_note(import, "channel #Old: forwarding to no channel is left out"));
	g_assert_cmpuint(room->limit, ==, 9);
	g_assert_cmpuint(room->entries->len, ==, 2);
	entry = room->entries->pdata[0];
	g_assert_cmpint(entry->kind, ==, 'v');
	entry = room->entries->pdata[1];
	g_assert_cmpint(entry->kind, ==, 'b');
	g_assert_cmpstr(entry->set_by, ==, "ann!a@h");
	g_assert_cmpint(entry->set_at, ==, INT64_C(1577836800000000));
}

/* Who was killed while he wrote leaves half a command; the rest is good. */
static void
test_cut(void)
{
	GString *log = make_log();

	for (size_t length = 1; length < log->len; length += 7) {
		g_autoptr(GError) error = NULL;
		g_autofree char *exact = g_memdup2(log->str, length);
		g_autoptr(Import) import = import_parse("ergo", exact, length, &error);

		g_assert_true((import == NULL) == (error != NULL));
	}
	g_string_free(log, TRUE);
}

static void
test_broken(void)
{
	static const char *const cases[] = {"*", "*1\r\n$4\r\nnope\r\n", "*1\r\n$9\r\nab\r\n",
	    "*9\r\n", "*-1\r\n", "*2\r\n$3\r\nset\r\n$1\r\na\r\n", "*1\r\n$7\r\nflushdb\r\n"};

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
	g_test_add_func("/import-ergo-database/content", test_content);
	g_test_add_func("/import-ergo-database/cut", test_cut);
	g_test_add_func("/import-ergo-database/broken", test_broken);
	return g_test_run();
}

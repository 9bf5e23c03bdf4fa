/* SPDX-License-Identifier: MIT */
/* Atheme: records of accounts, nicks, certificates, channels and access. */
#include "import/import_format.h"

#include <string.h>

static const char text[] =
    "DBV 12\nMU AAAAAAAAB Ann $6$salt$hash ann@example.org 1500000000 1500000100 +sC default\n"
    "MDU Ann private:freeze:reason was rude to all\n"
    "MU AAAAAAAAC bob $1$hcspif$nCm4r3S14Me9ifsOPGuJT. bob@example.org 1500000000 0 +sCW default\n"
    "MN Ann Ann 1500000000 1500000100\nMN Ann Annie 1500000000 1500000100\n"
    "MCFP Ann 0123456789abcdef0123456789abcdef01234567\n"
    "MC #room 1500000000 1500000100 +v 272 0 5 key\nMC #lost 1500000000 1500000100 + 0 256 0 \n"
    "MDC #room private:topic:text hello  there\nMDC #room private:topic:setter ann\n"
    "MDC #room private:topic:ts 1500000200\n"
    "CA #room Ann +AFORafhioqrstv 1500000000 Ann\nCA #room bob +Vv 1500000000 Ann\n"
    "MDU Ann private:usercloak ann.example\nMDC #room private:entrymsg be  kind\n"
    "CA #room *!*@evil.example +b 1500000300 Ann\nME Ann bob 1500000000 0 hello\n"
    "DE 1 2 3\n";

static void
test_content(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = import_parse("atheme", text, strlen(text), &error);
	const StoreAccount *ann;
	const StoreAccount *bob;
	const StoreListEntry *entry;
	const StoreChannel *room;

	g_assert_no_error(error);
	g_assert_cmpuint(import->accounts->len, ==, 2);
	ann = import_find(import, "annie");
	g_assert_cmpstr(ann->secret, ==, "$6$salt$hash");
	g_assert_cmpstr(ann->suspended_reason, ==, "was rude to all");
	g_assert_cmpuint(ann->items->len, ==, 3);
	g_assert_cmpstr(((const StoreAccountItem *)ann->items->pdata[2])->value, ==, "ann.example");
	g_assert_true(ann->verified);
	bob = import_find(import, "bob");
	g_assert_cmpstr(bob->secret, ==, "$1$hcspif$nCm4r3S14Me9ifsOPGuJT.");
	g_assert_false(bob->verified);
	g_assert_cmpuint(import->channels->len, ==, 1);
	room = import->channels->pdata[0];
	g_assert_cmpstr(room->name, ==, "#room");
	g_assert_cmpstr(room->registered_by, ==, "Ann");
	g_assert_cmpstr(room->modes, ==, "nt");
	g_assert_cmpstr(room->key, ==, "key");
	g_assert_cmpuint(room->limit, ==, 5);
	g_assert_cmpstr(room->topic, ==, "hello  there");
	g_assert_cmpint(room->topic_set_at, ==, INT64_C(1500000200000000));
	g_assert_cmpstr(room->settings, ==, "entrymsg=be  kind\n");
	g_assert_cmpuint(import->hashes, ==, 2);
	g_assert_cmpuint(import->no_password, ==, 0);
	g_assert_cmpuint(room->entries->len, ==, 2);
	g_assert_cmpint(((const StoreListEntry *)room->entries->pdata[0])->kind, ==, 'v');
	entry = room->entries->pdata[1];
	g_assert_cmpint(entry->kind, ==, 'b');
	g_assert_cmpstr(entry->mask, ==, "*!*@evil.example");
	g_assert_cmpint(entry->set_at, ==, INT64_C(1500000300000000));
	/* The memo, and the channel nobody owns. */
	g_assert_cmpuint(import->notes->len, ==, 2);
	g_assert_cmpstr(
	    import->notes->pdata[0], ==, "line 18: memo of bob to Ann: there are none here");
}

static void
test_broken(void)
{
	static const struct {
		const char *text;
		const char *message;
	} cases[] = {
	    {"", "there is no line DBV: this is no database of Atheme"},
	    {"DBV 12\nMU a b\n", "line 2: MU has 3 words, needs 7"},
	    {"DBV 12\n\nCA #x\n", "line 3: CA has 2 words, needs 4"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Import) import =
		    import_parse("atheme", cases[i].text, strlen(cases[i].text), &error);

		g_assert_null(import);
		g_assert_cmpstr(error->message, ==, cases[i].message);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/import-atheme/content", test_content);
	g_test_add_func("/import-atheme/broken", test_broken);
	return g_test_run();
}

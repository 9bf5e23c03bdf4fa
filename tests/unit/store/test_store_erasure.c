/* SPDX-License-Identifier: MIT */
/* An erased account: its row, what names it, and the job that stays until it is done. */
#include "store/store_erasure.h"

#include "store/store_whowas.h"
#include "store_fixture.h"

#define ANNA INT64_C(4711471147114711)
#define BOB 815

static void
put_account(StoreFixture *fixture, StoreTally *tally, int64_t id, const char *name)
{
	StoreAccount *account = fixture_account(id, name);

	account->email = g_strdup("zyxmail@example.org");
	store_account_add_item(account, "silence", "*!*@zyxhost", "", 0);
	store_put_account(fixture->store, account, tally_answer, tally);
}

static void
add_whowas(StoreFixture *fixture, int64_t id, const char *account)
{
	const StoreWhowas row = {.nick = (char *)"nick",
	    .username = (char *)"~u",
	    .host = (char *)"host",
	    .address = (char *)"192.0.2.1",
	    .real_name = (char *)"Real",
	    .account = (char *)account,
	    .account_id = id,
	    .event = (char *)"quit",
	    .keep = 100};

	store_add_whowas(fixture->store, &row);
}

static void
add_audit(StoreFixture *fixture, StoreTally *tally, const char *who, const char *role,
    const char *method, const char *object, const char *before)
{
	const StoreAudit audit = {.time = 1,
	    .who = (char *)who,
	    .role = (char *)role,
	    .method = (char *)method,
	    .object = (char *)object,
	    .outcome = (char *)"done",
	    .before = (char *)before};

	store_add_audit(fixture->store, &audit, tally_answer, tally);
}

static void
erase_anna(StoreFixture *fixture, StoreTally *tally)
{
	StoreErasure *erasure = store_erasure_new(ANNA, 7);

	g_ptr_array_add(erasure->names, g_strdup("Anna"));
	g_ptr_array_add(erasure->names, g_strdup("anna_2"));
	store_erase_account(fixture->store, erasure, tally_answer, tally);
}

/* "who method object before" of all, oldest first. */
static char *
audit_text(StoreFixture *fixture)
{
	g_autoptr(GPtrArray) rows = store_read_audit(fixture->store, INT64_MAX, 100, NULL, NULL);
	GString *text = g_string_new(NULL);

	for (guint i = rows->len; i-- > 0;) {
		const StoreAudit *row = rows->pdata[i];

		g_string_append_printf(text, "%s %s %s %s|", row->who, row->method, row->object,
		    row->before ? row->before : "-");
	}
	return g_string_free(text, FALSE);
}

static void
test_names(void)
{
	StoreTally tally = {0};
	StoreFixture fixture;
	g_autofree char *text = NULL;
	g_autoptr(GPtrArray) accounts = NULL;
	g_autoptr(GPtrArray) departed = NULL;

	fixture_init(&fixture);
	put_account(&fixture, &tally, ANNA, "Anna");
	put_account(&fixture, &tally, BOB, "bob");
	add_whowas(&fixture, ANNA, "as-she-was-called");
	add_whowas(&fixture, 0, "anna");
	add_whowas(&fixture, BOB, "bob");
	add_whowas(&fixture, 0, NULL);
	add_audit(&fixture, &tally, "uid 0", "administrator", "account.set", "anna", "{\"x\":1}");
	add_audit(&fixture, &tally, "uid 0", "administrator", "account.rename", "old",
	    "{\"id\":4711471147114711}");
	add_audit(&fixture, &tally, "uid 0", "administrator", "account.set", "bob", "{\"x\":1}");
	add_audit(&fixture, &tally, "bob!b@h", "user", "REDACT", "#x m1", "\"said by annA!a@h\"");
	add_audit(&fixture, &tally, "anna_2!a@h", "user", "REDACT", "#x m2", "\"said by bob!b@h\"");
	add_audit(&fixture, &tally, "annax2!a@h", "user", "REDACT", "#x m3", "\"said by ann!b@h\"");
	erase_anna(&fixture, &tally);
	fixture_wait(&fixture, &tally, 9);
	g_assert_cmpuint(tally.failed, ==, 0);
	accounts = store_read_accounts(fixture.store, 0, NULL);
	g_assert_cmpuint(accounts->len, ==, 1);
	g_assert_cmpstr(((const StoreAccount *)accounts->pdata[0])->name, ==, "bob");
	departed = store_read_whowas(fixture.store, 100, NULL);
	g_assert_cmpuint(departed->len, ==, 2);
	g_assert_cmpint(((const StoreWhowas *)departed->pdata[0])->account_id, ==, BOB);
	text = audit_text(&fixture);
	g_assert_cmpstr(text, ==,
	    "uid 0 account.set account 4711471147114711 -|"
	    "uid 0 account.rename account 4711471147114711 -|"
	    "uid 0 account.set bob {\"x\":1}|"
	    "bob!b@h REDACT #x m1 \"said by an erased account\"|"
	    "account 4711471147114711 REDACT #x m2 \"said by bob!b@h\"|"
	    "annax2!a@h REDACT #x m3 \"said by ann!b@h\"|");
	tally_clear(&tally);
	fixture_clear(&fixture);
}

static bool
holds(const StoreFixture *fixture, const char *suffix, const char *word)
{
	g_autofree char *path = g_strconcat(fixture->path, suffix, NULL);
	g_autofree char *content = NULL;
	gsize length = 0;

	return g_file_get_contents(path, &content, &length, NULL) &&
	       memmem(content, length, word, strlen(word)) != NULL;
}

static void
test_job(void)
{
	gint64 limit = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
	StoreTally tally = {0};
	StoreFixture fixture;
	GArray *jobs;

	fixture_init(&fixture);
	put_account(&fixture, &tally, ANNA, "Anna");
	fixture_wait(&fixture, &tally, 1);
	g_assert_true(holds(&fixture, "", "zyxmail") || holds(&fixture, "-wal", "zyxmail"));
	erase_anna(&fixture, &tally);
	fixture_wait(&fixture, &tally, 2);
	fixture_reopen(&fixture);
	jobs = store_read_erasures(fixture.store, NULL);
	g_assert_cmpuint(jobs->len, ==, 1);
	g_assert_cmpint(g_array_index(jobs, int64_t, 0), ==, ANNA);
	g_array_unref(jobs);
	store_end_erasure(fixture.store, ANNA, tally_answer, &tally);
	fixture_wait(&fixture, &tally, 3);
	jobs = store_read_erasures(fixture.store, NULL);
	g_assert_cmpuint(jobs->len, ==, 0);
	g_array_unref(jobs);
	g_assert_cmpuint(tally.failed, ==, 0);
	/* While it is open. */
	while (holds(&fixture, "", "zyxmail") || holds(&fixture, "-wal", "zyxmail")) {
		g_assert_cmpint(g_get_monotonic_time(), <, limit);
		g_usleep(1000);
	}
	tally_clear(&tally);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store-erasure/names", test_names);
	g_test_add_func("/store-erasure/job", test_job);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* What is told of all that is kept of an account: each thing of his, nothing of others, no secret.
 */
#include "act/account_export.h"

#include "act_fixture.h"
#include "domain/name_list.h"
#include "domain/read_markers.h"
#include "domain/silence_list.h"
#include "domain/whowas.h"

#include <string.h>

#define SECRET "SCRAM-SHA-256$4096:c2VjcmV0$never"
#define TOTP "NEVERTOLDNEVERTOLD"
#define DIGEST "never-told-either"
#define FINGERPRINT "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

typedef struct House {
	ActFixture fixture;
	Account *anna;
	Account *bea;
	Session *session; /* anna's */
	Channel *channel;
} House;

static void
fill_account(House *house)
{
	Accounts *accounts = house->fixture.community->accounts;
	Account *anna = house->anna;

	account_set_secret(anna, SECRET);
	account_set_totp(anna, TOTP);
	account_set_email(anna, "anna@example.org");
	account_set_code(anna, ACCOUNT_CODE_RESET, DIGEST, "anna@example.org", anna->registered_at);
	account_suspend(anna, "boss", "spam", anna->registered_at, 0);
	account_set_vhost(anna, "anna.example", true);
	account_want_vhost(anna, "queen.example", anna->registered_at);
	account_see_device(anna, "phone", anna->registered_at);
	accounts_add_nick(accounts, anna, "ann");
	accounts_add_certificate(accounts, anna, FINGERPRINT, anna->registered_at);
	property_list_set(&anna->properties, "url", "https://example.org/", 10);
	anna->silences = silence_list_new();
	silence_list_put(anna->silences, "troll!*@*", SILENCE_PRIVATE);
	anna->accepts = name_list_new();
	name_list_add(anna->accepts, "bea");
	account_set_secret(house->bea, "bea's own");
	account_set_email(house->bea, "bea@example.org");
}

static void
fill_channels(House *house)
{
	Ctx ctx = fixture_administrator(&house->fixture);
	Channel *others = act_make_channel(&ctx, "#others");

	house->channel = act_make_channel(&ctx, "#a");
	channel_set_founder(house->channel, "anna");
	channel_set_topic(house->channel, "tea", "ann!~a@host", house->fixture.now);
	channel_add_member(house->channel, house->session->user, house->fixture.now);
	mask_list_add(&house->channel->lists[CHANNEL_BANS], "x!*@*", "anna!~a@host", 1);
	mask_list_add(&house->channel->lists[CHANNEL_BANS], "y!*@*", "bea!~b@host", 1);
	channel_set_founder(others, "bea");
	channel_set_topic(others, "coffee", "bea!~b@host", house->fixture.now);
}

static void
set_up(House *house, gconstpointer data)
{
	ActFixture *fixture = &house->fixture;
	WhowasEntry departed;

	fixture_init(fixture);
	house->anna = account_new(7, "anna", fixture->now);
	house->bea = account_new(8, "bea", fixture->now);
	accounts_add(fixture->community->accounts, house->anna);
	accounts_add(fixture->community->accounts, house->bea);
	house->session = fixture_user(fixture, "anna");
	user_set_account(house->session->user, house->anna);
	fill_account(house);
	fill_channels(house);
	read_markers_set(fixture->community->read_markers, "=7", "#a", fixture->now);
	read_markers_set(fixture->community->read_markers, "=8", "#others", fixture->now);
	departed = whowas_entry_of(house->session->user, "quit", fixture->now);
	whowas_add(fixture->community->whowas, &departed);
}

static void
tear_down(House *house, gconstpointer data)
{
	fixture_clear(&house->fixture);
}

/* The objects of that type. */
static unsigned
count(const json_t *list, const char *type)
{
	unsigned found = 0;
	const json_t *object;
	size_t index;

	json_array_foreach(list, index, object) found +=
	    g_str_equal(json_string_value(json_object_get(object, "type")), type);
	return found;
}

static const char *
text_of(const json_t *list, const char *type, const char *key)
{
	const json_t *object;
	size_t index;

	json_array_foreach(list, index,
	    object) if (g_str_equal(json_string_value(json_object_get(object, "type")),
			    type)) return json_string_value(json_object_get(object, key));
	return NULL;
}

static void
test_facts(House *house, gconstpointer data)
{
	static const struct {
		const char *type;
		unsigned count;
		const char *key, *value;
	} facts[] = {
	    {"account", 1, "email", "anna@example.org"},
	    {"suspension", 1, "reason", "spam"},
	    {"code", 1, "for", "reset"},
	    {"nick", 1, "nick", "ann"},
	    {"certificate", 1, "fingerprint", FINGERPRINT},
	    {"device", 1, "name", "phone"},
	    {"vhost", 1, "host", "anna.example"},
	    {"vhost request", 1, "host", "queen.example"},
	    {"setting", ACCOUNT_SETTINGS, "name", "enforce"},
	    {"property", 1, "value", "https://example.org/"},
	    {"silence", 1, "mask", "troll!*@*"},
	    {"accept", 1, "name", "bea"},
	    {"channel", 1, "role", "founder"},
	    {"topic", 1, "text", "tea"},
	    {"list entry", 1, "mask", "x!*@*"},
	    {"read marker", 1, "target", "#a"},
	    {"user", 1, "address", "192.0.2.1"},
	    {"whowas", 1, "nick", "anna"},
	};
	json_auto_t *list = account_export(house->fixture.community, house->anna);

	for (unsigned i = 0; i < G_N_ELEMENTS(facts); i++) {
		g_assert_cmpuint(count(list, facts[i].type), ==, facts[i].count);
		g_assert_cmpstr(text_of(list, facts[i].type, facts[i].key), ==, facts[i].value);
	}
}

static void
test_no_secret(House *house, gconstpointer data)
{
	static const char *const never[] = {
	    SECRET, TOTP, DIGEST, "bea's own", "bea@example.org", "coffee", "y!*@*", "#others"};
	json_auto_t *list = account_export(house->fixture.community, house->anna);
	char *written = json_dumps(list, JSON_COMPACT);

	for (unsigned i = 0; i < G_N_ELEMENTS(never); i++)
		g_assert_null(strstr(written, never[i]));
	g_assert_nonnull(strstr(written, "\"password\":true"));
	g_assert_nonnull(strstr(written, "\"second_factor\":true"));
	free(written);
}

/* What old clients said is not UTF-8 always. */
static void
test_bytes(House *house, gconstpointer data)
{
	json_t *list;

	user_set_real_name(house->session->user, "J\xfcrgen");
	list = account_export(house->fixture.community, house->anna);
	g_assert_cmpstr(text_of(list, "user", "real_name"), ==, "J\xef\xbf\xbdrgen");
	json_decref(list);
}

/* However many channels there are: each is looked at once, so many a turn. */
static void
test_slices(House *house, gconstpointer data)
{
	Ctx ctx = fixture_administrator(&house->fixture);
	AccountExport walk = {0};
	unsigned turns = 1;

	for (unsigned i = 0; i < 2 * ACCOUNT_EXPORT_SLICE; i++) {
		g_autofree char *name = g_strdup_printf("#many%u", i);

		channel_set_founder(act_make_channel(&ctx, name), i % 500 ? "bea" : "anna");
	}
	while (account_export_slice(&walk, house->fixture.community, house->anna))
		turns++;
	g_assert_cmpuint(turns, ==, 3);
	g_assert_cmpuint(count(walk.list, "channel"), ==, 1 + 4);
	g_assert_cmpuint(count(walk.list, "account"), ==, 1);
	json_decref(walk.list);
}

static void
test_messages(House *house, gconstpointer data)
{
	HistoryQuestion *question = account_export_question(house->anna, 41, 20, 1000);
	g_autoptr(GPtrArray) rows = g_ptr_array_new();
	HistoryRow said = {.id = 42,
	    .time = house->fixture.now,
	    .said = HISTORY_SAID,
	    .channel = "#a",
	    .msgid = "abc",
	    .kind = "MESSAGE",
	    .verb = "PRIVMSG",
	    .source = "anna!~a@host",
	    .text = "tea?"};
	HistoryAnswer answer = {.rows = rows};
	json_t *object = account_export_row(&said);

	g_assert_cmpint(question->kind, ==, HISTORY_ASK_OWNED);
	g_assert_cmpint(question->owner, ==, 7);
	g_assert_cmpint(question->after, ==, 41);
	g_assert_cmpuint(question->query.limit, ==, 20);
	g_assert_cmpuint(question->query.bytes_max, ==, 1000);
	history_question_free(question);
	g_assert_cmpstr(json_string_value(json_object_get(object, "type")), ==, "message");
	g_assert_cmpstr(json_string_value(json_object_get(object, "target")), ==, "#a");
	g_assert_cmpstr(json_string_value(json_object_get(object, "text")), ==, "tea?");
	g_assert_true(json_is_null(json_object_get(object, "whom")));
	json_decref(object);
	g_assert_cmpint(account_export_next(&answer), ==, 0);
	g_ptr_array_add(rows, &said);
	g_assert_cmpint(account_export_next(&answer), ==, 42);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function)                                                                       \
	g_test_add("/account_export/" name, House, NULL, set_up, function, tear_down)
	TEST("facts", test_facts);
	TEST("no-secret", test_no_secret);
	TEST("bytes", test_bytes);
	TEST("slices", test_slices);
	TEST("messages", test_messages);
	return g_test_run();
}

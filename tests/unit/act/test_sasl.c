/* SPDX-License-Identifier: MIT */
/* Exchanges with a real client of SCRAM: right and wrong keys, channel binding, who may be whom. */
#include "act/sasl.h"

#include "act/login_limit.h"
#include "act_fixture.h"
#include "settings/secret.h"

#include <gsasl.h>
#include <string.h>

static const unsigned char salt[SECRET_SALT_SIZE] = "0123456789abcdef";
static const unsigned char binding[32] = "what both ends of TLS know alone";

typedef struct Desk {
	ActFixture fixture;
	Session *session;
	Account *account;
	bool locks_late; /* the account is suspended once the server has proved itself */
} Desk;

/* What the exchange sent and how it ended. */
static struct {
	GByteArray *challenge; /* NULL: none */
	int ended;             /* SaslResult, or -1 */
	char *text;
} seen;

static void
see_challenge(Ctx *ctx, const unsigned char *bytes, size_t length)
{
	g_clear_pointer(&seen.challenge, g_byte_array_unref);
	seen.challenge = g_byte_array_new();
	g_byte_array_append(seen.challenge, bytes, (guint)length);
}

static void
see_end(Ctx *ctx, SaslResult result, const char *text)
{
	g_free(seen.text);
	seen.text = g_strdup(text);
	seen.ended = (int)result;
}

static const SaslFraming framing = {see_challenge, see_end};

static void
set_up(Desk *desk, gconstpointer data)
{
	g_autofree char *secret = secret_make("pencil", SECRET_ITERATIONS_MIN, salt);

	fixture_init(&desk->fixture);
	fixture_add_pool(&desk->fixture);
	desk->session = fixture_connect(&desk->fixture);
	desk->account = account_new(42, "Anna", 0);
	account_set_secret(desk->account, secret);
	desk->account->verified = true;
	accounts_add(desk->fixture.community->accounts, desk->account);
	accounts_add_nick(desk->fixture.community->accounts, desk->account, "Ann");
	seen.ended = -1;
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	g_clear_pointer(&seen.challenge, g_byte_array_unref);
	g_clear_pointer(&seen.text, g_free);
	fixture_clear(&desk->fixture);
}

static bool
begin(Desk *desk, const char *mechanism)
{
	bool begun;
	Reply reply;
	Ctx ctx;

	seen.ended = -1;
	fixture_begin(&desk->fixture, desk->session, &ctx, &reply);
	begun = sasl_begin(&ctx, &framing, mechanism);
	fixture_end(&desk->fixture, &ctx);
	return begun;
}

static void
respond(Desk *desk, const char *bytes, size_t length)
{
	Reply reply;
	Ctx ctx;

	fixture_begin(&desk->fixture, desk->session, &ctx, &reply);
	sasl_respond(&ctx, bytes, length);
	fixture_end(&desk->fixture, &ctx);
	fixture_settle(&desk->fixture, desk->session);
}

static void
set_binding(Gsasl_session *client)
{
	g_autofree char *text = g_base64_encode(binding, sizeof binding);

	gsasl_property_set(client, GSASL_CB_TLS_EXPORTER, text);
}

/* One whole exchange as a client has it; true if it believes the server. */
static bool
run_client(Desk *desk, const char *mechanism, const char *name, const char *password, bool bound,
    const char *authzid)
{
	bool believes = false;
	Gsasl_session *client;
	Gsasl *library;
	char *output;
	size_t length;
	int code;

	if (!begin(desk, mechanism))
		return false;
	g_assert_cmpint(gsasl_init(&library), ==, GSASL_OK);
	g_assert_cmpint(gsasl_client_start(library, mechanism, &client), ==, GSASL_OK);
	gsasl_property_set(client, GSASL_AUTHID, name);
	gsasl_property_set(client, GSASL_PASSWORD, password);
	if (authzid)
		gsasl_property_set(client, GSASL_AUTHZID, authzid);
	if (bound)
		set_binding(client);
	while (seen.ended < 0) {
		code = gsasl_step(client, (const char *)seen.challenge->data, seen.challenge->len,
		    &output, &length);
		if (code != GSASL_OK && code != GSASL_NEEDS_MORE)
			break;
		believes = code == GSASL_OK;
		if (believes && desk->locks_late)
			account_suspend(desk->account, "root", "spam", 0, 0);
		respond(desk, output, length);
		gsasl_free(output);
	}
	gsasl_finish(client);
	gsasl_done(library);
	return believes && seen.ended == SASL_LOGGED_IN;
}

static void
test_scram(Desk *desk, gconstpointer data)
{
	g_assert_true(run_client(desk, "SCRAM-SHA-256", "anna", "pencil", false, NULL));
	g_assert_cmpint(desk->session->registration->account, ==, 42);
	g_assert_true(run_client(desk, "SCRAM-SHA-256", "ann", "pencil", false, "Anna"));
	g_assert_false(run_client(desk, "SCRAM-SHA-256", "anna", "pen", false, NULL));
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
	g_assert_false(run_client(desk, "SCRAM-SHA-256", "anna", "pencil", false, "root"));
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
	g_assert_false(sasl_is_open(desk->session));
}

/* A name that is not there gets a salt all the same, and always this one. */
static void
test_nobody(Desk *desk, gconstpointer data)
{
	static const char first[] = "n,,n=nobody,r=abcdefgh";
	g_autoptr(GPtrArray) salts = g_ptr_array_new_with_free_func(g_free);

	for (unsigned i = 0; i < 2; i++) {
		g_auto(GStrv) parts = NULL;
		g_autofree char *text = NULL;

		g_assert_true(begin(desk, "SCRAM-SHA-256"));
		respond(desk, first, strlen(first));
		g_assert_cmpint(seen.ended, ==, -1);
		text = g_strndup((const char *)seen.challenge->data, seen.challenge->len);
		parts = g_strsplit(text, ",", -1);
		g_assert_true(g_str_has_prefix(parts[1], "s="));
		g_ptr_array_add(salts, g_strdup(parts[1]));
		sasl_drop(desk->session);
	}
	g_assert_cmpstr(salts->pdata[0], ==, salts->pdata[1]);
	g_assert_false(run_client(desk, "SCRAM-SHA-256", "nobody", "pencil", false, NULL));
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
}

static void
test_plus(Desk *desk, gconstpointer data)
{
	/* Without TLS it is not there. */
	g_assert_false(begin(desk, "SCRAM-SHA-256-PLUS"));
	desk->session->peer.tls = true;
	desk->session->peer.tls_exporter = g_bytes_new(binding, sizeof binding);
	g_assert_true(run_client(desk, "SCRAM-SHA-256-PLUS", "anna", "pencil", true, NULL));
	g_assert_cmpint(seen.ended, ==, SASL_LOGGED_IN);
	/* Somebody sits in between. */
	g_bytes_unref(desk->session->peer.tls_exporter);
	desk->session->peer.tls_exporter = g_bytes_new("otherwise", 9);
	g_assert_false(run_client(desk, "SCRAM-SHA-256-PLUS", "anna", "pencil", true, NULL));
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
}

static void
test_plain(Desk *desk, gconstpointer data)
{
	static const struct {
		const char *bytes;
		size_t length;
		int result;
	} cases[] = {
	    {"\0anna\0pencil", 12, SASL_LOGGED_IN},
	    {"anna\0anna\0pencil", 16, SASL_LOGGED_IN},
	    {"\0ann\0pencil", 11, SASL_LOGGED_IN},
	    {"\0anna\0pen", 9, SASL_FAILED},
	    {"\0nobody\0pencil", 14, SASL_FAILED},
	    {"root\0anna\0pencil", 16, SASL_FAILED},
	    {"\0\0pencil", 8, SASL_FAILED},
	    {"\0anna\0", 6, SASL_FAILED},
	    {"\0anna\0pencil\0", 13, SASL_FAILED},
	    {"anna", 4, SASL_FAILED},
	    {"", 0, SASL_FAILED},
	    {"\0anna\0\xff", 7, SASL_FAILED},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_assert_true(begin(desk, "plain"));
		g_assert_cmpuint(seen.challenge->len, ==, 0);
		respond(desk, cases[i].bytes, cases[i].length);
		g_test_message("case %u", i);
		g_assert_cmpint(seen.ended, ==, cases[i].result);
	}
}

static void
test_external(Desk *desk, gconstpointer data)
{
	g_assert_false(begin(desk, "EXTERNAL"));
	desk->session->peer.tls = true;
	g_assert_true(begin(desk, "EXTERNAL"));
	respond(desk, "", 0);
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
	g_free(desk->session->peer.certificate_fingerprint);
	desk->session->peer.certificate_fingerprint = g_strdup("ab12");
	accounts_add_certificate(desk->fixture.community->accounts, desk->account, "ab12", 0);
	g_assert_true(begin(desk, "EXTERNAL"));
	respond(desk, "", 0);
	g_assert_cmpint(seen.ended, ==, SASL_LOGGED_IN);
	g_assert_true(begin(desk, "EXTERNAL"));
	respond(desk, "ANN", 3);
	g_assert_cmpint(seen.ended, ==, SASL_LOGGED_IN);
	g_assert_true(begin(desk, "EXTERNAL"));
	respond(desk, "root", 4);
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
}

static void
test_locked(Desk *desk, gconstpointer data)
{
	account_suspend(desk->account, "root", "spam", 0, 0);
	g_assert_false(run_client(desk, "SCRAM-SHA-256", "anna", "pencil", false, NULL));
	g_assert_cmpint(seen.ended, ==, SASL_LOCKED);
	g_assert_cmpstr(seen.text, ==, "The account is suspended");
	g_assert_true(begin(desk, "PLAIN"));
	respond(desk, "\0anna\0pencil", 12);
	g_assert_cmpint(seen.ended, ==, SASL_LOCKED);
}

/* Between the server's last line and the client's. */
static void
test_locked_late(Desk *desk, gconstpointer data)
{
	desk->locks_late = true;
	g_assert_false(run_client(desk, "SCRAM-SHA-256", "anna", "pencil", false, NULL));
	g_assert_cmpint(seen.ended, ==, SASL_LOCKED);
	g_assert_cmpstr(seen.text, ==, "The account is suspended");
	g_assert_cmpint(desk->session->registration->account, ==, 0);
}

/* Who guesses has to wait; what is right in between does not help. */
static void
test_limit(Desk *desk, gconstpointer data)
{
	Ctx ctx;

	desk->fixture.settings->accounts->login_failures = 2;
	g_assert_true(begin(desk, "PLAIN"));
	respond(desk, "\0anna\0pen", 9);
	g_assert_true(run_client(desk, "SCRAM-SHA-256", "anna", "pencil", false, NULL));
	g_assert_true(begin(desk, "PLAIN"));
	respond(desk, "", 0);
	g_assert_true(begin(desk, "PLAIN"));
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
	g_assert_nonnull(strstr(seen.text, "Too many failed logins"));
	/* Nor does one help that began before. */
	desk->fixture.now += desk->fixture.settings->accounts->login_window;
	g_assert_true(begin(desk, "PLAIN"));
	ctx = fixture_administrator(&desk->fixture);
	for (unsigned i = 0; i < 2; i++)
		login_abandoned(&ctx, "bea", desk->session->peer.address);
	respond(desk, "\0anna\0pencil", 12);
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
	desk->fixture.now += desk->fixture.settings->accounts->login_window;
	g_assert_true(run_client(desk, "SCRAM-SHA-256", "anna", "pencil", false, NULL));
}

static void
test_offer(Desk *desk, gconstpointer data)
{
	SettingsAccounts *settings = desk->fixture.settings->accounts;
	g_autofree char *plain = NULL;
	g_autofree char *tls = NULL;
	g_autofree char *none = NULL;
	Reply reply;
	Ctx ctx;

	fixture_begin(&desk->fixture, desk->session, &ctx, &reply);
	plain = sasl_mechanisms(&ctx, false);
	g_assert_cmpstr(plain, ==, "PLAIN,SCRAM-SHA-256");
	settings->mechanisms |= MECHANISM_ANONYMOUS;
	tls = sasl_mechanisms(&ctx, true);
	g_assert_cmpstr(tls, ==, "PLAIN,EXTERNAL,SCRAM-SHA-256,SCRAM-SHA-256-PLUS,ANONYMOUS");
	settings->mechanisms = MECHANISM_PLAIN;
	settings->plain_without_tls = false;
	none = sasl_mechanisms(&ctx, false);
	g_assert_cmpstr(none, ==, "");
	fixture_end(&desk->fixture, &ctx);
}

static void
test_anonymous(Desk *desk, gconstpointer data)
{
	g_assert_false(begin(desk, "ANONYMOUS"));
	desk->fixture.settings->accounts->mechanisms |= MECHANISM_ANONYMOUS;
	g_assert_true(begin(desk, "ANONYMOUS"));
	respond(desk, "who@example", 11);
	g_assert_cmpint(seen.ended, ==, SASL_LOGGED_IN);
	g_assert_cmpint(desk->session->registration->account, ==, 0);
	g_assert_true(desk->session->registration->anonymous);
}

/* A hash of another service lets in once, and is ours from then on. */
static void
test_foreign(Desk *desk, gconstpointer data)
{
	account_set_secret(
	    desk->account, "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
	g_assert_false(run_client(desk, "SCRAM-SHA-256", "anna", "U*U", false, NULL));
	g_assert_true(begin(desk, "PLAIN"));
	respond(desk, "\0anna\0U*V", 9);
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
	g_assert_true(secret_is_foreign(desk->account->secret));
	g_assert_true(begin(desk, "PLAIN"));
	respond(desk, "\0anna\0U*U", 9);
	g_assert_cmpint(seen.ended, ==, SASL_LOGGED_IN);
	g_assert_true(secret_is_valid(desk->account->secret));
	g_assert_true(run_client(desk, "SCRAM-SHA-256", "anna", "U*U", false, NULL));
}

/* What has no place for a code is not enough. */
static void
test_second_factor(Desk *desk, gconstpointer data)
{
	account_set_totp(desk->account, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	g_assert_false(run_client(desk, "SCRAM-SHA-256", "anna", "pencil", false, NULL));
	g_assert_cmpint(seen.ended, ==, SASL_LOCKED);
	g_assert_true(begin(desk, "PLAIN"));
	respond(desk, "\0anna\0pencil", 12);
	g_assert_cmpint(seen.ended, ==, SASL_FAILED);
}

/* Who completes the connection in the middle of it comes in without an account. */
static void
test_completed(Desk *desk, gconstpointer data)
{
	Registration *said = desk->session->registration;
	Reply reply;
	Ctx ctx;

	said->negotiating = true;
	g_assert_true(begin(desk, "PLAIN"));
	fixture_begin(&desk->fixture, desk->session, &ctx, &reply);
	g_assert_cmpint(act_nick(&ctx, NULL, "bea"), ==, OUTCOME_DONE);
	said->username = g_strdup("~bea");
	said->real_name = g_strdup("Bea");
	act_try_register(&ctx, desk->session);
	g_assert_true(sasl_is_open(desk->session));
	said->negotiating = false;
	act_try_register(&ctx, desk->session);
	fixture_end(&desk->fixture, &ctx);
	g_assert_cmpint(seen.ended, ==, SASL_ABORTED);
	g_assert_nonnull(desk->session->user);
	g_assert_null(desk->session->user->account);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add("/sasl/" name, Desk, NULL, set_up, function, tear_down)
	TEST("scram", test_scram);
	TEST("nobody", test_nobody);
	TEST("plus", test_plus);
	TEST("plain", test_plain);
	TEST("external", test_external);
	TEST("locked", test_locked);
	TEST("locked-late", test_locked_late);
	TEST("limit", test_limit);
	TEST("offer", test_offer);
	TEST("anonymous", test_anonymous);
	TEST("completed", test_completed);
	TEST("foreign", test_foreign);
	TEST("second-factor", test_second_factor);
	return g_test_run();
}

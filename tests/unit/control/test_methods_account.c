/* SPDX-License-Identifier: MIT */
/* account.*: from the first to the last call about one account, and what is refused. */
#include "control/method.h"

#include "control.h"
#include "control_fixture.h"
#include "domain/accounts.h"
#include "settings/secret.h"

#include <pthread.h>

/* `params` goes along. */
static json_t *
result_of(TestPeer *peer, const char *method, json_t *params)
{
	g_autoptr(json_t) given = params;
	g_autofree char *text = json_compact(given);

	return test_peer_result(peer, method, text);
}

static void
assert_refused(TestPeer *peer, const char *method, json_t *params, int code)
{
	g_autoptr(json_t) given = params;
	g_autofree char *text = json_compact(given);

	g_free(test_peer_error(peer, method, text, code));
}

static void
assert_done(TestPeer *peer, const char *method, json_t *params)
{
	g_autoptr(json_t) result = result_of(peer, method, params);

	g_assert_true(json_is_true(result));
}

static void
test_life(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) got = NULL;
	g_autoptr(json_t) list = NULL;
	Account *account;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	assert_done(&peer, "account.add",
	    json_pack("{s:s,s:s,s:s}", "account", "Anna", "password", "a password", "email",
		"anna@example.org"));
	account = accounts_find(fixture.community->accounts, "anna");
	g_assert_nonnull(account);
	g_assert_true(secret_verify(account->secret, "a password"));
	assert_done(&peer, "account.set_password",
	    json_pack("{s:s,s:s}", "account", "anna", "password", "another"));
	g_assert_true(secret_verify(account->secret, "another"));
	assert_done(
	    &peer, "account.group", json_pack("{s:s,s:s}", "account", "anna", "nick", "ann"));
	assert_done(&peer, "account.set",
	    json_pack("{s:s,s:s,s:s}", "account", "ann", "setting", "enforce", "value", "strict"));
	assert_done(&peer, "account.suspend",
	    json_pack("{s:s,s:s,s:i}", "account", "anna", "reason", "spam", "seconds", 60));
	got = result_of(&peer, "account.get", json_pack("{s:s}", "account", "anna"));
	g_assert_cmpstr(json_text_at(got, "account.name"), ==, "Anna");
	g_assert_cmpstr(json_text_at(got, "account.email"), ==, "anna@example.org");
	g_assert_cmpstr(json_text_at(got, "account.nicks.0"), ==, "ann");
	g_assert_cmpstr(json_text_at(got, "account.settings.enforce"), ==, "strict");
	g_assert_cmpstr(json_text_at(got, "account.suspension.reason"), ==, "spam");
	g_assert_true(json_is_true(json_at(got, "account.suspended")));
	g_assert_null(json_at(got, "account.secret"));
	assert_done(&peer, "account.unsuspend", json_pack("{s:s}", "account", "anna"));
	assert_done(
	    &peer, "account.rename", json_pack("{s:s,s:s}", "account", "anna", "name", "Bea"));
	list = result_of(&peer, "account.list", json_pack("{s:i}", "limit", 10));
	g_assert_cmpstr(json_text_at(list, "list.0.name"), ==, "Bea");
	g_assert_cmpint(json_integer_value(json_at(list, "total")), ==, 1);
	assert_done(&peer, "account.remove", json_pack("{s:s}", "account", "bea"));
	g_assert_cmpuint(accounts_count(fixture.community->accounts), ==, 0);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* A login that takes for ever, of as many as there are threads for. */
typedef struct Login {
	Job job; /* first */
	pthread_mutex_t *gate;
} Login;

static void
login_run(Job *job)
{
	Login *login = (Login *)job;

	pthread_mutex_lock(login->gate);
	pthread_mutex_unlock(login->gate);
}

static void
login_done(Job *job)
{
	g_free(job);
}

/* However many log in, an administrator's password is hashed at once. */
static void
test_flood_of_logins(void)
{
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	pthread_mutex_lock(&gate);
	for (unsigned i = 0; i < 100; i++) {
		Login *login = g_new0(Login, 1);

		login->job.run = login_run;
		login->job.done = login_done;
		login->gate = &gate;
		g_assert_true(work_submit(fixture.pool, WORK_SECRETS, &login->job, 1000));
	}
	assert_done(&peer, "account.add",
	    json_pack("{s:s,s:s}", "account", "anna", "password", "a password"));
	assert_done(&peer, "account.set_password",
	    json_pack("{s:s,s:s}", "account", "anna", "password", "another"));
	pthread_mutex_unlock(&gate);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* The account is erased while its new password is hashed, and somebody else registers the name. */
static void
test_name_changes_hands(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) answer = NULL;
	Account *next;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	assert_done(&peer, "account.add", json_pack("{s:s}", "account", "anna"));
	test_peer_send(&peer, "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"account.set_password\","
			      "\"params\":{\"account\":\"anna\",\"password\":\"for the first\"}}");
	accounts_remove(
	    fixture.community->accounts, accounts_find(fixture.community->accounts, "anna"));
	next = account_new(4242, "anna", 1);
	accounts_add(fixture.community->accounts, next);
	answer = test_peer_next(&peer);
	g_assert_cmpint(json_integer_value(json_at(answer, "id")), ==, 7);
	g_assert_cmpstr(json_text_at(answer, "error.message"), ==, "Account not found");
	g_assert_cmpstr(next->secret, ==, "");
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_hosts(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) list = NULL;
	Account *account;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	assert_done(&peer, "account.add", json_pack("{s:s}", "account", "bea"));
	account = accounts_find(fixture.community->accounts, "bea");
	account_want_vhost(account, "bea.example", 1);
	list = result_of(&peer, "account.list", json_pack("{s:i}", "limit", 10));
	g_assert_cmpstr(json_text_at(list, "list.0.vhost_wanted"), ==, "bea.example");
	assert_done(&peer, "account.approve_vhost", json_pack("{s:s}", "account", "bea"));
	g_assert_cmpstr(account->vhost.host, ==, "bea.example");
	assert_refused(&peer, "account.approve_vhost", json_pack("{s:s}", "account", "bea"),
	    CONTROL_ERROR_REFUSED);
	assert_refused(&peer, "account.reject_vhost", json_pack("{s:s}", "account", "bea"),
	    CONTROL_ERROR_REFUSED);
	assert_refused(&peer, "account.set_vhost",
	    json_pack("{s:s,s:s}", "account", "bea", "host", "192.0.2.1"),
	    CONTROL_ERROR_INVALID_PARAMS);
	assert_done(
	    &peer, "account.set_vhost", json_pack("{s:s,s:s}", "account", "bea", "host", ""));
	g_assert_cmpstr(account->vhost.host, ==, "");
	account_set_totp(account, "GEZDGNBV");
	assert_done(&peer, "account.disable_totp", json_pack("{s:s}", "account", "bea"));
	g_assert_cmpstr(account->totp, ==, "");
	account->verified = false;
	assert_done(&peer, "account.verify", json_pack("{s:s}", "account", "bea"));
	g_assert_true(account->verified);
	assert_refused(
	    &peer, "account.verify", json_pack("{s:s}", "account", "bea"), CONTROL_ERROR_REFUSED);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

static void
test_refused(void)
{
	ControlFixture fixture;
	TestPeer peer;

	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	assert_done(&peer, "account.add", json_pack("{s:s}", "account", "anna"));
	assert_refused(&peer, "account.add", json_pack("{s:s}", "account", "ANNA"),
	    CONTROL_ERROR_ALREADY_EXISTS);
	assert_refused(&peer, "account.add",
	    json_pack("{s:s,s:s}", "account", "carl", "email", "a@b.example Bcc"),
	    CONTROL_ERROR_INVALID_PARAMS);
	assert_refused(&peer, "account.add", json_pack("{s:s}", "account", "0wrong"),
	    CONTROL_ERROR_INVALID_NAME);
	assert_refused(&peer, "account.add", json_pack("{s:s}", "account", "NickServ"),
	    CONTROL_ERROR_INVALID_NAME);
	assert_refused(
	    &peer, "account.get", json_pack("{s:s}", "account", "bea"), CONTROL_ERROR_NOT_FOUND);
	assert_refused(&peer, "account.set",
	    json_pack("{s:s,s:s,s:s}", "account", "anna", "setting", "no", "value", "x"),
	    CONTROL_ERROR_INVALID_PARAMS);
	assert_refused(&peer, "account.set_email",
	    json_pack("{s:s,s:s}", "account", "anna", "email", "nonsense"),
	    CONTROL_ERROR_INVALID_PARAMS);
	assert_refused(&peer, "account.unsuspend", json_pack("{s:s}", "account", "anna"),
	    CONTROL_ERROR_REFUSED);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/methods_account/life", test_life);
	g_test_add_func("/methods_account/flood_of_logins", test_flood_of_logins);
	g_test_add_func("/methods_account/name_changes_hands", test_name_changes_hands);
	g_test_add_func("/methods_account/hosts", test_hosts);
	g_test_add_func("/methods_account/refused", test_refused);
	return g_test_run();
}

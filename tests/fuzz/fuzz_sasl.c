/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "proto/caps.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
say(ActFixture *fixture, Session *session, const char *text, size_t length)
{
	g_autofree char *parameter = g_strndup(text, length);
	g_autofree char *line = g_strconcat("AUTHENTICATE ", parameter, NULL);
	MessageStatus status;
	Message message;
	Reply reply;
	Ctx ctx;

	if (session->stage == SESSION_CLOSING || session->pending)
		return;
	status = message_parse(line, strlen(line), &message);
	fixture_begin(fixture, session, &ctx, &reply);
	if (cmd_dispatch(&ctx, &message, status) == OUTCOME_PENDING)
		reply_abandon(&reply);
	else
		fixture_end(fixture, &ctx);
}

/* Parameters of AUTHENTICATE, a line each, on TLS with a certificate and all mechanisms: whatever
 * is said, nobody is logged in without a secret and what is held is bounded. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	Account *account = account_new(1, "anna", 0);
	ActFixture fixture;
	Session *session;

	fixture_init(&fixture);
	account->verified = true;
	account_set_secret(account,
	    "SCRAM-SHA-256$4096:MDEyMzQ1Njc4OWFiY2RlZg==$hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowb"
	    "Dlg=:VN7TGXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI=");
	accounts_add(fixture.community->accounts, account);
	fixture.settings->accounts->mechanisms = ~0u;
	fixture.settings->accounts->login_failures = G_MAXUINT;
	g_free(fixture.settings->oauth->key_file);
	fixture.settings->oauth->key_file = g_strdup("no-such-file");
	session = fixture_connect(&fixture);
	session->caps = CAP_SASL;
	session->peer.tls = true;
	session->peer.tls_exporter = g_bytes_new_static("0123456789abcdef0123456789abcdef", 32);
	g_free(session->peer.certificate_fingerprint);
	session->peer.certificate_fingerprint = g_strdup("ab12");
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop ? stop : end) - at);

		say(&fixture, session, at, length);
		g_assert_cmpint(session->registration->account, ==, 0);
		g_assert_true(!session->sasl_collected || session->sasl_collected->len < 16384);
		at += length + 1;
	}
	g_free(fixture_read(&fixture, session));
	fixture_clear(&fixture);
	return 0;
}

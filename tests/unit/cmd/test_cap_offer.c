/* SPDX-License-Identifier: MIT */
/* Capabilities that depend on settings and on the connection: whether they are there, with what. */
#include "cmd/cap_offer.h"

#include "act_fixture.h"
#include "proto/caps.h"

typedef struct Desk {
	ActFixture fixture;
	Session *session;
	Ctx ctx;
	Reply reply;
} Desk;

static void
set_up(Desk *desk, gconstpointer data)
{
	fixture_init(&desk->fixture);
	desk->session = fixture_connect(&desk->fixture);
	fixture_begin(&desk->fixture, desk->session, &desk->ctx, &desk->reply);
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	fixture_end(&desk->fixture, &desk->ctx);
	fixture_clear(&desk->fixture);
}

static void
assert_word(Desk *desk, unsigned index, bool values, const char *expected)
{
	g_autofree char *word = cap_offer_word(&desk->ctx, index, values);

	g_assert_true(caps_offered(&desk->ctx) & (UINT64_C(1) << index));
	g_assert_cmpstr(word, ==, expected);
}

static void
test_sasl(Desk *desk, gconstpointer data)
{
	SettingsAccounts *settings = desk->fixture.settings->accounts;

	assert_word(desk, CAP_SASL_INDEX, true, "sasl=PLAIN,SCRAM-SHA-256");
	assert_word(desk, CAP_SASL_INDEX, false, "sasl");
	desk->session->peer.tls = true;
	assert_word(
	    desk, CAP_SASL_INDEX, true, "sasl=PLAIN,EXTERNAL,SCRAM-SHA-256,SCRAM-SHA-256-PLUS");
	settings->mechanisms = 0;
	g_assert_false(caps_offered(&desk->ctx) & CAP_SASL);
}

static void
test_account_registration(Desk *desk, gconstpointer data)
{
	SettingsAccounts *settings = desk->fixture.settings->accounts;

	assert_word(desk, CAP_ACCOUNT_REGISTRATION_INDEX, true,
	    "draft/account-registration=before-connect");
	settings->email_required = true;
	settings->custom_names = true;
	assert_word(desk, CAP_ACCOUNT_REGISTRATION_INDEX, true,
	    "draft/account-registration=before-connect,email-required,custom-account-name");
	settings->before_connect = settings->email_required = settings->custom_names = false;
	assert_word(desk, CAP_ACCOUNT_REGISTRATION_INDEX, true, "draft/account-registration");
	settings->registration = false;
	g_assert_false(caps_offered(&desk->ctx) & CAP_ACCOUNT_REGISTRATION);
}

static void
test_limits(Desk *desk, gconstpointer data)
{
	SettingsLimits *limits = desk->fixture.settings->limits;

	limits->multiline_bytes = 1024;
	limits->multiline_lines = 7;
	limits->property_subscriptions = 3;
	limits->properties = 2;
	limits->property_bytes = 40;
	assert_word(desk, CAP_BATCH_INDEX, true, "batch");
	assert_word(desk, CAP_MULTILINE_INDEX, true, "draft/multiline=max-bytes=1024,max-lines=7");
	assert_word(desk, CAP_MULTILINE_INDEX, false, "draft/multiline");
	assert_word(desk, CAP_METADATA_2_INDEX, true,
	    "draft/metadata-2=before-connect,max-subs=3,max-keys=2,max-value-bytes=40");
	assert_word(desk, CAP_METADATA_3_INDEX, true,
	    "draft/metadata-3=before-connect,max-subs=3,max-keys=2,max-value-bytes=40");
}

/* What one offer writes is not taken for another's. */
static void
test_relaymsg(Desk *desk, gconstpointer data)
{
	SettingsCommunity *own = g_ptr_array_index(desk->fixture.settings->communities, 0);

	assert_word(desk, CAP_RELAYMSG_INDEX, true, "draft/relaymsg=/");
	*own->relay_separators = '\0';
	g_assert_false(caps_offered(&desk->ctx) & CAP_RELAYMSG);
	g_assert_true(caps_offered(&desk->ctx) & CAP_MULTILINE);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define TEST(name, function) g_test_add("/cap_offer/" name, Desk, NULL, set_up, function, tear_down)
	TEST("sasl", test_sasl);
	TEST("account-registration", test_account_registration);
	TEST("limits", test_limits);
	TEST("relaymsg", test_relaymsg);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* What other settings change of the offers: who is told, in which words, and what is taken away. */
#include "cmd/cap_news.h"

#include "act_fixture.h"
#include "proto/caps.h"

typedef struct Desk {
	ActFixture fixture;
	Session *anna;
	Ctx ctx;
} Desk;

static void
set_up(Desk *desk, gconstpointer data)
{
	fixture_init(&desk->fixture);
	desk->anna = fixture_user(&desk->fixture, "anna");
	desk->anna->cap_version = 302;
	desk->anna->caps = CAP_CAP_NOTIFY;
	desk->ctx = fixture_administrator(&desk->fixture);
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	fixture_clear(&desk->fixture);
}

static void
tell_all(Desk *desk, CapNews *news)
{
	community_set_settings(desk->fixture.community, desk->fixture.settings, g_new0(char *, 1));
	g_assert_false(cap_news_tell(news, &desk->ctx));
}

static void
test_nothing_changed(Desk *desk, gconstpointer data)
{
	g_autoptr(CapNews) news = cap_news_new(&desk->ctx);

	tell_all(desk, news);
	fixture_expect(&desk->fixture, desk->anna, "");
}

static void
test_another_value(Desk *desk, gconstpointer data)
{
	Session *old = fixture_user(&desk->fixture, "old");
	Session *plain = fixture_user(&desk->fixture, "plain");
	g_autoptr(CapNews) news = cap_news_new(&desk->ctx);

	old->caps = CAP_CAP_NOTIFY; /* knows no values */
	plain->cap_version = 302;   /* did not ask to be told */
	desk->fixture.settings->accounts->mechanisms = MECHANISM_PLAIN;
	tell_all(desk, news);
	fixture_expect(&desk->fixture, desk->anna, ":chatd.localhost CAP anna NEW :sasl=PLAIN|");
	fixture_expect(&desk->fixture, old, "");
	fixture_expect(&desk->fixture, plain, "");
}

/* What is withdrawn is taken from everybody, told or not. */
static void
test_withdrawn(Desk *desk, gconstpointer data)
{
	Session *plain = fixture_user(&desk->fixture, "plain");
	g_autoptr(CapNews) news = cap_news_new(&desk->ctx);

	desk->anna->caps |= CAP_SASL;
	plain->caps = CAP_SASL;
	desk->fixture.settings->accounts->mechanisms = 0;
	tell_all(desk, news);
	fixture_expect(&desk->fixture, desk->anna, ":chatd.localhost CAP anna DEL :sasl|");
	fixture_expect(&desk->fixture, plain, "");
	g_assert_cmphex(desk->anna->caps, ==, CAP_CAP_NOTIFY);
	g_assert_cmphex(plain->caps, ==, 0);
}

/* IRCv3 sts: it is never withdrawn, but ended over TLS. */
static void
test_sts_ends(Desk *desk, gconstpointer data)
{
	SettingsCommunity *settings = g_ptr_array_index(desk->fixture.settings->communities, 0);
	Session *secure = fixture_user(&desk->fixture, "secure");
	CapNews *news;

	secure->cap_version = 302;
	secure->caps = CAP_CAP_NOTIFY;
	secure->peer.tls = true;
	secure->peer.tls_host = g_strdup("irc.example");
	settings->sts_port = 6697;
	settings->sts_duration = 60 * G_USEC_PER_SEC;
	community_set_settings(desk->fixture.community, desk->fixture.settings, g_new0(char *, 1));
	news = cap_news_new(&desk->ctx);
	settings->sts_port = 0;
	tell_all(desk, news);
	fixture_expect(&desk->fixture, desk->anna, "");
	fixture_expect(&desk->fixture, secure, ":chatd.localhost CAP secure NEW :sts=duration=0|");
	cap_news_free(news);
}

static void
test_tokens(Desk *desk, gconstpointer data)
{
	g_autoptr(CapNews) news = cap_news_new(&desk->ctx);

	desk->anna->caps |= CAP_EXTENDED_ISUPPORT;
	desk->fixture.settings->limits->nick = 20;
	tell_all(desk, news);
	fixture_expect(&desk->fixture, desk->anna,
	    ":chatd.localhost 005 anna NICKLEN=20 :are supported by this server|");
}

/* No turn tells more than a slice; everybody is told once. */
static void
test_slices(Desk *desk, gconstpointer data)
{
	g_autoptr(GPtrArray) many = g_ptr_array_new();
	g_autoptr(CapNews) news = NULL;
	unsigned slices = 1;

	for (unsigned i = 0; i < CAP_NEWS_SLICE + 5; i++) {
		Session *session = fixture_connect(&desk->fixture);

		session->cap_version = 302;
		session->caps = CAP_CAP_NOTIFY;
		g_ptr_array_add(many, session);
	}
	news = cap_news_new(&desk->ctx);
	desk->fixture.settings->accounts->mechanisms = MECHANISM_PLAIN;
	for (; cap_news_tell(news, &desk->ctx); slices++)
		g_assert_cmpuint(slices, <, 10);
	g_assert_cmpuint(slices, ==, 2);
	for (guint i = 0; i < many->len; i++)
		fixture_expect(
		    &desk->fixture, many->pdata[i], ":chatd.localhost CAP * NEW :sasl=PLAIN|");
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(Desk *, gconstpointer);
	} tests[] = {
	    {"/cap-news/nothing-changed", test_nothing_changed},
	    {"/cap-news/another-value", test_another_value},
	    {"/cap-news/withdrawn", test_withdrawn},
	    {"/cap-news/sts-ends", test_sts_ends},
	    {"/cap-news/tokens", test_tokens},
	    {"/cap-news/slices", test_slices},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Desk, NULL, set_up, tests[i].run, tear_down);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* Notices: every kind has an event that leads to it, and its text; other events have none. */
#include "out/notices.h"
#include "out_fixture.h"
#include "proto/modes.h"
#include "proto/notices.h"

static void
test_texts(OutFixture *fixture, gconstpointer data)
{
	static const struct {
		EventKind event;
		unsigned kind;
		const char *text, *notice;
	} cases[] = {
	    {EVENT_ACCOUNT_RECORD, NOTICE_ACCOUNTS, "removed", "Account acc: removed, by root"},
	    {EVENT_CONNECTED, NOTICE_CONNECTS, NULL,
		"Connected: ann (~u@host) [192.0.2.1] [Real Name]"},
	    {EVENT_QUIT, NOTICE_DISCONNECTS, "bye",
		"Disconnected: ann (~u@host) [192.0.2.1] [bye]"},
	    {EVENT_FLOOD, NOTICE_FLOODS, "#x", "Flood: #x"},
	    {EVENT_CONFIGURATION, NOTICE_CONFIGURATION, NULL,
		"Configuration read again by root: nothing changed"},
	    {EVENT_CONFIGURATION, NOTICE_CONFIGURATION, "1",
		"Configuration put in force by root: 1 setting changed"},
	    {EVENT_CONFIGURATION, NOTICE_CONFIGURATION, "2",
		"Configuration put in force by root: 2 settings changed"},
	    {EVENT_HOST_REQUEST, NOTICE_HOSTS, "a.example",
		"Host asked for: acc wants a.example; HostServ APPROVE or REJECT"},
	    {EVENT_CHANNEL_ADDED, NOTICE_CHANNELS, NULL, "Channel #x created by ann!~u@host"},
	    {EVENT_KILLED, NOTICE_KILLS, "enough", "Killed: bob!~u@host by root: enough"},
	    {EVENT_NICK, NOTICE_NICKS, "anna", "Nick: ann!~u@host is anna now"},
	    {EVENT_OPERATOR, NOTICE_OPERATORS, "+o", "Operator: ann!~u@host is one now, as root"},
	    {EVENT_OPERATOR, NOTICE_OPERATORS, "-o",
		"Operator: ann!~u@host is none any more, was root"},
	    {EVENT_OPERATOR_REFUSED, NOTICE_OPERATORS_REFUSED, "wrong password",
		"Operator refused: ann!~u@host [192.0.2.1] as root: wrong password"},
	    {EVENT_STATISTICS, NOTICE_STATS, "l", "STATS l asked by ann!~u@host"},
	    {EVENT_OVERRIDE, NOTICE_OVERRIDES, "SANICK bob x",
		"Override: SANICK bob x by ann!~u@host"},
	    {EVENT_CHANNEL_REGISTERED, NOTICE_REGISTRATIONS, NULL,
		"Channel #x released by ann!~u@host"},
	};
	uint32_t met = 0;
	User *ann = out_fixture_user(fixture, "ann", 0);
	User *bob = out_fixture_user(fixture, "bob", 0);
	Channel *channel = out_fixture_channel(fixture, "#x");

	user_set_real_name(ann, "Real Name");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Event event = out_fixture_event(cases[i].event, ann);
		unsigned kind = NOTICE_KINDS;
		g_autofree char *text = NULL;

		event.target = bob;
		event.channel = channel;
		event.account = "acc";
		event.by = "root";
		event.text = cases[i].text;
		text = notice_of_event(&event, &kind);
		g_assert_cmpstr(text, ==, cases[i].notice);
		g_assert_cmpuint(kind, ==, cases[i].kind);
		met |= NOTICE_BIT(kind);
	}
	g_assert_cmpuint(met, ==, NOTICE_BIT(NOTICE_KINDS) - 1);
}

/* What is said stays between those who say it. */
static void
test_none(OutFixture *fixture, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_MESSAGE, out_fixture_user(fixture, "ann", 0));
	unsigned kind = NOTICE_KINDS;

	event.text = "hello";
	g_assert_null(notice_of_event(&event, &kind));
	event.kind = EVENT_SERVER_NOTICE;
	g_assert_null(notice_of_event(&event, &kind));
	g_assert_cmpuint(kind, ==, NOTICE_KINDS);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/notices/texts", OutFixture, NULL, out_fixture_set_up, test_texts,
	    out_fixture_tear_down);
	g_test_add("/notices/none", OutFixture, NULL, out_fixture_set_up, test_none,
	    out_fixture_tear_down);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* The root object: 005 follows the settings, addresses are counted, everything is freed with it. */
#include "domain/community.h"

#include "domain/channel.h"
#include "domain/session.h"
#include "domain/user.h"

#include <string.h>

typedef struct Fixture {
	Settings *settings;
	Timers *timers;
	Community *community;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	fixture->settings = settings_defaults();
	fixture->timers = timers_new();
	fixture->community = community_new(fixture->settings, fixture->timers, 1000);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	community_free(fixture->community);
	timers_free(fixture->timers);
	settings_free(fixture->settings);
}

static bool
has_token(const Community *community, const char *token)
{
	for (char **line = community->isupport; *line; line++) {
		g_auto(GStrv) tokens = g_strsplit(*line, " ", -1);

		if (g_strv_contains((const char *const *)tokens, token))
			return true;
	}
	return false;
}

static void
assert_number(const Community *community, const char *name, unsigned number)
{
	g_autofree char *token = g_strdup_printf("%s=%u", name, number);

	g_test_message("%s", token);
	g_assert_true(has_token(community, token));
}

static void
test_isupport(Fixture *fixture, gconstpointer data)
{
	const SettingsLimits *limits = fixture->settings->limits;
	g_autoptr(Settings) other = settings_defaults();

	assert_number(fixture->community, "NICKLEN", limits->nick);
	assert_number(fixture->community, "CHANNELLEN", limits->channel);
	assert_number(fixture->community, "TOPICLEN", limits->topic);
	assert_number(fixture->community, "AWAYLEN", limits->away);
	assert_number(fixture->community, "KICKLEN", limits->kick);
	assert_number(fixture->community, "USERLEN", limits->user);
	assert_number(fixture->community, "NAMELEN", limits->real_name);
	assert_number(fixture->community, "MODES", limits->modes);
	g_assert_true(has_token(fixture->community, "CASEMAPPING=ascii"));
	other->limits->nick = 9;
	other->limits->list_entries = 12;
	other->limits->user_channels = 3;
	community_set_settings(fixture->community, other, g_new0(char *, 1));
	assert_number(fixture->community, "NICKLEN", 9);
	g_assert_true(has_token(fixture->community, "MAXLIST=beI:12"));
	g_assert_true(has_token(fixture->community, "CHANLIMIT=#&:3"));
	/* `other` goes before the community: hand the first one back. */
	community_set_settings(fixture->community, fixture->settings, g_new0(char *, 1));
}

/* The longest names there may be: every 005 line stays within 512 bytes. */
static void
test_isupport_fits(Fixture *fixture, gconstpointer data)
{
	g_autoptr(Settings) settings = settings_defaults();
	g_autoptr(Community) community = NULL;
	g_autofree char *nick = NULL;

	g_free(settings->service->name);
	settings->service->name = g_strnfill(63, 'x');
	settings->limits->nick = 63;
	nick = g_strnfill(63, 'n');
	community = community_new(settings, fixture->timers, 1);
	for (char **line = community->isupport; *line; line++) {
		g_autofree char *whole =
		    g_strdup_printf(":%s 005 %s %s :are supported by this server\r\n",
			community->server_name, nick, *line);

		g_assert_cmpuint(strlen(whole), <=, 512);
	}
}

static void
test_motd_and_whowas(Fixture *fixture, gconstpointer data)
{
	g_autoptr(Settings) other = settings_defaults();
	const void *cursor = NULL;
	UserFacts facts = {
	    .nick = "a", .username = "u", .real_name = "r", .host = "h", .address = "h"};
	User *user = user_new(&facts, 1);
	const WhowasEntry departed = whowas_entry_of(user, "quit", 2);

	g_assert_null(fixture->community->motd[0]);
	whowas_add(fixture->community->whowas, &departed);
	user_free(user);
	other->limits->whowas_entries = 0;
	community_set_settings(fixture->community, other, g_strsplit("one\ntwo", "\n", -1));
	g_assert_cmpstr(fixture->community->motd[1], ==, "two");
	g_assert_null(whowas_next(fixture->community->whowas, &cursor));
	community_set_settings(fixture->community, fixture->settings, g_new0(char *, 1));
}

static void
test_addresses(Fixture *fixture, gconstpointer data)
{
	Community *community = fixture->community;

	g_assert_cmpuint(community_count_address(community, "::1", 0), ==, 0);
	g_assert_cmpuint(tally_of(community->addresses, "192.0.2.1"), ==, 0);
	g_assert_cmpuint(community_count_address(community, "::1", 1), ==, 1);
	g_assert_cmpuint(community_count_address(community, "::1", 1), ==, 2);
	g_assert_cmpuint(community_count_address(community, "192.0.2.1", 1), ==, 1);
	g_assert_cmpuint(community_count_address(community, "::1", 0), ==, 2);
	g_assert_cmpuint(community_count_address(community, "::1", -1), ==, 1);
	g_assert_cmpuint(community_count_address(community, "::1", -1), ==, 0);
	/* One /64 is one address. */
	g_assert_cmpuint(community_count_address(community, "2001:db8:1:2::1", 1), ==, 1);
	g_assert_cmpuint(community_count_address(community, "2001:db8:1:2:3::1", 1), ==, 2);
	g_assert_cmpuint(community_count_address(community, "2001:db8:1:3::1", 1), ==, 1);
}

static void
never(Timer *timer, void *data)
{
	g_assert_not_reached();
}

/* A full house goes with the community; the sanitizer sees what is forgotten. */
static void
test_free(Fixture *fixture, gconstpointer data)
{
	Community *community = community_new(fixture->settings, fixture->timers, 1);
	Channel *channels[3];

	for (unsigned i = 0; i < 3; i++) {
		g_autofree char *name = g_strdup_printf("#c%u", i);

		channels[i] = channel_new(name, 1);
		directory_add_channel(community->directory, channels[i]);
		channel_set_topic(channels[i], "topic", "by", 1);
		mask_list_add(&channels[i]->lists[CHANNEL_BANS], "a!*@*", "by", 1);
	}
	for (unsigned i = 0; i < 10; i++) {
		SessionPeer peer = {.address = (char *)"192.0.2.1"};
		Session *session = session_new((Handle){i, 1}, &peer, 1, 1);
		g_autofree char *nick = g_strdup_printf("n%u", i);
		UserFacts facts = {
		    .nick = nick, .username = "u", .real_name = "r", .host = "h", .address = "a"};
		User *user;

		session->handle = slots_add(community->sessions, session);
		timers_set(fixture->timers, &session->deadline, 5, never, session);
		community_count_address(community, "192.0.2.1", 1);
		if (i % 2 == 0)
			continue; /* still registering */
		user = user_new(&facts, 1);
		directory_add_user(community->directory, user);
		session_set_user(session, user);
		channel_add_member(channels[i % 3], user, 1);
		channel_add_member(channels[(i + 1) % 3], user, 1);
	}
	community_free(community);
	g_assert_cmpint(timers_next(fixture->timers), ==, INT64_MAX);
	community_free(NULL);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/community/isupport", Fixture, NULL, set_up, test_isupport, tear_down);
	g_test_add(
	    "/community/isupport-fits", Fixture, NULL, set_up, test_isupport_fits, tear_down);
	g_test_add(
	    "/community/motd-and-whowas", Fixture, NULL, set_up, test_motd_and_whowas, tear_down);
	g_test_add("/community/addresses", Fixture, NULL, set_up, test_addresses, tear_down);
	g_test_add("/community/free", Fixture, NULL, set_up, test_free, tear_down);
	return g_test_run();
}

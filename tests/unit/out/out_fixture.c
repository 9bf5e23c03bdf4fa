/* SPDX-License-Identifier: MIT */
#include "out_fixture.h"

void
out_fixture_set_up(OutFixture *fixture, gconstpointer data)
{
	fixture->settings = settings_defaults();
	g_free(fixture->settings->service->name);
	fixture->settings->service->name = g_strdup("srv.test");
	fixture->timers = timers_new();
	fixture->community = community_new(fixture->settings, fixture->timers, FIXTURE_TIME);
	out_init(&fixture->out, 1);
	fixture->random = random_seeded(1);
}

void
out_fixture_tear_down(OutFixture *fixture, gconstpointer data)
{
	out_clear(&fixture->out);
	community_free(fixture->community);
	timers_free(fixture->timers);
	settings_free(fixture->settings);
}

Session *
out_fixture_session(OutFixture *fixture, User *user, uint64_t caps)
{
	SessionPeer peer = {.address = (char *)"192.0.2.1"};
	Session *session = session_new((Handle){fixture->n_users++, 1}, &peer, FIXTURE_TIME, 0);

	session->handle = slots_add(fixture->community->sessions, session);
	session->caps = caps;
	session_set_user(session, user);
	return session;
}

User *
out_fixture_user(OutFixture *fixture, const char *nick, uint64_t caps)
{
	UserFacts facts = {
	    .nick = nick,
	    .username = "~u",
	    .real_name = "Real Name",
	    .host = "host",
	    .address = "192.0.2.1",
	};
	User *user = user_new(&facts, FIXTURE_TIME);

	directory_add_user(fixture->community->directory, user);
	out_fixture_session(fixture, user, caps);
	return user;
}

Channel *
out_fixture_channel(OutFixture *fixture, const char *name)
{
	Channel *channel = channel_new(name, FIXTURE_TIME);

	directory_add_channel(fixture->community->directory, channel);
	return channel;
}

Member *
out_fixture_join(Channel *channel, User *user, uint64_t ranks)
{
	Member *member = channel_add_member(channel, user, FIXTURE_TIME);

	member->ranks = ranks;
	return member;
}

Event
out_fixture_event(EventKind kind, User *user)
{
	return (Event){
	    .kind = kind,
	    .time = FIXTURE_TIME,
	    .source = user ? user->prefix : NULL,
	    .user = user,
	    .origin = user ? user->sessions : NULL,
	};
}

char *
out_fixture_sent(OutFixture *fixture, const User *user)
{
	GString *text = g_string_new(NULL);
	OutboxLoop *box = &fixture->out.outbox.loops[0];
	size_t kept = 0;

	for (size_t i = 0; i < box->n_deliveries; i++) {
		Delivery *delivery = &box->deliveries[i];

		if (delivery->kind != DELIVERY_SEND ||
		    !handle_equal(delivery->conn, user->sessions->conn)) {
			box->deliveries[kept++] = *delivery;
			continue;
		}
		g_string_append_len(text, delivery->line->data, (gssize)delivery->line->length);
		line_unref(delivery->line);
	}
	box->n_deliveries = kept;
	return g_string_free(text, FALSE);
}

size_t
out_fixture_drop(OutFixture *fixture)
{
	size_t count;
	const Delivery *deliveries = outbox_take(&fixture->out.outbox, 0, &count);

	for (size_t i = 0; i < count; i++)
		line_unref(deliveries[i].line);
	return count;
}

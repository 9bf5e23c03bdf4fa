/* SPDX-License-Identifier: MIT */
/* Join locks: which one is closed, what it tells, what opens it, where it forwards. */
#include "act_fixture.h"
#include "domain/channel_values.h"
#include "proto/modes.h"

typedef struct Room {
	ActFixture fixture;
	Session *host, *guest;
	Channel *channel, *over;
} Room;

static void
set_up(Room *room, gconstpointer data)
{
	ActFixture *fixture = &room->fixture;

	fixture_init(fixture);
	room->host = fixture_user(fixture, "host");
	room->guest = fixture_user(fixture, "guest");
	room->channel = channel_new("#room", fixture->now);
	room->over = channel_new("#over", fixture->now);
	directory_add_channel(fixture->community->directory, room->channel);
	directory_add_channel(fixture->community->directory, room->over);
	channel_add_member(room->channel, room->host->user, fixture->now)->ranks = MODE_CHANNEL_OP;
	channel_add_member(room->over, room->host->user, fixture->now)->ranks = MODE_CHANNEL_OP;
}

static void
tear_down(Room *room, gconstpointer data)
{
	fixture_clear(&room->fixture);
}

static Channel *
join(Room *room, const char *key)
{
	Channel *joined;
	Reply reply;
	Ctx ctx;

	fixture_begin(&room->fixture, room->guest, &ctx, &reply);
	act_join(&ctx, "#ROOM", key, &joined);
	fixture_end(&room->fixture, &ctx);
	return joined;
}

static void
leave(Room *room)
{
	while (room->guest->user->n_seats > 0)
		member_free(room->guest->user->seats[0]);
	g_free(fixture_read(&room->fixture, room->guest));
}

static void
test_locks(Room *room, gconstpointer data)
{
	static const struct {
		uint64_t modes;
		const char *told;
		bool invitation_opens;
	} cases[] = {
	    {MODE_CHANNEL_TLS_ONLY, "489 guest #room :Cannot join channel (TLS is required)|",
		false},
	    {MODE_CHANNEL_ACCOUNTS_ONLY, "477 guest #room :You need to be logged in to join (+a)|",
		false},
	    {MODE_CHANNEL_INVITE_ONLY, "473 guest #room :Cannot join channel (+i)|", true},
	    {MODE_CHANNEL_KEY, "475 guest #room :Cannot join channel (+k)|", true},
	    {MODE_CHANNEL_LIMIT, "471 guest #room :Cannot join channel (+l)|", true},
	    {0, "474 guest #room :Cannot join channel (+b)|", true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *told = g_strconcat(":chatd.localhost ", cases[i].told, NULL);

		room->channel->modes = cases[i].modes;
		channel_set_key(room->channel, cases[i].modes & MODE_CHANNEL_KEY ? "key" : NULL);
		channel_set_limit(room->channel, cases[i].modes & MODE_CHANNEL_LIMIT ? 1 : 0);
		if (cases[i].modes == 0)
			mask_list_add(channel_list(room->channel, 'b'), "guest!*@*", "x", 1);
		g_assert_null(join(room, "wrong"));
		fixture_expect(&room->fixture, room->guest, told);
		/* A member's under +g opens +i and nothing else. */
		user_invite(room->guest->user, room->channel->handle, INVITED_BY_MEMBER, 5);
		g_assert_true((join(room, NULL) == room->channel) ==
			      (cases[i].modes == MODE_CHANNEL_INVITE_ONLY));
		leave(room);
		user_invite(room->guest->user, room->channel->handle, INVITED_BY_HOST, 5);
		g_assert_true((join(room, NULL) == room->channel) == cases[i].invitation_opens);
		leave(room);
		user_forget_invitation(room->guest->user, room->channel->handle);
	}
	mask_list_clear(channel_list(room->channel, 'b'));
	room->channel->modes = MODE_CHANNEL_ACCOUNTS_ONLY;
	room->guest->user->account = g_strdup("guest");
	g_assert_true(join(room, NULL) == room->channel);
}

/* The forward is one step, and leads nowhere where it is closed too. */
static void
test_forward(Room *room, gconstpointer data)
{
	channel_set_value(room->channel, MODE_CHANNEL_FORWARD_INDEX, "#over");
	g_assert_true(join(room, NULL) == room->channel);
	leave(room);
	room->channel->modes |= MODE_CHANNEL_INVITE_ONLY;
	g_assert_true(join(room, NULL) == room->over);
	fixture_expect(&room->fixture, room->guest,
	    ":chatd.localhost 470 guest #room #over :Forwarding to another channel|"
	    ":guest!~guest@192.0.2.1 JOIN #over|");
	/* Already there: told, and nothing more. */
	g_assert_null(join(room, NULL));
	fixture_expect(&room->fixture, room->guest,
	    ":chatd.localhost 470 guest #room #over :Forwarding to another channel|");
	leave(room);
	room->over->modes |= MODE_CHANNEL_INVITE_ONLY;
	g_assert_null(join(room, NULL));
	fixture_expect(&room->fixture, room->guest,
	    ":chatd.localhost 473 guest #room :Cannot join channel (+i)|");
	/* A want of an account is no reason to be elsewhere. */
	room->over->modes = 0;
	room->channel->modes |= MODE_CHANNEL_ACCOUNTS_ONLY;
	g_assert_null(join(room, NULL));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/join-locks/locks", Room, NULL, set_up, test_locks, tear_down);
	g_test_add("/join-locks/forward", Room, NULL, set_up, test_forward, tear_down);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* Who gets what: every AudienceKind, and the invariant that nobody gets it twice. */
#include "out/audience.h"

#include "out_fixture.h"
#include "proto/caps.h"
#include "proto/modes.h"
#include "proto/notices.h"

typedef struct House {
	OutFixture fixture;
	User *ann; /* owner of #x, in #y */
	User *bob; /* voice in #x, in #y */
	User *cat; /* in #x */
	User *dan; /* in #z alone */
	Channel *x;
	Channel *y;
} House;

static void
set_up(House *house, gconstpointer data)
{
	OutFixture *fixture = &house->fixture;
	Channel *z;

	out_fixture_set_up(fixture, data);
	house->ann = out_fixture_user(fixture, "ann", 0);
	house->bob = out_fixture_user(fixture, "bob", 0);
	house->cat = out_fixture_user(fixture, "cat", 0);
	house->dan = out_fixture_user(fixture, "dan", 0);
	house->x = out_fixture_channel(fixture, "#x");
	house->y = out_fixture_channel(fixture, "#y");
	z = out_fixture_channel(fixture, "#z");
	out_fixture_join(house->x, house->ann, MODE_CHANNEL_OWNER);
	out_fixture_join(house->x, house->bob, MODE_CHANNEL_VOICE);
	out_fixture_join(house->x, house->cat, 0);
	out_fixture_join(house->y, house->bob, 0);
	out_fixture_join(house->y, house->ann, MODE_CHANNEL_OP);
	out_fixture_join(z, house->dan, 0);
}

static void
tear_down(House *house, gconstpointer data)
{
	out_fixture_tear_down(&house->fixture, data);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* The audience as sorted nicks, "ann bob". */
static void
assert_audience(House *house, const Event *event, const char *expected)
{
	Audience *audience = &house->fixture.out.audience;
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	g_autofree char *text = NULL;

	audience_collect(audience, house->fixture.community, event);
	for (uint32_t i = 0; i < audience->n_sessions; i++)
		g_ptr_array_add(names, (char *)session_name(audience->sessions[i]));
	g_ptr_array_sort(names, compare_names);
	g_ptr_array_add(names, NULL);
	text = g_strjoinv(" ", (char **)names->pdata);
	g_assert_cmpstr(text, ==, expected);
}

static void
test_message_to_channel(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_MESSAGE, house->bob);

	event.channel = house->x;
	assert_audience(house, &event, "ann cat");
	house->bob->sessions->caps = CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann bob cat");
	/* From outside: dan is no member, and gets his echo all the same. */
	event = out_fixture_event(EVENT_MESSAGE, house->dan);
	event.channel = house->x;
	assert_audience(house, &event, "ann bob cat");
	house->dan->sessions->caps = CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann bob cat dan");
	/* By the service, from the console: nobody is left out. */
	event = out_fixture_event(EVENT_MESSAGE, NULL);
	event.channel = house->x;
	assert_audience(house, &event, "ann bob cat");
}

static void
test_message_to_ranks(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_MESSAGE, house->cat);

	event.channel = house->x;
	event.ranks = MODE_CHANNEL_OWNER | MODE_CHANNEL_OP | MODE_CHANNEL_VOICE;
	assert_audience(house, &event, "ann bob");
	event.ranks = MODE_CHANNEL_OWNER | MODE_CHANNEL_OP;
	assert_audience(house, &event, "ann");
	house->cat->sessions->caps = CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann cat");
	/* Who speaks and is of that rank: once with echo, not at all without. */
	event = out_fixture_event(EVENT_MESSAGE, house->ann);
	event.channel = house->x;
	event.ranks = MODE_CHANNEL_OWNER | MODE_CHANNEL_VOICE;
	assert_audience(house, &event, "bob");
	house->ann->sessions->caps = CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann bob");
}

static void
test_message_to_user(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_MESSAGE, house->ann);

	event.target = house->dan;
	assert_audience(house, &event, "dan");
	event.target = house->ann;
	assert_audience(house, &event, "ann");
	house->ann->sessions->caps = CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann");
	event.target = house->dan;
	assert_audience(house, &event, "ann dan");
}

static void
test_needs_capability(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_TAG_MESSAGE, house->cat);

	event.channel = house->x;
	event.client_tags = "+a=b";
	assert_audience(house, &event, "");
	house->ann->sessions->caps = CAP_MESSAGE_TAGS;
	house->cat->sessions->caps = CAP_MESSAGE_TAGS;
	assert_audience(house, &event, "ann");
	house->cat->sessions->caps |= CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann cat");
	house->cat->sessions->caps = CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann");
	event = out_fixture_event(EVENT_AWAY, house->ann);
	house->bob->sessions->caps = CAP_AWAY_NOTIFY;
	assert_audience(house, &event, "bob");
}

static void
test_channel(House *house, gconstpointer data)
{
	static const EventKind kinds[] = {
	    EVENT_JOIN, EVENT_PART, EVENT_KICK, EVENT_TOPIC, EVENT_CHANNEL_MODE};

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		Event event = out_fixture_event(kinds[i], house->bob);

		event.channel = house->x;
		assert_audience(house, &event, "ann bob cat");
	}
}

static void
test_neighbours(House *house, gconstpointer data)
{
	Event quit = out_fixture_event(EVENT_QUIT, house->ann);
	Event nick = out_fixture_event(EVENT_NICK, house->ann);

	/* bob shares two channels with ann and is met once. */
	assert_audience(house, &quit, "bob cat");
	assert_audience(house, &nick, "ann bob cat");
	quit = out_fixture_event(EVENT_QUIT, house->dan);
	nick = out_fixture_event(EVENT_NICK, house->dan);
	assert_audience(house, &quit, "");
	assert_audience(house, &nick, "dan");
	/* With a channel: its members but himself (AWAY told to a channel he has just entered). */
	quit = out_fixture_event(EVENT_QUIT, house->ann);
	quit.channel = house->y;
	assert_audience(house, &quit, "bob");
}

/* The mark of a collection wraps round after 2^32 of them: nobody is forgotten for it. */
static void
test_neighbours_wrap(House *house, gconstpointer data)
{
	Event quit = out_fixture_event(EVENT_QUIT, house->ann);

	house->fixture.out.audience.visit = UINT32_MAX;
	house->bob->visit = 1;
	house->cat->visit = 2;
	for (unsigned i = 0; i < 3; i++)
		assert_audience(house, &quit, "bob cat");
	g_assert_cmpuint(house->fixture.out.audience.visit, <, 10);
}

static void
test_user(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_USER_MODE, house->ann);

	event.target = house->ann;
	assert_audience(house, &event, "ann");
	event = out_fixture_event(EVENT_USER_MODE, NULL);
	event.target = house->bob;
	assert_audience(house, &event, "bob");
}

static void
test_invitation(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_INVITE, house->bob);

	event.channel = house->x;
	event.target = house->dan;
	assert_audience(house, &event, "dan");
	/* Hosts with invite-notify see it, members without a host's rank do not. */
	house->ann->sessions->caps = CAP_INVITE_NOTIFY;
	house->cat->sessions->caps = CAP_INVITE_NOTIFY;
	assert_audience(house, &event, "ann dan");
	/* Not who invited: he has RPL_INVITING. */
	event.user = house->ann;
	assert_audience(house, &event, "dan");
}

static void
test_wallops(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_WALLOPS, house->ann);

	assert_audience(house, &event, "");
	house->dan->modes = MODE_USER_WALLOPS;
	house->ann->modes = MODE_USER_WALLOPS | MODE_USER_INVISIBLE;
	assert_audience(house, &event, "ann dan");
}

/* Who speaks to everybody hears it with echo-message only. */
static void
test_everybody(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_ANNOUNCEMENT, house->ann);

	assert_audience(house, &event, "bob cat dan");
	house->ann->sessions->caps |= CAP_ECHO_MESSAGE;
	assert_audience(house, &event, "ann bob cat dan");
}

static void
test_notice_readers(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_SERVER_NOTICE, NULL);
	User *readers[] = {house->ann, house->bob, house->dan};

	event.notice = NOTICE_KILLS;
	assert_audience(house, &event, "");
	for (size_t i = 0; i < G_N_ELEMENTS(readers); i++) {
		readers[i]->notices = NOTICE_BIT(NOTICE_KILLS);
		g_ptr_array_add(house->fixture.community->notice_readers, readers[i]);
	}
	/* Who has lost the right to it is told nothing, nor who chose other kinds. */
	user_set_operator(house->ann, "ann", OPERATOR_KILL);
	user_set_operator(house->bob, "bob", OPERATOR_NOTICES);
	user_set_operator(house->dan, "dan", OPERATOR_NOTICES);
	house->dan->notices = NOTICE_BIT(NOTICE_NICKS);
	assert_audience(house, &event, "bob");
}

static void
test_nobody(House *house, gconstpointer data)
{
	static const EventKind kinds[] = {EVENT_CONNECTED, EVENT_OPERATOR, EVENT_KILLED,
	    EVENT_CHANNEL_ADDED, EVENT_CHANNEL_REMOVED, EVENT_CONFIGURATION};

	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		Event event = out_fixture_event(kinds[i], house->ann);

		event.channel = house->x;
		event.target = house->bob;
		assert_audience(house, &event, "");
	}
}

static bool
hears(House *house, const Event *event, const Session *session)
{
	const Audience *audience = &house->fixture.out.audience;
	unsigned times = 0;

	audience_collect(&house->fixture.out.audience, house->fixture.community, event);
	for (uint32_t i = 0; i < audience->n_sessions; i++)
		times += audience->sessions[i] == session;
	g_assert_cmpuint(times, <=, 1);
	return times == 1;
}

/* All sessions of a user hear what he is to hear, and what another one of them says. */
static void
test_several_sessions(House *house, gconstpointer data)
{
	Session *desk = house->ann->sessions;
	Session *phone = out_fixture_session(&house->fixture, house->ann, 0);
	Event event = out_fixture_event(EVENT_MESSAGE, house->cat);

	event.channel = house->x;
	assert_audience(house, &event, "ann ann bob");
	event = out_fixture_event(EVENT_NICK, house->ann);
	assert_audience(house, &event, "ann ann bob cat");
	event = out_fixture_event(EVENT_MESSAGE, house->ann);
	event.channel = house->x;
	g_assert_true(hears(house, &event, phone));
	g_assert_false(hears(house, &event, desk));
	event.ranks = MODE_CHANNEL_VOICE;
	g_assert_true(hears(house, &event, phone));
	desk->caps = CAP_ECHO_MESSAGE;
	g_assert_true(hears(house, &event, desk));
	event.channel = NULL;
	event.target = house->dan;
	g_assert_true(hears(house, &event, desk));
	g_assert_false(hears(house, &event, phone));
	phone->caps = CAP_ZNC_SELF_MESSAGE;
	g_assert_true(hears(house, &event, phone));
	phone->caps = CAP_ECHO_MESSAGE;
	g_assert_true(hears(house, &event, phone));
	phone->caps = CAP_MESSAGE_TAGS;
	g_assert_true(hears(house, &event, phone));
	/* To himself: everywhere, whatever the capabilities. */
	desk->caps = phone->caps = 0;
	event.target = house->ann;
	assert_audience(house, &event, "ann ann");
	/* A channel he is not in: as to somebody else. */
	event = out_fixture_event(EVENT_MESSAGE, house->dan);
	phone = out_fixture_session(&house->fixture, house->dan, 0);
	event.channel = house->x;
	g_assert_false(hears(house, &event, phone));
	phone->caps = CAP_ZNC_SELF_MESSAGE;
	g_assert_true(hears(house, &event, phone));
}

/* Who is going, and who is gone but still listed, gets nothing more. */
static void
test_closing(House *house, gconstpointer data)
{
	Event event = out_fixture_event(EVENT_TOPIC, house->ann);
	Session *session = house->cat->sessions;

	event.channel = house->x;
	house->bob->sessions->stage = SESSION_CLOSING;
	assert_audience(house, &event, "ann cat");
	house->cat->sessions = NULL;
	assert_audience(house, &event, "ann");
	event = out_fixture_event(EVENT_NICK, house->bob);
	assert_audience(house, &event, "ann");
	house->cat->sessions = session;
}

/* Many users in random channels: neighbours exactly as a plain double loop finds them. */
static void
test_neighbours_shadow(House *house, gconstpointer data)
{
	enum { N = 60, C = 15 };
	OutFixture *fixture = &house->fixture;
	User *users[N];
	Channel *channels[C];

	for (unsigned c = 0; c < C; c++) {
		g_autofree char *name = g_strdup_printf("#r%u", c);

		channels[c] = out_fixture_channel(fixture, name);
	}
	for (unsigned u = 0; u < N; u++) {
		g_autofree char *nick = g_strdup_printf("r%u", u);

		users[u] = out_fixture_user(fixture, nick, 0);
		for (unsigned c = 0; c < C; c++)
			if (g_test_rand_int_range(0, 8) == 0)
				out_fixture_join(channels[c], users[u], 0);
	}
	for (unsigned u = 0; u < N; u++) {
		Event event = out_fixture_event(EVENT_QUIT, users[u]);
		Audience *audience = &fixture->out.audience;
		unsigned expected = 0;

		audience_collect(audience, fixture->community, &event);
		for (unsigned v = 0; v < N; v++)
			expected += v != u && user_shares_channel(users[u], users[v]);
		g_assert_cmpuint(audience->n_sessions, ==, expected);
		for (uint32_t i = 0; i < audience->n_sessions; i++)
			g_assert_true(user_shares_channel(users[u], audience->sessions[i]->user));
	}
}

static void
watch(House *house, User *watcher, const char *nick)
{
	g_assert_true(monitor_add(house->fixture.community->monitor, watcher->sessions, nick));
}

static void
test_watchers(House *house, gconstpointer data)
{
	Event online = out_fixture_event(EVENT_ONLINE, house->ann);
	Event away = out_fixture_event(EVENT_AWAY, house->ann);

	online.target_name = "ANN";
	assert_audience(house, &online, "");
	watch(house, house->dan, "Ann");
	watch(house, house->bob, "ann");
	assert_audience(house, &online, "bob dan");
	/* Neighbours and distant watchers, each once; the latter with both capabilities only. */
	house->bob->sessions->caps = CAP_AWAY_NOTIFY | CAP_EXTENDED_MONITOR;
	house->cat->sessions->caps = CAP_AWAY_NOTIFY;
	house->dan->sessions->caps = CAP_AWAY_NOTIFY;
	assert_audience(house, &away, "bob cat");
	house->dan->sessions->caps = CAP_EXTENDED_MONITOR;
	assert_audience(house, &away, "bob cat");
	house->dan->sessions->caps = CAP_AWAY_NOTIFY | CAP_EXTENDED_MONITOR;
	assert_audience(house, &away, "bob cat dan");
	/* To one channel: its members alone. */
	away.channel = house->y;
	assert_audience(house, &away, "bob");
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(House *, gconstpointer);
	} tests[] = {
	    {"/audience/message-to-channel", test_message_to_channel},
	    {"/audience/message-to-ranks", test_message_to_ranks},
	    {"/audience/message-to-user", test_message_to_user},
	    {"/audience/needs-capability", test_needs_capability},
	    {"/audience/channel", test_channel},
	    {"/audience/neighbours", test_neighbours},
	    {"/audience/neighbours-wrap", test_neighbours_wrap},
	    {"/audience/watchers", test_watchers},
	    {"/audience/user", test_user},
	    {"/audience/invitation", test_invitation},
	    {"/audience/wallops", test_wallops},
	    {"/audience/everybody", test_everybody},
	    {"/audience/notice-readers", test_notice_readers},
	    {"/audience/nobody", test_nobody},
	    {"/audience/several-sessions", test_several_sessions},
	    {"/audience/closing", test_closing},
	    {"/audience/neighbours-shadow", test_neighbours_shadow},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, House, NULL, set_up, tests[i].run, tear_down);
	return g_test_run();
}

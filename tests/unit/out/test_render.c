/* SPDX-License-Identifier: MIT */
/* What lines look like: one render per key, tags by capability, the cut at 510 bytes. */
#include "out/render.h"

#include "out_fixture.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/tags.h"
#include "proto/utf8.h"

#include <string.h>

static char *
rendered(const Event *event, uint64_t caps)
{
	RenderMemo memo;
	const RenderEntry *entry;
	char *text;

	render_memo_init(&memo, "srv.test");
	entry = render_event(&memo, event, caps);
	text = g_strndup(entry->line->data, entry->line->length);
	render_memo_finish(&memo);
	return text;
}

static void
assert_rendered(const Event *event, uint64_t caps, const char *expected)
{
	g_autofree char *text = rendered(event, caps);

	g_assert_cmpstr(text, ==, expected);
}

static void
test_keys(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event event = out_fixture_event(EVENT_JOIN, ann);
	RenderMemo memo;
	RenderEntry *plain;
	RenderEntry *timed;
	Line *kept;

	event.channel = out_fixture_channel(fixture, "#x");
	g_strlcpy(event.msgid, "id1", sizeof event.msgid);
	render_memo_init(&memo, "srv.test");
	plain = render_event(&memo, &event, 0);
	/* Capabilities that change nothing in this line share it. */
	g_assert_true(render_event(&memo, &event, CAP_BATCH | CAP_MULTI_PREFIX) == plain);
	g_assert_true(render_event(&memo, &event, CAP_ECHO_MESSAGE | CAP_SETNAME) == plain);
	timed = render_event(&memo, &event, CAP_SERVER_TIME);
	g_assert_true(timed != plain);
	g_assert_true(render_event(&memo, &event, CAP_SERVER_TIME | CAP_BATCH) == timed);
	g_assert_true(render_event(&memo, &event, CAP_EXTENDED_JOIN) != plain);
	g_assert_true(render_event(&memo, &event, CAP_MESSAGE_TAGS) != timed);
	g_assert_cmpuint(memo.n_entries, ==, 4);
	plain->uses = 3;
	kept = plain->line;
	render_memo_finish(&memo);
	g_assert_cmpuint(memo.n_entries, ==, 0);
	g_assert_cmpuint(atomic_load(&kept->references), ==, 3);
	for (unsigned i = 0; i < 3; i++)
		line_unref(kept);
}

/* The capabilities that a line of this event can depend on. */
static uint64_t
caps_that_matter(EventKind kind)
{
	uint64_t caps = event_row(kind)->varies;

	/* Answers have batch and label; what is told again, to one client, says that it was edited.
	 */
	for (unsigned tag = 0; tag < TAGS; tag++)
		if (tag != TAG_BATCH && tag != TAG_LABEL && tag != TAG_MULTILINE_CONCAT &&
		    tag != TAG_EDITED)
			caps |= tag_row(tag)->caps;
	return caps;
}

/* The account is the event's own: what the user is by now does not count. */
static void
test_account(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event event = out_fixture_event(EVENT_ACCOUNT, ann);

	assert_rendered(&event, CAP_ACCOUNT_TAG, ":ann!~u@host ACCOUNT *\r\n");
	event.account = "a\\b";
	event.text = "anna";
	assert_rendered(&event, 0, ":ann!~u@host ACCOUNT anna\r\n");
	assert_rendered(&event, CAP_ACCOUNT_TAG, "@account=a\\\\b :ann!~u@host ACCOUNT anna\r\n");
	event = out_fixture_event(EVENT_JOIN, ann);
	event.channel = out_fixture_channel(fixture, "#x");
	event.account = "anna";
	assert_rendered(&event, CAP_EXTENDED_JOIN, ":ann!~u@host JOIN #x anna :Real Name\r\n");
}

/* No set of capabilities needs more keys than the memo holds: one per set of those that matter. */
static void
test_all_keys(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event event = out_fixture_event(EVENT_JOIN, ann);
	RenderMemo memo;
	uint64_t matter;

	event.channel = out_fixture_channel(fixture, "#x");
	event.client_tags = "+a=b";
	event.is_by_bot = event.is_by_operator = true;
	event.account = "ann";
	event.relayed_by = "bob";
	g_strlcpy(event.msgid, "id1", sizeof event.msgid);
	render_memo_init(&memo, "srv.test");
	matter = caps_that_matter(EVENT_JOIN);
	for (uint64_t caps = matter; caps; caps = (caps - 1) & matter) {
		render_event(&memo, &event, caps);
		render_event(&memo, &event, caps | ~matter);
	}
	render_event(&memo, &event, 0);
	g_assert_cmpuint(memo.n_entries, ==, 1u << __builtin_popcountll(matter));
	for (unsigned kind = 0; kind < EVENTS; kind++)
		g_assert_cmpuint(
		    1u << __builtin_popcountll(caps_that_matter(kind)), <=, RENDER_KEYS_MAX);
	render_memo_finish(&memo);
}

static void
test_tags(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event event = out_fixture_event(EVENT_MESSAGE, ann);

	event.verb = "PRIVMSG";
	event.target_name = "#x";
	event.text = "hi";
	event.client_tags = "+a=b;+c";
	g_strlcpy(event.msgid, "id1", sizeof event.msgid);
	assert_rendered(&event, 0, ":ann!~u@host PRIVMSG #x :hi\r\n");
	assert_rendered(&event, CAP_SERVER_TIME,
	    "@time=2017-07-14T02:40:00.000Z :ann!~u@host PRIVMSG #x :hi\r\n");
	assert_rendered(
	    &event, CAP_MESSAGE_TAGS, "@msgid=id1;+a=b;+c :ann!~u@host PRIVMSG #x :hi\r\n");
	assert_rendered(&event, CAP_MESSAGE_TAGS | CAP_SERVER_TIME,
	    "@time=2017-07-14T02:40:00.000Z;msgid=id1;+a=b;+c :ann!~u@host PRIVMSG #x :hi\r\n");
	event.client_tags = "";
	event.msgid[0] = '\0';
	assert_rendered(&event, CAP_MESSAGE_TAGS, ":ann!~u@host PRIVMSG #x :hi\r\n");
	event.source = NULL;
	assert_rendered(&event, 0, ":srv.test PRIVMSG #x :hi\r\n");
}

static void
test_lines(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	User *bob = out_fixture_user(fixture, "bob", 0);
	Channel *channel = out_fixture_channel(fixture, "#x");
	static const struct {
		EventKind kind;
		const char *text;
		const char *line;
	} cases[] = {
	    {EVENT_PART, NULL, "PART #x"},
	    {EVENT_PART, "", "PART #x"},
	    {EVENT_PART, "bye", "PART #x :bye"},
	    {EVENT_KICK, "out", "KICK #x bob :out"},
	    {EVENT_KICK, NULL, "KICK #x bob :"},
	    {EVENT_QUIT, "gone", "QUIT :gone"},
	    {EVENT_QUIT, NULL, "QUIT :"},
	    {EVENT_NICK, "new", "NICK new"},
	    {EVENT_AWAY, "lunch", "AWAY :lunch"},
	    {EVENT_AWAY, NULL, "AWAY"},
	    {EVENT_SETNAME, "A B", "SETNAME :A B"},
	    {EVENT_TOPIC, "new topic", "TOPIC #x :new topic"},
	    {EVENT_TOPIC, NULL, "TOPIC #x :"},
	    {EVENT_CHANNEL_MODE, "+o-v bob bob", "MODE #x +o-v bob bob"},
	    {EVENT_USER_MODE, "+i", "MODE bob :+i"},
	    {EVENT_INVITE, NULL, "INVITE bob #x"},
	    {EVENT_WALLOPS, "hear", "WALLOPS :hear"},
	    {EVENT_JOIN, NULL, "JOIN #x"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Event event = out_fixture_event(cases[i].kind, ann);
		g_autofree char *expected = g_strdup_printf(":ann!~u@host %s\r\n", cases[i].line);

		event.channel = channel;
		event.target = bob;
		event.text = cases[i].text;
		assert_rendered(&event, 0, expected);
	}
}

static void
test_extended_join(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event event = out_fixture_event(EVENT_JOIN, ann);

	event.channel = out_fixture_channel(fixture, "#x");
	assert_rendered(&event, CAP_EXTENDED_JOIN, ":ann!~u@host JOIN #x * :Real Name\r\n");
	event.account = "Annie";
	assert_rendered(&event, CAP_EXTENDED_JOIN, ":ann!~u@host JOIN #x Annie :Real Name\r\n");
	assert_rendered(&event, 0, ":ann!~u@host JOIN #x\r\n");
}

/* Bodies of all lengths round the limit, of characters of 1 to 4 bytes. */
static void
test_cut(OutFixture *fixture, gconstpointer data)
{
	static const char *const characters[] = {
	    "x", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event event = out_fixture_event(EVENT_MESSAGE, ann);

	event.verb = "PRIVMSG";
	event.target_name = "#x";
	for (unsigned i = 0; i < 4 * 30; i++) {
		const char *character = characters[i % 4];
		size_t size = strlen(character);
		g_autoptr(GString) text = g_string_new(NULL);
		g_autofree char *line = NULL;
		g_autofree char *whole = NULL;

		g_string_append_len(text, "ab", (gssize)(i / 4 % 3));
		while (text->len < 470 + i / 4)
			g_string_append(text, character);
		event.text = text->str;
		whole = g_strdup_printf(":ann!~u@host PRIVMSG #x :%s", text->str);
		line = rendered(&event, 0);
		g_assert_true(g_str_has_suffix(line, "\r\n"));
		line[strlen(line) - 2] = '\0';
		g_assert_cmpuint(strlen(line), <=, MESSAGE_BODY_MAX);
		g_assert_true(g_str_has_prefix(whole, line));
		g_assert_true(utf8_is_valid(line, strlen(line)));
		if (strlen(whole) <= MESSAGE_BODY_MAX)
			g_assert_cmpstr(line, ==, whole);
		else
			g_assert_cmpuint(strlen(line), >, MESSAGE_BODY_MAX - size);
	}
}

/* Tags do not count against the body. */
static void
test_cut_with_tags(OutFixture *fixture, gconstpointer data)
{
	User *ann = out_fixture_user(fixture, "ann", 0);
	Event event = out_fixture_event(EVENT_MESSAGE, ann);
	g_autofree char *text = g_strnfill(2000, 'x');
	g_autofree char *value = g_strnfill(MESSAGE_TAGS_MAX - 3, 'v');
	g_autofree char *tags = g_strconcat("+a=", value, NULL);
	g_autofree char *line = NULL;

	event.verb = "PRIVMSG";
	event.target_name = "#x";
	event.text = text;
	event.client_tags = tags;
	g_strlcpy(event.msgid, "0123456789012345678901", sizeof event.msgid);
	line = rendered(&event, CAP_MESSAGE_TAGS | CAP_SERVER_TIME);
	g_assert_cmpuint(strlen(strchr(line, ' ') + 1), ==, MESSAGE_BODY_MAX + 2);
	g_assert_cmpuint(
	    (size_t)(strchr(line, ' ') - line), <=, MESSAGE_TAGS_MAX + MESSAGE_SERVER_TAGS_MAX + 2);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(OutFixture *, gconstpointer);
	} tests[] = {
	    {"/render/keys", test_keys},
	    {"/render/account", test_account},
	    {"/render/all-keys", test_all_keys},
	    {"/render/tags", test_tags},
	    {"/render/lines", test_lines},
	    {"/render/extended-join", test_extended_join},
	    {"/render/cut", test_cut},
	    {"/render/cut-with-tags", test_cut_with_tags},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, OutFixture, NULL, out_fixture_set_up, tests[i].run,
		    out_fixture_tear_down);
	return g_test_run();
}

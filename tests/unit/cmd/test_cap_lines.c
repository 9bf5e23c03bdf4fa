/* SPDX-License-Identifier: MIT */
/* The words of one CAP message: lines as long as they may be, marked where more follow. */
#include "cmd/cap_lines.h"

#include "act_fixture.h"

#include <string.h>

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
	fixture_clear(&desk->fixture);
}

static void
expect(Desk *desk, const char *lines)
{
	reply_end(&desk->reply);
	fixture_expect(&desk->fixture, desk->session, lines);
}

static void
test_one_line(Desk *desk, gconstpointer data)
{
	CapLines lines = cap_lines_begin(&desk->reply, "LS", true);

	cap_lines_add(&lines, "batch");
	cap_lines_add(&lines, "sasl=PLAIN");
	cap_lines_end(&lines);
	expect(desk, ":chatd.localhost CAP * LS :batch sasl=PLAIN|");
}

static void
test_nothing(Desk *desk, gconstpointer data)
{
	CapLines lines = cap_lines_begin(&desk->reply, "LIST", true);

	cap_lines_end(&lines);
	lines = cap_lines_begin(&desk->reply, "ACK", true);
	cap_lines_add(&lines, "batch");
	cap_lines_drop(&lines);
	expect(desk, ":chatd.localhost CAP * LIST :|");
}

/* A line is filled to its 510 bytes, the star of the mark counted, and no word is cut. */
static void
test_many_lines(Desk *desk, gconstpointer data)
{
	const char *marks_more = data;
	CapLines lines = cap_lines_begin(&desk->reply, "LS", marks_more != NULL);
	g_autofree char *got = NULL;
	g_auto(GStrv) parts = NULL;
	unsigned words = 0;

	for (unsigned i = 0; i < 100; i++) {
		g_autofree char *word = g_strdup_printf("word-%04u=%u", i, i % 7);

		cap_lines_add(&lines, word);
	}
	cap_lines_end(&lines);
	reply_end(&desk->reply);
	got = fixture_read(&desk->fixture, desk->session);
	parts = g_strsplit(got, "|", -1);
	for (unsigned i = 0; *parts[i]; i++) {
		bool is_last = *parts[i + 1] == '\0';
		const char *head = marks_more && !is_last ? ":chatd.localhost CAP * LS * :"
							  : ":chatd.localhost CAP * LS :";
		g_auto(GStrv) found = NULL;

		g_assert_true(g_str_has_prefix(parts[i], head));
		g_assert_cmpuint(strlen(parts[i]), <=, 510);
		if (!is_last)
			g_assert_cmpuint(strlen(parts[i]), >, 510 - strlen(" word-0000=0") - 2);
		found = g_strsplit(parts[i] + strlen(head), " ", -1);
		for (unsigned k = 0; found[k]; k++, words++) {
			g_autofree char *word = g_strdup_printf("word-%04u=%u", words, words % 7);

			g_assert_cmpstr(found[k], ==, word);
		}
	}
	g_assert_cmpuint(words, ==, 100);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(Desk *, gconstpointer);
		const char *data;
	} tests[] = {
	    {"/cap-lines/one-line", test_one_line, NULL},
	    {"/cap-lines/nothing", test_nothing, NULL},
	    {"/cap-lines/marked", test_many_lines, "*"},
	    {"/cap-lines/not-marked", test_many_lines, NULL},
	};

	g_test_init(&argc, &argv, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Desk, tests[i].data, set_up, tests[i].run, tear_down);
	return g_test_run();
}

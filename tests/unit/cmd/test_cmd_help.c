/* SPDX-License-Identifier: MIT */
/* HELP: every command, mode and capability has its line, between 704 and 706. */
#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "proto/caps.h"
#include "proto/commands.h"
#include "proto/modes.h"

#include <string.h>

/* The lines of the answer to "HELP subject"; the last one is empty. */
static char **
ask(ActFixture *fixture, Session *session, const char *subject)
{
	g_autofree char *line = g_strdup_printf("HELP %s", subject);
	g_autofree char *answer = NULL;
	MessageStatus status;
	Message message;
	Reply reply;
	Ctx ctx;

	status = message_parse(line, strlen(line), &message);
	fixture_begin(fixture, session, &ctx, &reply);
	cmd_dispatch(&ctx, &message, status);
	fixture_end(fixture, &ctx);
	answer = fixture_read(fixture, session);
	return g_strsplit(answer, "|", -1);
}

static bool
tells(char *const *lines, const char *text)
{
	for (; *lines; lines++)
		if (g_str_has_prefix(*lines, ":chatd.localhost 705 ") && strstr(*lines, text))
			return true;
	return false;
}

static void
assert_frame(char **lines, const char *subject)
{
	g_autofree char *first = g_strdup_printf(":chatd.localhost 704 anna %s :", subject);
	g_autofree char *last = g_strdup_printf(":chatd.localhost 706 anna %s :", subject);
	guint length = g_strv_length(lines);

	g_assert_cmpuint(length, >=, 4);
	g_assert_true(g_str_has_prefix(lines[0], first));
	/* Nobody is told nothing. */
	for (guint i = 0; i + 1 < length; i++)
		g_assert_cmpstr(strstr(lines[i] + 1, " :"), !=, " :");
	g_assert_true(g_str_has_prefix(lines[length - 2], last));
}

static void
test_rows(void)
{
	ActFixture fixture;
	Session *anna;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	for (unsigned i = 0; i < COMMANDS; i++) {
		g_auto(GStrv) lines = ask(&fixture, anna, command_row(i)->verb);

		assert_frame(lines, command_row(i)->verb);
		g_assert_true(tells(lines, command_row(i)->help));
	}
	for (unsigned i = 0; i < MODES; i++) {
		bool channel = mode_row(i)->target == MODE_ON_CHANNEL;
		g_auto(GStrv) lines = ask(&fixture, anna, channel ? "cmodes" : "UMODES");

		assert_frame(lines, channel ? "CMODES" : "UMODES");
		g_assert_true(tells(lines, mode_row(i)->help));
	}
	for (unsigned i = 0; i < CAPS; i++) {
		g_auto(GStrv) lines = ask(&fixture, anna, "Caps");

		assert_frame(lines, "CAPS");
		g_assert_true(tells(lines, cap_row(i)->help));
	}
	fixture_clear(&fixture);
}

static void
test_index(void)
{
	ActFixture fixture;
	Session *anna;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	for (unsigned i = 0; i < COMMANDS; i++) {
		g_auto(GStrv) lines = ask(&fixture, anna, "");

		assert_frame(lines, "*");
		g_assert_true(tells(lines, command_row(i)->verb));
		g_assert_true(tells(lines, "CMODES"));
	}
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/help/rows", test_rows);
	g_test_add_func("/help/index", test_index);
	return g_test_run();
}

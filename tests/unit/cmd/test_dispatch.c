/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "proto/caps.h"
#include "proto/commands.h"
#include "proto/utf8.h"

#include <string.h>

static Outcome
say_bytes(ActFixture *fixture, Session *session, const char *bytes, size_t length)
{
	g_autofree char *line = g_malloc(length + 1);
	MessageStatus status;
	Outcome outcome;
	Message message;
	Reply reply;
	Ctx ctx;

	memcpy(line, bytes, length);
	status = message_parse(line, length, &message);
	fixture_begin(fixture, session, &ctx, &reply);
	outcome = cmd_dispatch(&ctx, &message, status);
	fixture_end(fixture, &ctx);
	return outcome;
}

static Outcome
say(ActFixture *fixture, Session *session, const char *line)
{
	return say_bytes(fixture, session, line, strlen(line));
}

static void
test_stages(void)
{
	ActFixture fixture;
	Session *early, *anna;

	fixture_init(&fixture);
	early = fixture_connect(&fixture);
	anna = fixture_user(&fixture, "anna");
	say(&fixture, early, "JOIN #x");
	say(&fixture, early, "NONSENSE");
	fixture_expect(&fixture, early,
	    ":chatd.localhost 451 * :You have not registered|"
	    ":chatd.localhost 451 * :You have not registered|");
	say(&fixture, anna, "USER a 0 * :a");
	say(&fixture, anna, "nonsense");
	say(&fixture, anna, "KILL anna :x");
	say(&fixture, anna, "join");
	fixture_expect(&fixture, anna,
	    ":chatd.localhost 462 anna :You may not reregister|"
	    ":chatd.localhost 421 anna nonsense :Unknown command|"
	    ":chatd.localhost 481 anna :Permission Denied- You're not an IRC operator|"
	    ":chatd.localhost 461 anna JOIN :Not enough parameters|");
	fixture_clear(&fixture);
}

static void
test_bad_lines(void)
{
	g_autofree char *longest = g_strnfill(511, 'x');
	ActFixture fixture;
	Session *anna;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	memcpy(longest, "PING ", 5);
	say(&fixture, anna, "");
	say(&fixture, anna, longest);
	say(&fixture, anna, "12 x");
	say(&fixture, anna, "PRIVMSG anna :\xff");
	anna->caps |= CAP_STANDARD_REPLIES;
	say_bytes(&fixture, anna, "PING a\0b", 8);
	fixture_expect(&fixture, anna,
	    ":chatd.localhost 417 anna :Input line was too long|"
	    ":chatd.localhost 421 anna 12 :Unknown command|"
	    ":chatd.localhost FAIL PRIVMSG INVALID_UTF8 :Message rejected, your software must use "
	    "UTF-8 encoding on this network|"
	    ":chatd.localhost FAIL * INVALID_LINE :The line contains a NUL byte|");
	fixture_clear(&fixture);
}

static void
test_counts_and_costs(void)
{
	const Message list = {.verb = "list"};
	const Message unknown = {.verb = "nonsense"};
	const Message nothing = {0};
	ActFixture fixture;
	Session *anna;

	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	say(&fixture, anna, "ping abc");
	say(&fixture, anna, "PING defg");
	g_assert_cmpuint(fixture.community->commands_used[COMMAND_PING_INDEX], ==, 2);
	g_assert_cmpuint(fixture.community->commands_bytes[COMMAND_PING_INDEX], ==, 7);
	g_assert_cmpuint(cmd_cost(&list), ==, 3);
	g_assert_cmpuint(cmd_cost(&unknown), ==, 1);
	g_assert_cmpuint(cmd_cost(&nothing), ==, 1);
	fixture_clear(&fixture);
}

/* Whatever the number and look of its parameters, every command survives and answers in lines of
 * UTF-8 that are not too long. */
static void
test_any_parameters(void)
{
	static const char *const parameters[] = {
	    "",
	    " :",
	    " #x",
	    " anna",
	    " * * *",
	    " #x :",
	    " anna :",
	    " ,,, ,,, ,,,",
	    " @ + ~",
	    " 0 0 0 0",
	    " :a b c",
	    " #x,anna,& x,y,z :w",
	    " #x +beIkloqvimnpstZ-o+l a b c d e f g h",
	    " -1 4294967296 99999999999999999999",
	    " \xc3\xa9\xc3\xa9 \xe2\x82\xac :\xf0\x9f\x98\x80",
	};

	for (unsigned index = 0; index < COMMANDS; index++) {
		for (unsigned i = 0; i < G_N_ELEMENTS(parameters); i++) {
			g_autofree char *line =
			    g_strconcat(command_row(index)->verb, parameters[i], NULL);
			g_autofree char *got = NULL;
			g_auto(GStrv) lines = NULL;
			ActFixture fixture;
			Session *anna;

			fixture_init(&fixture);
			anna = fixture_user(&fixture, "anna");
			say(&fixture, anna, "JOIN #x");
			g_free(fixture_read(&fixture, anna));
			say(&fixture, anna, line);
			got = fixture_read(&fixture, anna);
			lines = g_strsplit(got, "|", -1);
			g_assert_true(utf8_is_valid(got, strlen(got)));
			for (char **one = lines; *one; one++)
				g_assert_cmpuint(strlen(*one), <=, MESSAGE_BODY_MAX);
			fixture_clear(&fixture);
		}
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/dispatch/stages", test_stages);
	g_test_add_func("/dispatch/bad_lines", test_bad_lines);
	g_test_add_func("/dispatch/counts_and_costs", test_counts_and_costs);
	g_test_add_func("/dispatch/any_parameters", test_any_parameters);
	return g_test_run();
}

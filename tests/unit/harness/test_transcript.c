/* SPDX-License-Identifier: MIT */
#include "transcript.h"

#include <string.h>

static const TranscriptRow *
row(const Transcript *transcript, unsigned index)
{
	g_assert_cmpuint(index, <, transcript->rows->len);
	return transcript->rows->pdata[index];
}

static void
test_rows(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Transcript) transcript = transcript_parse("t",
	    "# comment\n"
	    "\n"
	    "setting [limits] nick = 9\n"
	    "client a: nick Anna address 192.0.2.7 caps batch server-time\n"
	    "client b: raw\n"
	    "a > PRIVMSG b :x > y < z\n"
	    "b < :a!a@h PRIVMSG b :x\n"
	    "b closed\n"
	    "a closes\n"
	    "advance 90s\n"
	    "\n"
	    "b > X\n",
	    &error);
	static const TranscriptKind kinds[] = {TRANSCRIPT_TEXT, TRANSCRIPT_TEXT, TRANSCRIPT_SETTING,
	    TRANSCRIPT_CLIENT, TRANSCRIPT_CLIENT, TRANSCRIPT_SEND, TRANSCRIPT_EXPECT,
	    TRANSCRIPT_CLOSED, TRANSCRIPT_CLOSE, TRANSCRIPT_ADVANCE, TRANSCRIPT_TEXT,
	    TRANSCRIPT_SEND};
	static const unsigned steps[] = {0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3};

	g_assert_no_error(error);
	g_assert_cmpuint(transcript->rows->len, ==, G_N_ELEMENTS(kinds));
	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		g_assert_cmpint(row(transcript, i)->kind, ==, kinds[i]);
		g_assert_cmpuint(row(transcript, i)->step, ==, steps[i]);
		g_assert_cmpuint(row(transcript, i)->number, ==, i + 1);
	}
	g_assert_cmpstr(row(transcript, 3)->nick, ==, "Anna");
	g_assert_cmpstr(row(transcript, 3)->user, ==, "a");
	g_assert_cmpstr(row(transcript, 3)->address, ==, "192.0.2.7");
	g_assert_cmpstr(row(transcript, 3)->caps, ==, "batch server-time");
	g_assert_true(row(transcript, 4)->raw);
	g_assert_cmpstr(row(transcript, 5)->value, ==, "PRIVMSG b :x > y < z");
	g_assert_cmpint(row(transcript, 9)->microseconds, ==, 90000000);
	g_assert_cmpuint(transcript->n_steps, ==, 3);
}

static void
test_raw_bytes(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Transcript) transcript =
	    transcript_parse("t", "client a: raw\na >> A\\x00\\xffB\\0\\\\\\r\\n\n", &error);
	static const char bytes[] = "A\0\xff"
				    "B\0\\\r\n";

	g_assert_no_error(error);
	g_assert_cmpmem(row(transcript, 1)->value, row(transcript, 1)->length, bytes, 8);
}

static void
test_settings(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Transcript) transcript = transcript_parse("t",
	    "setting [limits] nick = 9\nsetting [operator boss] masks = *@*\n"
	    "setting [limits] topic = 80\nclient a:\n",
	    &error);
	g_autofree char *text = NULL;

	g_assert_no_error(error);
	text = transcript_settings(transcript);
	g_assert_cmpstr(text, ==, "[limits]\nnick = 9\ntopic = 80\n[operator boss]\nmasks = *@*\n");
}

static void
test_mistakes(void)
{
	static const struct {
		const char *text;
		const char *message;
	} mistakes[] = {
	    {"client a\n", "t:1: expected client NAME"},
	    {"client 1a:\n", "t:1: not a name"},
	    {"client a:\nclient a:\n", "t:2: not a name, or taken"},
	    {"client a: colour blue\n", "t:1: expected raw, tls"},
	    {"client a: nick\n", "t:1: expected raw, tls"},
	    {"b > X\n", "t:1: no such client"},
	    {"nonsense\n", "t:1: no such client"},
	    {"client a:\na = X\n", "t:2: expected >"},
	    {"client a:\na >\n", "t:2: expected >"},
	    {"client a:\na >> \\q\n", "t:2: allowed are"},
	    {"client a:\na >> \\x1\n", "t:2: allowed are"},
	    {"client a:\na >> \\\n", "t:2: allowed are"},
	    {"advance 10\n", "t:1: expected a number"},
	    {"advance s\n", "t:1: expected a number"},
	    {"advance 0s\n", "t:1: expected a number"},
	    {"client a:\nsetting [x] y = z\n", "t:2: settings come before"},
	    {"setting x y\n", "t:1: expected [SECTION] KEY = VALUE"},
	    {"changed x y\n", "t:1: expected [SECTION] KEY = VALUE"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(mistakes); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Transcript) transcript = transcript_parse("t", mistakes[i].text, &error);

		g_assert_null(transcript);
		g_assert_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE);
		g_assert_true(g_str_has_prefix(error->message, mistakes[i].message));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/transcript/rows", test_rows);
	g_test_add_func("/transcript/raw-bytes", test_raw_bytes);
	g_test_add_func("/transcript/settings", test_settings);
	g_test_add_func("/transcript/mistakes", test_mistakes);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* Splitting lines: the facts of RFC 1459, RFC 2812 and IRCv3 message-tags, and what clients get
 * wrong. */
#include "proto/message.h"

#include <glib.h>
#include <string.h>

typedef struct SplitCase {
	const char *line;
	const char *tags;
	const char *source;
	const char *verb;
	const char *params[8];
} SplitCase;

static const SplitCase split_cases[] = {
    {"foo bar baz asdf", NULL, NULL, "foo", {"bar", "baz", "asdf"}},
    {":coolguy foo bar baz asdf", NULL, "coolguy", "foo", {"bar", "baz", "asdf"}},
    {"foo bar baz :asdf quux", NULL, NULL, "foo", {"bar", "baz", "asdf quux"}},
    {"foo bar baz :", NULL, NULL, "foo", {"bar", "baz", ""}},
    {"foo bar baz ::asdf", NULL, NULL, "foo", {"bar", "baz", ":asdf"}},
    {":coolguy foo bar baz :  asdf quux ", NULL, "coolguy", "foo", {"bar", "baz", "  asdf quux "}},
    {":coolguy PRIVMSG bar :lol :) ", NULL, "coolguy", "PRIVMSG", {"bar", "lol :) "}},
    {":coolguy foo bar baz :", NULL, "coolguy", "foo", {"bar", "baz", ""}},
    {"@a=b;c=32;k;rt=ql7 foo", "a=b;c=32;k;rt=ql7", NULL, "foo", {NULL}},
    {"@a=b\\\\and\\nk;c=72\\s45 :dan foo x", "a=b\\\\and\\nk;c=72\\s45", "dan", "foo", {"x"}},
    {":src JOIN #chan", NULL, "src", "JOIN", {"#chan"}},
    {":src JOIN :#chan", NULL, "src", "JOIN", {"#chan"}},
    {":src AWAY", NULL, "src", "AWAY", {NULL}},
    {":src AWAY ", NULL, "src", "AWAY", {NULL}},
    {":cool\tguy foo bar baz", NULL, "cool\tguy", "foo", {"bar", "baz"}},
    {":coolguy!ag@net\x03"
     "5w\x03ork.admin PRIVMSG foo :bar baz",
	NULL,
	"coolguy!ag@net\x03"
	"5w\x03ork.admin",
	"PRIVMSG", {"foo", "bar baz"}},
    {"@tag1=value1;+vendor/tag2;tag3= :irc.example.com COMMAND param1 param2 :param3 param3",
	"tag1=value1;+vendor/tag2;tag3=", "irc.example.com", "COMMAND",
	{"param1", "param2", "param3 param3"}},
    {"COMMAND", NULL, NULL, "COMMAND", {NULL}},
    {":coolguy foo bar baz :  ", NULL, "coolguy", "foo", {"bar", "baz", "  "}},
    {"@c;h=;a=b :quux ab cd", "c;h=;a=b", "quux", "ab", {"cd"}},
    {":services.esper.net MODE #foo-bar +o foobar  ", NULL, "services.esper.net", "MODE",
	{"#foo-bar", "+o", "foobar"}},
    {":SomeOp MODE #channel :+i", NULL, "SomeOp", "MODE", {"#channel", "+i"}},
    {":SomeOp MODE #channel +oo SomeUser :AnotherUser", NULL, "SomeOp", "MODE",
	{"#channel", "+oo", "SomeUser", "AnotherUser"}},
    {":gravel.mozilla.org 432  #momo :Erroneous Nickname: Illegal characters", NULL,
	"gravel.mozilla.org", "432", {"#momo", "Erroneous Nickname: Illegal characters"}},
    {":gravel.mozilla.org MODE #tckk +n ", NULL, "gravel.mozilla.org", "MODE", {"#tckk", "+n"}},
    {"   NICK    somebody   ", NULL, NULL, "NICK", {"somebody"}},
    {"  @a=b   :src   PING    x", "a=b", "src", "PING", {"x"}},
    {"@ PING x", NULL, NULL, "PING", {"x"}},
    {"PRIVMSG #a :\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", NULL, NULL, "PRIVMSG",
	{"#a", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"}},
};

/* On the heap at exact size, so that AddressSanitizer sees a step past the end. */
static MessageStatus
parse_bytes(const char *line, size_t length, char **ret_buffer, Message *ret_message)
{
	*ret_buffer = g_malloc(length + 1);
	memcpy(*ret_buffer, line, length);
	(*ret_buffer)[length] = 'X'; /* the parser writes the NUL */
	return message_parse(*ret_buffer, length, ret_message);
}

static void
test_split(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(split_cases); i++) {
		const SplitCase *row = &split_cases[i];
		g_test_message("%s", row->line);
		Message message;
		g_autofree char *buffer = NULL;
		g_assert_cmpint(
		    parse_bytes(row->line, strlen(row->line), &buffer, &message), ==, MESSAGE_OK);
		g_autofree char *tags =
		    message.tags ? g_strndup(message.tags, message.tags_length) : NULL;
		g_assert_cmpstr(tags, ==, row->tags);
		g_assert_cmpstr(message.source, ==, row->source);
		g_assert_cmpstr(message.verb, ==, row->verb);
		unsigned count = 0;
		for (; count < G_N_ELEMENTS(row->params) && row->params[count]; count++) {
			g_assert_cmpuint(count, <, message.n_params);
			g_assert_cmpstr(message.params[count], ==, row->params[count]);
		}
		g_assert_cmpuint(message.n_params, ==, count);
	}
}

/* Every beginning of every line is read without a step past its end. */
static void
test_every_prefix(void)
{
	unsigned understood = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(split_cases); i++) {
		size_t whole = strlen(split_cases[i].line);
		for (size_t length = 0; length <= whole; length++) {
			Message message;
			g_autofree char *buffer = NULL;
			MessageStatus status =
			    parse_bytes(split_cases[i].line, length, &buffer, &message);
			g_assert_cmpint(buffer[length], ==, '\0');
			if (status != MESSAGE_OK)
				continue;
			understood++;
			for (unsigned k = 0; k < message.n_params; k++)
				g_assert_true(message.params[k] >= buffer &&
					      message.params[k] <= buffer + length);
		}
	}
	g_assert_cmpuint(understood, >, 300);
}

static MessageStatus
status_of(const char *line, size_t length)
{
	Message message;
	g_autofree char *buffer = NULL;
	return parse_bytes(line, length, &buffer, &message);
}

static void
test_refused(void)
{
	static const struct {
		const char *line;
		MessageStatus status;
	} cases[] = {{"", MESSAGE_EMPTY}, {"     ", MESSAGE_EMPTY}, {"@a=b", MESSAGE_EMPTY},
	    {"@a=b ", MESSAGE_EMPTY}, {":source", MESSAGE_EMPTY}, {":source   ", MESSAGE_EMPTY},
	    {":", MESSAGE_EMPTY}, {"@", MESSAGE_EMPTY}, {"NI(K x", MESSAGE_BAD_VERB},
	    {"12 x", MESSAGE_BAD_VERB}, {"1234", MESSAGE_BAD_VERB}, {"12a", MESSAGE_BAD_VERB},
	    {"\xC3\xA9t\xC3\xA9 x", MESSAGE_BAD_VERB}, {"PRIVMSG a :\xFF", MESSAGE_INVALID_UTF8},
	    {"PRIVMSG a :\xED\xA0\x80", MESSAGE_INVALID_UTF8},
	    {"@a=\xC3 PRIVMSG a :b", MESSAGE_INVALID_UTF8}, {"PING a\r\r", MESSAGE_OK},
	    {"\r\r", MESSAGE_EMPTY}, {"PRIVMSG a :b\rQUIT", MESSAGE_HAS_CR},
	    {"@a=b\r;c PING x", MESSAGE_HAS_CR}, {"PING\r x", MESSAGE_HAS_CR}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(
		    status_of(cases[i].line, strlen(cases[i].line)), ==, cases[i].status);
	g_assert_cmpint(status_of("PRIV\0MSG a", 10), ==, MESSAGE_HAS_NUL);
	g_assert_cmpint(status_of("PING a\0", 7), ==, MESSAGE_HAS_NUL);
	g_assert_cmpint(status_of("@a=b PING \0", 11), ==, MESSAGE_HAS_NUL);
	g_assert_cmpint(status_of("@a\0b PING", 9), ==, MESSAGE_HAS_NUL);
}

static void
test_invalid_utf8_is_understood(void)
{
	Message message;
	g_autofree char *buffer = NULL;
	const char *line = "@label=1 PRIVMSG #a :\xFF\xFE";
	g_assert_cmpint(
	    parse_bytes(line, strlen(line), &buffer, &message), ==, MESSAGE_INVALID_UTF8);
	g_assert_cmpstr(message.verb, ==, "PRIVMSG");
	g_assert_cmpuint(message.n_params, ==, 2);
	g_assert_cmpuint(message.tags_length, ==, 7);
}

static MessageStatus
status_of_lengths(size_t tags, size_t body, Message *ret_message)
{
	g_autoptr(GString) line = g_string_new(NULL);
	if (tags > 0) {
		g_string_append_c(line, '@');
		for (size_t i = 0; i < tags; i++)
			g_string_append_c(line, 'a');
		g_string_append_c(line, ' ');
	}
	size_t start = line->len;
	g_string_append(line, "PING ");
	while (line->len - start < body)
		g_string_append_c(line, 'b');
	g_autofree char *buffer = NULL;
	return parse_bytes(line->str, line->len, &buffer, ret_message);
}

static void
test_lengths(void)
{
	Message message;
	g_assert_cmpint(status_of_lengths(0, 510, &message), ==, MESSAGE_OK);
	g_assert_cmpuint(message.n_params, ==, 1);
	g_assert_cmpint(status_of_lengths(0, 511, &message), ==, MESSAGE_TOO_LONG);
	g_assert_null(message.verb);
	g_assert_cmpint(status_of_lengths(4094, 510, &message), ==, MESSAGE_OK);
	g_assert_cmpuint(message.tags_length, ==, 4094);
	g_assert_cmpint(status_of_lengths(4095, 10, &message), ==, MESSAGE_TAGS_TOO_LONG);
	g_assert_null(message.tags);
	g_assert_cmpint(status_of_lengths(4094, 511, &message), ==, MESSAGE_TOO_LONG);
	g_assert_cmpuint(message.tags_length, ==, 4094);
}

static void
test_many_params(void)
{
	g_autoptr(GString) line = g_string_new("MODE");
	for (unsigned i = 0; i < 60; i++)
		g_string_append_printf(line, " p%u", i);
	Message message;
	g_autofree char *buffer = NULL;
	g_assert_cmpint(parse_bytes(line->str, line->len, &buffer, &message), ==, MESSAGE_OK);
	g_assert_cmpuint(message.n_params, ==, MESSAGE_PARAMS_MAX);
	g_assert_cmpstr(message.params[29], ==, "p29");
	g_assert_true(g_str_has_prefix(message.params[30], "p30 p31 "));
	g_assert_true(g_str_has_suffix(message.params[30], " p59"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/message/split", test_split);
	g_test_add_func("/message/every-prefix", test_every_prefix);
	g_test_add_func("/message/refused", test_refused);
	g_test_add_func("/message/invalid-utf8-is-understood", test_invalid_utf8_is_understood);
	g_test_add_func("/message/lengths", test_lengths);
	g_test_add_func("/message/many-params", test_many_params);
	return g_test_run();
}

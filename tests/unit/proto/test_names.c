/* SPDX-License-Identifier: MIT */
/* Names: what is one and what is none. */
#include "proto/names.h"

#include "proto/casemap.h"

#include <glib.h>
#include <string.h>

static void
test_nick(void)
{
	static const char *const good[] = {
	    "a", "Nick", "nick9", "n-i-c-k", "[x]", "{x}", "\\a", "`a", "_a", "|a", "a^"};
	static const char *const bad[] = {"", "9a", "-a", "a b", "a,b", "a!b", "a@b", "a.b", "#a",
	    ":a", "'a", "^616263", "a*", "a?", "\xC3\xA9", "a\x01", "~a", "@a", "+a", "$a", "a/b"};
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(name_is_nick(good[i], 32));
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(name_is_nick(bad[i], 32));
	g_assert_true(name_is_nick("abcd", 4));
	g_assert_false(name_is_nick("abcde", 4));
}

static void
test_nick_precis(void)
{
	static const char *const good[] = {"a", "Nick", "[x]", "\\a", "Işıl", "жаба", "עברית",
	    "王小明", "é9", "a\xCC\x81", "ａbc"};
	static const char *const bad[] = {"", "9a", "-a", "a b", "a!b", "a@b", "a.b", "#a", "^a",
	    "a\x01", "~a", "\xEF\xBC\x83x", "x\xEF\xBC\xA0",
	    "a\xC2\xA0"
	    "b",
	    "\xE2\x80\x8Bx", "\xF0\x9F\x98\x80", "\xE2\x98\x83", "aעb", "\xFF", "\xE2\x80\xAExx"};
	casemap_choose(CASEMAP_PRECIS);
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		g_test_message("%s", good[i]);
		g_assert_true(name_is_nick(good[i], 32));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("%" G_GSIZE_FORMAT, i);
		g_assert_false(name_is_nick(bad[i], 32));
	}
	g_assert_true(name_is_nick("éé", 4));
	g_assert_false(name_is_nick("ééa", 4));
	casemap_choose(CASEMAP_ASCII);
	g_assert_false(name_is_nick("é", 4));
}

static void
test_channel(void)
{
	static const char *const good[] = {
	    "#a", "&a", "##", "#a:b", "#\xC3\xA9", "#a*", "#[]{}", "#1"};
	static const char *const bad[] = {"", "#", "&", "a", "#a b", "#a,b", "#a\x07", "#\x01",
	    "+a", "!a", "%#a", "#\xFF", "#a\x7F"};
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(name_is_channel(good[i], 64));
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(name_is_channel(bad[i], 64));
	g_assert_true(name_is_channel("#abc", 4));
	g_assert_false(name_is_channel("#abcd", 4));
	g_assert_true(name_is_channel_like("#"));
	g_assert_false(name_is_channel_like(""));
	g_assert_false(name_is_channel_like("x#"));
}

static void
test_key_host_word(void)
{
	g_assert_true(name_is_key("secret"));
	g_assert_true(name_is_key("a:b"));
	g_assert_true(name_is_key("12345678901234567890123"));
	g_assert_false(name_is_key("123456789012345678901234"));
	g_assert_false(name_is_key(""));
	g_assert_false(name_is_key(":a"));
	g_assert_false(name_is_key("a,b"));
	g_assert_false(name_is_key("a b"));
	g_assert_false(name_is_key("\xC3\xA9"));

	static const char *const hosts[] = {
	    "a", "irc.example.org", "a-b.c", "xn--bcher-kva.ch", "324.net.uk"};
	static const char *const no_hosts[] = {"", ".", "a.", ".a", "a..b", "-a", "a-", "a-.b",
	    "a.-b", "a b", "a:b", "\xC3\xA9", "_irc._sctp.net.uk", "-lol-.net.uk", "ex ample.org",
	    "example.org "};
	for (size_t i = 0; i < G_N_ELEMENTS(hosts); i++)
		g_assert_true(name_is_host(hosts[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(no_hosts); i++)
		g_assert_false(name_is_host(no_hosts[i]));
	g_autofree char *longest = g_strnfill(63, 'a');
	g_autofree char *too_long = g_strnfill(64, 'a');
	g_assert_true(name_is_host(longest));
	g_assert_false(name_is_host(too_long));

	g_assert_true(name_is_word("Main-1_x.y", 63));
	g_assert_false(name_is_word("", 63));
	g_assert_false(name_is_word("a b", 63));
	g_assert_false(name_is_word("abc", 2));
}

static void
test_email(void)
{
	static const char *const emails[] = {
	    "a@b.c", "anna.b+tag@mail.example.org", "!#$%&'*+-/=?^_`{|}~@example.org"};
	static const char *const no_emails[] = {"", "anna", "@example.org", "anna@",
	    "anna@localhost", ".anna@example.org", "anna.@example.org", "an..na@example.org",
	    "an na@example.org", "anna@example.org\r\nRCPT TO:<bea@example.org>",
	    "anna\r\n@example.org", "anna@example.org\n", "<anna@example.org>",
	    "anna@bea@example.org", "a,b@example.org", "\xC3\xA9@example.org", "anna@-example.org"};
	g_autofree char *local = g_strnfill(64, 'a');
	g_autofree char *longest = g_strconcat(local, "@example.org", NULL);
	g_autofree char *too_long = g_strconcat("a", longest, NULL);
	/* More than a host has here, less than a domain may have. */
	g_autofree char *label = g_strnfill(60, 'd');
	g_autofree char *domain = g_strconcat("a@", label, ".", label, ".example", NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(emails); i++)
		g_assert_true(name_is_email(emails[i]));
	for (size_t i = 0; i < G_N_ELEMENTS(no_emails); i++)
		g_assert_false(name_is_email(no_emails[i]));
	g_assert_true(name_is_email(longest));
	g_assert_false(name_is_email(too_long));
	g_assert_true(name_is_email(domain));
}

static void
test_user(void)
{
	static const struct {
		const char *text;
		size_t maximum;
		const char *cleaned;
	} cases[] = {{"guest", 10, "~guest"}, {"~guest", 10, "~guest"}, {"a b!c@d", 10, "~abcd"},
	    {"", 10, "~user"}, {"!!!", 10, "~user"}, {"\xC3\xA9", 10, "~user"},
	    {"abcdefghijkl", 10, "~abcdefghi"}, {"a.b-c_d", 10, "~a.b-c_d"}, {"", 3, "~us"},
	    {"x", 2, "~x"}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *buffer = g_malloc(cases[i].maximum + 1);
		name_clean_user(cases[i].text, buffer, cases[i].maximum);
		g_assert_cmpstr(buffer, ==, cases[i].cleaned);
	}
}

static void
test_relayed(void)
{
	g_assert_true(name_is_relayed("ann/net", "/", 64));
	g_assert_true(name_is_relayed("1\xc3\xa9/n", "/", 64));
	g_assert_true(name_is_relayed("a%b", "/%", 64));
	g_assert_true(name_is_relayed("a/b", "/", 3));
	g_assert_false(name_is_relayed("a/bc", "/", 3));
	g_assert_false(name_is_relayed("ann", "/", 64));
	g_assert_false(name_is_relayed("", "/", 64));
	g_assert_false(name_is_relayed("a/b", "", 64));
	g_assert_false(name_is_relayed("a/b c", "/", 64));
	g_assert_false(name_is_relayed("a/b!c", "/", 64));
	g_assert_false(name_is_relayed("a%/b", "/", 64));
	g_assert_false(name_is_relayed("#a/b", "/", 64));
	g_assert_false(name_is_relayed(":a/b", "/", 64));
	g_assert_false(name_is_relayed("a/\xff", "/", 64));
	g_assert_false(name_is_relayed("a/\x7f", "/", 64));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/names/relayed", test_relayed);
	g_test_add_func("/names/nick", test_nick);
	g_test_add_func("/names/nick-precis", test_nick_precis);
	g_test_add_func("/names/channel", test_channel);
	g_test_add_func("/names/key-host-word", test_key_host_word);
	g_test_add_func("/names/email", test_email);
	g_test_add_func("/names/user", test_user);
	return g_test_run();
}

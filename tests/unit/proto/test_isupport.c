/* SPDX-License-Identifier: MIT */
/* Numeric 005 from the tables. */
#include "proto/isupport.h"

#include "proto/casemap.h"

#include <stdbool.h>
#include <string.h>

static const IsupportLimits limits = {.network = "My = Net\\",
    .nick = 32,
    .channel = 64,
    .topic = 390,
    .away = 200,
    .kick = 300,
    .user = 20,
    .host = 63,
    .name = 150,
    .key = 23,
    .user_channels = 50,
    .list_entries = 100,
    .targets = 4,
    .modes = 6,
    .monitor = 100};

static bool
has_token(const GPtrArray *lines, const char *token)
{
	for (unsigned i = 0; i < lines->len; i++) {
		g_auto(GStrv) tokens = g_strsplit(g_ptr_array_index(lines, i), " ", -1);
		if (g_strv_contains((const char *const *)tokens, token))
			return true;
	}
	return false;
}

static void
test_tokens(void)
{
	static const char *const expected[] = {"NETWORK=My\\x20\\x3D\\x20Net\\x5C",
	    "CASEMAPPING=ascii", "CHANTYPES=#&", "CHANMODES=beI,k,FlLW,acCDgiKmMnNpPrsStUxZ",
	    "EXTBAN=~,GOSacmnrtz", "ACCOUNTEXTBAN=account,a", "MAXLIST=beI:100", "PREFIX=(qov)~@+",
	    "STATUSMSG=~@+", "EXCEPTS", "INVEX", "BOT=B", "NICKLEN=32", "CHANNELLEN=64",
	    "TOPICLEN=390", "AWAYLEN=200", "KICKLEN=300", "USERLEN=20", "HOSTLEN=63", "NAMELEN=150",
	    "KEYLEN=23", "CHANLIMIT=#&:50", "MODES=6", "MONITOR=100", "MAXTARGETS=4", "ELIST=CMNTU",
	    "SAFELIST", "UTF8ONLY", "WHOX",
	    "TARGMAX=ISON:,JOIN:,KICK:4,KILL:1,LIST:,MONITOR:,NAMES:,NOTICE:4,PART:,PRIVMSG:4,"
	    "TAGMSG:4,"
	    "USERHOST:5,USERIP:5,WHOIS:4,WHOWAS:1",
	    "USERIP", "LINELEN=512"};
	g_autoptr(GPtrArray) lines = isupport_lines(&limits, 150);
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		g_test_message("%s", expected[i]);
		g_assert_true(has_token(lines, expected[i]));
	}
}

/* Tokens of settings that nobody need make: absent without them, one '=' each with them. */
static void
test_optional_tokens(void)
{
	static const char *const denied[] = {"*", "-typing", NULL};
	static const char *const none[] = {NULL};
	IsupportLimits with = limits;
	with.icon = "https://a.example/i?s=1";
	with.filehost = "https://f.example/";
	with.client_tags_denied = denied;
	g_autoptr(GPtrArray) lines = isupport_lines(&with, 150);
	g_assert_true(has_token(lines, "draft/ICON=https://a.example/i?s\\x3D1"));
	g_assert_true(has_token(lines, "draft/FILEHOST=https://f.example/"));
	g_assert_true(has_token(lines, "soju.im/FILEHOST=https://f.example/"));
	g_assert_true(has_token(lines, "CLIENTTAGDENY=*,-typing"));
	IsupportLimits without = limits;
	without.icon = without.filehost = "";
	without.client_tags_denied = none;
	g_autoptr(GPtrArray) plain = isupport_lines(&without, 150);
	for (unsigned i = 0; i < plain->len; i++) {
		const char *line = g_ptr_array_index(plain, i);
		g_assert_null(strstr(line, "draft/"));
		g_assert_null(strstr(line, "CLIENTTAGDENY"));
	}
}

static void
test_casemapping(void)
{
	g_autoptr(GPtrArray) lines = NULL;
	g_autoptr(GPtrArray) before = isupport_lines(&limits, 150);
	g_assert_false(has_token(before, "UTF8MAPPING=rfc8265"));
	casemap_choose(CASEMAP_PRECIS);
	lines = isupport_lines(&limits, 150);
	casemap_choose(CASEMAP_ASCII);
	g_assert_true(has_token(lines, "CASEMAPPING=ascii"));
	g_assert_true(has_token(lines, "UTF8MAPPING=rfc8265"));
}

static void
test_lines(void)
{
	unsigned expected = 0; /* however they are spread over lines, they are as many */

	for (unsigned overhead = 0; overhead < 256; overhead += 5) {
		g_autoptr(GPtrArray) lines = isupport_lines(&limits, overhead);
		g_assert_cmpuint(lines->len, >=, 2);
		unsigned total = 0;
		for (unsigned i = 0; i < lines->len; i++) {
			const char *line = g_ptr_array_index(lines, i);
			g_auto(GStrv) tokens = g_strsplit(line, " ", -1);
			unsigned count = g_strv_length(tokens);
			g_assert_cmpuint(count, >=, 1);
			g_assert_cmpuint(count, <=, 13);
			g_assert_cmpuint(strlen(line) + overhead, <=, 512);
			total += count;
		}
		if (overhead == 0)
			expected = total;
		g_assert_cmpuint(total, >, 20);
		g_assert_cmpuint(total, ==, expected);
	}
}

static void
test_changes(void)
{
	char *before[] = {(char *)"NICKLEN=9 KNOCK", (char *)"GONE=1 TOPICLEN=390", NULL};
	char *after[] = {(char *)"NICKLEN=12 KNOCK=x TOPICLEN=390", (char *)"NEW", NULL};
	g_autoptr(GPtrArray) lines = isupport_changes(before, after, 100);
	g_assert_cmpuint(lines->len, ==, 1);
	g_assert_cmpstr(lines->pdata[0], ==, "NICKLEN=12 KNOCK=x NEW -GONE");
	g_autoptr(GPtrArray) same = isupport_changes(after, after, 100);
	g_assert_cmpuint(same->len, ==, 0);
	g_autofree char *name = g_strnfill(60, 'X');
	g_autofree char *many = g_strdup_printf("A%s=1 B%s=1 C%s=1 D%s=1 E%s=1 F%s=1 G%s=1 H%s=1",
	    name, name, name, name, name, name, name, name);
	char *longer[] = {many, NULL};
	g_autoptr(GPtrArray) long_lines = isupport_changes(before, longer, 100);
	g_assert_cmpuint(long_lines->len, ==, 2);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/isupport/tokens", test_tokens);
	g_test_add_func("/isupport/casemapping", test_casemapping);
	g_test_add_func("/isupport/optional-tokens", test_optional_tokens);
	g_test_add_func("/isupport/lines", test_lines);
	g_test_add_func("/isupport/changes", test_changes);
	return g_test_run();
}

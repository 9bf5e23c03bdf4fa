/* SPDX-License-Identifier: MIT */
/* Extended bans: what parses to what, what is refused and why, whom each matches. */
#include "proto/extban.h"

#include <string.h>

#define FINGERPRINT "00FFab0000000000000000000000000000000000000000000000000000000000"

static void
test_text(void)
{
	static const struct {
		const char *text, *canonical;
	} cases[] = {
	    {"evil", "evil!*@*"},
	    {"~ident@host", "*!~ident@host"},
	    {"~user@2001:db8::1", "*!~user@2001:db8::1"},
	    {"~a:anna", "~a:anna"},
	    {"~account:anna", "~a:anna"},
	    {"~ACCOUNT:Anna", "~a:Anna"},
	    {"~!a:anna", "~!a:anna"},
	    {"~quiet:evil", "~m:evil!*@*"},
	    {"~m:~a:anna", "~m:~a:anna"},
	    {"~mute:~!account:*", "~m:~!a:*"},
	    {"~n:*@host", "~n:*!*@host"},
	    {"~time:010:evil", "~t:10:evil!*@*"},
	    {"~m:~t:5:evil", "~t:5:~m:evil!*@*"},
	    {"~t:5:~m:~c:@#x", "~t:5:~m:~c:@#x"},
	    {"~c:#x", "~c:#x"},
	    {"~O", "~O"},
	    {"~oper:", "~O"},
	    {"~O:boss", "~O:boss"},
	    {"~!z", "~!z"},
	    {"~secure", "~z"},
	    {"~geo:nz", "~G:nz"},
	    {"~S:" FINGERPRINT, "~S:" FINGERPRINT},
	    {"~r:free_money*", "~r:free_money*"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *problem;
		g_autoptr(Extban) extban = extban_parse(cases[i].text, &problem);

		g_test_message("%s", cases[i].text);
		g_assert_cmpstr(problem, ==, NULL);
		g_assert_cmpstr(extban_text(extban), ==, cases[i].canonical);
	}
}

static void
test_refused(void)
{
	static const struct {
		const char *text, *problem;
	} cases[] = {
	    {"", "A mask has the form"},
	    {"~x:evil", "There is no such extended ban"},
	    {"~nothing", "There is no such extended ban"},
	    {"~a", "needs a value"},
	    {"~a:", "needs a value"},
	    {"~m", "A mask is missing"},
	    {"~m:", "A mask is missing"},
	    {"~!m:evil", "can be negated"},
	    {"~m:~m:evil", "more than one of mute"},
	    {"~m:~n:evil", "more than one of mute"},
	    {"~t:evil", "A time is minutes"},
	    {"~t:0:evil", "A time is minutes"},
	    {"~t:525601:evil", "A time is minutes"},
	    {"~t:-1:evil", "A time is minutes"},
	    {"~t:5:~t:5:evil", "more than one time"},
	    {"~t:5:", "A mask is missing"},
	    {"~G:nzl", "two letters"},
	    {"~S:xyz", "hexadecimal"},
	    {"~S:00ff", "64"},
	    {"~c:x", "A channel is missing"},
	    {"~r:a b", "no space"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *problem;
		g_autoptr(Extban) extban = extban_parse(cases[i].text, &problem);

		g_test_message("%s", cases[i].text);
		g_assert_null(extban);
		g_assert_nonnull(strstr(problem, cases[i].problem));
	}
	/* The canonical form is what has a limit. */
	g_autofree char *name = g_strnfill(MASK_MAX, 'x');
	g_autofree char *longer = g_strconcat("~a:", name, NULL);
	g_assert_null(extban_parse(longer, NULL));
}

static bool
in_channel(const MaskSubject *subject, const char *channel, char prefix)
{
	return strcmp(channel, "#x") == 0 && (prefix == '\0' || prefix == '+');
}

static void
test_matches(void)
{
	const MaskSubject anna = {.nick = "anna",
	    .user = "~a",
	    .host = "host.example.org",
	    .address = "192.0.2.7",
	    .account = "Anna",
	    .real_name = "Free money now",
	    .fingerprint = "00ffab0000000000000000000000000000000000000000000000000000000000",
	    .country = "NZ",
	    .operator_name = "boss",
	    .tls = true,
	    .in_channel = in_channel};
	const MaskSubject plain = {
	    .nick = "bea", .user = "~b", .host = "192.0.2.8", .address = "192.0.2.8"};
	static const struct {
		const char *text;
		bool anna, plain;
	} cases[] = {
	    {"anna", true, false},
	    {"*@192.0.2.0/24", true, true},
	    {"~m:*@192.0.2.7", true, false},
	    {"~a:anna", true, false},
	    {"~a:an*", true, false},
	    {"~a:0", false, true},
	    {"~!a:*", false, true},
	    {"~c:#x", true, false},
	    {"~c:+#x", true, false},
	    {"~c:@#x", false, false},
	    {"~G:nz", true, false},
	    {"~O", true, false},
	    {"~O:bo*", true, false},
	    {"~O:other", false, false},
	    {"~r:free_money*", true, false},
	    {"~r:free?money?now", true, false},
	    {"~r:free", false, false},
	    {"~S:" FINGERPRINT, true, false},
	    {"~z", true, false},
	    {"~!z", false, true},
	    {"~t:5:~!z", false, true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Extban) extban = extban_parse(cases[i].text, NULL);

		g_test_message("%s", cases[i].text);
		g_assert_nonnull(extban);
		g_assert_cmpint(extban_matches(extban, &anna), ==, cases[i].anna);
		g_assert_cmpint(extban_matches(extban, &plain), ==, cases[i].plain);
	}
}

static void
test_facts(void)
{
	g_autoptr(Extban) extban = extban_parse("~t:5:~m:~c:#x", NULL);
	g_autoptr(Extban) nick = extban_parse("~n:evil", NULL);
	g_autofree char *names = extban_account_names();
	char letters[EXTBAN_LETTERS_SIZE];

	g_assert_cmpuint(extban_minutes(extban), ==, 5);
	g_assert_cmpuint(extban_scopes(extban), ==, EXTBAN_SPEAK | EXTBAN_NICK);
	g_assert_cmpstr(extban_lasting_text(extban), ==, "~m:~c:#x");
	g_assert_cmpuint(extban_scopes(nick), ==, EXTBAN_NICK);
	extban_letters(letters);
	g_assert_cmpstr(letters, ==, "GOSacmnrtz");
	g_assert_cmpstr(names, ==, "account,a");
}

/* Which account an entry is about: by its whole name, and as such. */
static void
test_account(void)
{
	static const struct {
		const char *text, *account;
	} cases[] = {{"~a:anna", "anna"}, {"~t:5:~account:Anna", "Anna"}, {"~a:an*", NULL},
	    {"~a:0", NULL}, {"~!a:anna", NULL}, {"anna", NULL}, {"~c:#x", NULL}};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Extban) extban = extban_parse(cases[i].text, NULL);

		g_assert_cmpstr(extban_account(extban), ==, cases[i].account);
		g_assert_false(extban_needs_country(extban));
	}
	{
		g_autoptr(Extban) extban = extban_parse("~m:~geo:nz", NULL);

		g_assert_true(extban_needs_country(extban));
	}
}

/* Each row says something, and its example is one. */
static void
test_rows(void)
{
	const ExtbanRow *row;

	for (unsigned i = 0; (row = extban_row(i)); i++) {
		g_test_message("%s", row->name);
		g_assert_cmpuint(strlen(row->help), >, 10);
		if (strcmp(row->name, "certfp") != 0) {
			g_autoptr(Extban) extban = extban_parse(row->example, NULL);

			g_assert_nonnull(extban);
		}
		for (unsigned j = 0; j < i; j++)
			g_assert_cmpint(g_ascii_tolower(row->letter), !=,
			    g_ascii_tolower(extban_row(j)->letter));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/extban/text", test_text);
	g_test_add_func("/extban/refused", test_refused);
	g_test_add_func("/extban/matches", test_matches);
	g_test_add_func("/extban/facts", test_facts);
	g_test_add_func("/extban/rows", test_rows);
	g_test_add_func("/extban/account", test_account);
	return g_test_run();
}

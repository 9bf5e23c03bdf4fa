/* SPDX-License-Identifier: MIT */
/* Text for manual pages: nothing in it becomes a request or an escape. */
#include "man/roff.h"

static void
test_escape(void)
{
	static const struct {
		const char *text;
		const char *escaped;
	} cases[] = {
	    {"", ""},
	    {"plain text", "plain text"},
	    {"\\n starts a line", "\\en starts a line"},
	    {"--check-config", "\\-\\-check\\-config"},
	    {"the user's \"name\"", "the user\\(aqs \\(dqname\\(dq"},
	    {"~ ^", "\\(ti \\(ha"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *escaped = roff_escape(cases[i].text);

		g_assert_cmpstr(escaped, ==, cases[i].escaped);
	}
}

static void
test_page(void)
{
	g_autoptr(GString) page = g_string_new(NULL);

	roff_heading(page, "FILES");
	roff_subheading(page, "[service]");
	roff_term(page, "key = \"a\"");
	roff_text(page, ".so nothing");
	roff_text(page, "'tis text");
	g_assert_cmpstr(page->str, ==,
	    ".SH \"FILES\"\n.SS \"[service]\"\n.TP\n.B \"key = \\(dqa\\(dq\"\n"
	    "\\&.so nothing\n\\(aqtis text\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/roff/escape", test_escape);
	g_test_add_func("/roff/page", test_page);
	return g_test_run();
}

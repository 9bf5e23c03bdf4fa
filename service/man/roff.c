/* SPDX-License-Identifier: MIT */
#include "man/roff.h"

char *
roff_escape(const char *text)
{
	GString *escaped = g_string_new(NULL);

	for (; *text; text++) {
		if (*text == '\\')
			g_string_append(escaped, "\\e");
		else if (*text == '-')
			g_string_append(escaped, "\\-");
		else if (*text == '"')
			g_string_append(escaped, "\\(dq");
		else if (*text == '\'')
			g_string_append(escaped, "\\(aq");
		else if (*text == '~')
			g_string_append(escaped, "\\(ti");
		else if (*text == '^')
			g_string_append(escaped, "\\(ha");
		else
			g_string_append_c(escaped, *text);
	}
	return g_string_free(escaped, FALSE);
}

void
roff_text(GString *page, const char *text)
{
	g_autofree char *escaped = roff_escape(text);

	/* A dot or quote at the start of a line would begin a request. */
	g_string_append_printf(page, "%s%s\n", *escaped == '.' ? "\\&" : "", escaped);
}

void
roff_heading(GString *page, const char *title)
{
	g_autofree char *escaped = roff_escape(title);

	g_string_append_printf(page, ".SH \"%s\"\n", escaped);
}

void
roff_subheading(GString *page, const char *title)
{
	g_autofree char *escaped = roff_escape(title);

	g_string_append_printf(page, ".SS \"%s\"\n", escaped);
}

void
roff_term(GString *page, const char *term)
{
	g_autofree char *escaped = roff_escape(term);

	g_string_append_printf(page, ".TP\n.B \"%s\"\n", escaped);
}

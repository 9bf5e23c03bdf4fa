/* SPDX-License-Identifier: MIT */
/* Writes the help page: a template whose line @kinds@ is replaced by what module_kinds.def says.
 * Usage: help_page TEMPLATE; the page goes to standard output. */
#include <glib.h>
#include <stdio.h>
#include <string.h>

typedef struct Kind {
	const char *id;
	int status;
	const char *sentence;
	const char *remedies; /* one a line; "" for none */
} Kind;

static const Kind kinds[] = {
#define MODULE_KIND(enumerator, id, stage, status, sentence, remedies)                             \
	{id, status, sentence, remedies},
#include "modcheck/module_kinds.def"
#undef MODULE_KIND
};

/* {word} stands for what the finding knows. */
static void
write_text(const char *text)
{
	g_autofree char *escaped = g_markup_escape_text(text, -1);

	for (const char *at = escaped; *at; at++) {
		if (*at == '{')
			fputs("<var>", stdout);
		else if (*at == '}')
			fputs("</var>", stdout);
		else
			putchar(*at);
	}
}

static void
write_kind(const Kind *kind)
{
	g_auto(GStrv) remedies = g_strsplit(kind->remedies, "\n", -1);

	printf("<h3 id=\"%s\">%s</h3>\n<p>Failed to load <var>name</var> module: ", kind->id,
	    kind->id);
	write_text(kind->sentence);
	printf(". (Exit status %d.)</p>\n", kind->status);
	if (!remedies[0] || !*remedies[0])
		return;
	puts("<ul>");
	for (unsigned i = 0; remedies[i]; i++) {
		fputs("<li>", stdout);
		write_text(remedies[i]);
		puts("</li>");
	}
	puts("</ul>");
}

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *template = NULL;
	g_auto(GStrv) lines = NULL;

	if (argc != 2 || !g_file_get_contents(argv[1], &template, NULL, &error)) {
		fprintf(stderr, "help_page: %s\n", error ? error->message : "TEMPLATE wanted");
		return 1;
	}
	lines = g_strsplit(g_strchomp(template), "\n", -1);
	for (unsigned i = 0; lines[i]; i++) {
		if (strcmp(lines[i], "@kinds@") != 0) {
			puts(lines[i]);
			continue;
		}
		for (unsigned k = 0; k < G_N_ELEMENTS(kinds); k++)
			write_kind(&kinds[k]);
	}
	return 0;
}

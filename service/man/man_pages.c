/* SPDX-License-Identifier: MIT */
/* Writes a manual page: a template whose @name@ lines are replaced by what the tables say.
 * Usage: man_pages TEMPLATE HELP-TEXT-OF-CHATD; the page goes to standard output. */
#include "man/roff.h"
#include "proto/help_rows.h"
#include "settings/setting_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
write_setting(GString *page, const SettingRow *row)
{
	g_autofree char *allowed = setting_allowed_text(row);
	g_autofree char *term = g_strdup_printf("%s = %s", row->key, row->default_text);
	g_autofree char *label = g_strdup_printf("%s.", row->label);
	g_autofree char *range = g_strdup_printf("Allowed: %s.", allowed);

	roff_term(page, g_strstrip(term));
	roff_text(page, label);
	roff_text(page, row->help);
	roff_text(page, range);
	if (!row->live)
		roff_text(page, "Takes effect at the next start.");
	if (row->secret)
		roff_text(page, "Never shown again by the service.");
}

static void
write_settings(GString *page, const char *help)
{
	unsigned n_sections;
	const SettingSection *sections = setting_sections(&n_sections);

	for (unsigned i = 0; i < n_sections; i++) {
		const SettingSection *section = &sections[i];
		g_autofree char *title =
		    g_strdup_printf("[%s%s]", section->name, section->named ? " NAME" : "");

		roff_subheading(page, title);
		roff_text(page, section->help);
		if (section->most > 1) {
			g_autofree char *most =
			    g_strdup_printf("There may be up to %u of them.", section->most);

			roff_text(page, most);
		}
		for (unsigned j = 0; j < section->n_rows; j++)
			write_setting(page, &section->rows[j]);
	}
}

static void
write_subject(GString *page, HelpSubject subject)
{
	HelpRow row;

	for (unsigned i = 0; help_row(subject, i, &row); i++) {
		roff_term(page, row.term);
		roff_text(page, row.help);
		if (*row.more)
			roff_text(page, row.more);
	}
}

static void
write_service_command(GString *page, const char *name, const char *syntax, const char *help)
{
	g_autofree char *term = g_strdup_printf("%s%s%s", name, *syntax ? " " : "", syntax);

	roff_term(page, term);
	roff_text(page, help);
}

/* What is written to the built-in services. */
static void
write_services(GString *page, const char *help)
{
	roff_subheading(page, "NickServ");
#define NICKSERV(name, handler, least, most, right, syntax, text)                                  \
	write_service_command(page, name, syntax, text);
#include "cmd/nickserv.def"
#undef NICKSERV
	roff_subheading(page, "ChanServ");
#define CHANSERV(name, handler, least, most, right, syntax, text)                                  \
	write_service_command(page, name, syntax, text);
#include "cmd/chanserv.def"
#undef CHANSERV
	roff_subheading(page, "HostServ");
#define HOSTSERV(name, handler, least, most, right, syntax, text)                                  \
	write_service_command(page, name, syntax, text);
#include "cmd/hostserv.def"
#undef HOSTSERV
	roff_subheading(page, "HistServ");
#define HISTSERV(name, handler, least, most, right, syntax, text)                                  \
	write_service_command(page, name, syntax, text);
#include "cmd/histserv.def"
#undef HISTSERV
}

/* Lines of the help text that begin with an option: the option, two spaces or more, its text. */
static void
write_options(GString *page, const char *help)
{
	g_auto(GStrv) lines = g_strsplit(help, "\n", -1);

	for (char **line = lines; *line; line++) {
		char *option = g_strstrip(*line);
		char *text = strstr(option, "  ");

		if (*option != '-' || !text)
			continue;
		*text = '\0';
		roff_term(page, option);
		roff_text(page, g_strchug(text + 1));
	}
}

static const struct {
	const char *line;
	void (*write)(GString *page, const char *help);
} parts[] = {
    {"@settings@", write_settings},
    {"@options@", write_options},
    {"@services@", write_services},
};

/* Lines that stand for all rows of a subject. */
static const struct {
	const char *line;
	HelpSubject subject;
} subjects[] = {
    {"@commands@", HELP_COMMANDS},
    {"@capabilities@", HELP_CAPS},
    {"@channel-modes@", HELP_CMODES},
    {"@user-modes@", HELP_UMODES},
    {"@notices@", HELP_NOTICES},
    {"@extbans@", HELP_EXTBANS},
    {"@floods@", HELP_FLOODS},
    {"@properties@", HELP_PROPERTIES},
};

static bool
write_part(GString *page, const char *line, const char *help)
{
	for (size_t i = 0; i < G_N_ELEMENTS(subjects); i++) {
		if (g_str_equal(line, subjects[i].line)) {
			write_subject(page, subjects[i].subject);
			return true;
		}
	}
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		if (g_str_equal(line, parts[i].line)) {
			parts[i].write(page, help);
			return true;
		}
	}
	return false;
}

/* False, with a message, if a line names a part that there is not. */
static bool
write_page(GString *page, const char *template, const char *help, const char *name)
{
	g_auto(GStrv) lines = g_strsplit(template, "\n", -1);

	for (unsigned i = 0; lines[i]; i++) {
		g_autoptr(GString) line = g_string_new(lines[i]);

		if (write_part(page, line->str, help))
			continue;
		g_string_replace(line, "@version@", CHAT_VERSION, 0);
		if (line->str[0] == '@') {
			fprintf(stderr, "%s:%u: no such part: %s\n", name, i + 1, line->str);
			return false;
		}
		if (line->len > 0)
			g_string_append_printf(page, "%s\n", line->str);
	}
	return true;
}

int
main(int argc, char **argv)
{
	g_autoptr(GString) page = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autofree char *template = NULL;
	g_autofree char *help = NULL;

	if (argc != 3) {
		fprintf(stderr, "Usage: man_pages TEMPLATE HELP-TEXT\n");
		return EXIT_FAILURE;
	}
	if (!g_file_get_contents(argv[1], &template, NULL, &error) ||
	    !g_file_get_contents(argv[2], &help, NULL, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return EXIT_FAILURE;
	}
	if (!write_page(page, template, help, argv[1]))
		return EXIT_FAILURE;
	return fputs(page->str, stdout) < 0 || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

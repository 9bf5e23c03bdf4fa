/* SPDX-License-Identifier: MIT */
#include "chatctl_help.h"

#include "chatctl_command.h"
#include "command_line.h"
#include "text_table.h"

#include <string.h>

static const char intro[] =
    "usage: chatctl [OPTIONS] COMMAND [WORDS] [--PARAMETER VALUE]\n"
    "Administers a chat service through its control socket.\n\n"
    "  --socket PATH    socket (or chatd+unix: address) of the service; else $CHATD_CONTROL,\n"
    "                   the user's, the system's\n"
    "  --json           answers as JSON, one line each\n"
    "  --no-headers     tables without their first line\n"
    "  --columns A,B    columns of a table; all: all there are\n"
    "  --timeout SECS   longest wait for an answer, 15 by default\n"
    "  --help           this; after a command: about the command\n"
    "  --version\n\n"
    "Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 no service, 4 no right,\n"
    "5 not found.\n";

/* "user kill NICK REASON [--x X]" */
static char *
synopsis(const DescribedMethod *method)
{
	g_autofree char *words = command_line_words(method->name);
	GString *line = g_string_new(words);

	if (strcmp(method->name, "config.set") == 0)
		g_string_append(line, " SECTION.KEY=VALUE…");
	else if (strcmp(method->name, "config.get") == 0)
		g_string_append(line, " [SECTION[.KEY]]");
	for (guint i = 0; i < method->n_params; i++) {
		g_autofree char *upper = g_ascii_strup(method->params[i].name, -1);

		if (method->params[i].required && strcmp(method->name, "config.set") != 0)
			g_string_append_printf(line, " %s%s", upper,
			    strcmp(method->params[i].type, "array") == 0 ? "…" : "");
	}
	return g_string_free(line, FALSE);
}

static void
append_methods(GString *out, const Description *description, const char *noun)
{
	g_autoptr(TextTable) table = text_table_new();
	g_autofree char *text = NULL;
	const DescribedMethod *methods;
	guint count;

	text_table_add_column(table, "", FALSE);
	text_table_add_column(table, "", FALSE);
	methods = description_methods(description, &count);
	for (guint i = 0; i < count; i++) {
		g_autofree char *line = synopsis(&methods[i]);
		g_autofree char *indented = g_strconcat("  ", line, NULL);
		gsize length = strcspn(methods[i].name, ".");

		if (noun == NULL ||
		    (strlen(noun) == length && strncmp(noun, methods[i].name, length) == 0))
			text_table_add_row(
			    table, (const char *const[]){indented, methods[i].help, NULL});
	}
	if (noun != NULL && text_table_n_rows(table) == 0)
		return;
	text = text_table_print(table, 0, FALSE);
	g_string_append(out, text);
}

char *
chatctl_help_all(const Description *description, gboolean live)
{
	GString *out = g_string_new(intro);

	g_string_append_printf(out, "\nCommands%s:\n",
	    live ? "" : " (no service answers; these are the ones of this version)");
	append_methods(out, description, NULL);
	g_string_append(out, "\nBesides:\n  call METHOD [JSON]  any method, parameters as JSON\n");
	for (const ChatctlAlias *alias = chatctl_aliases; alias->words != NULL; alias++) {
		g_autofree char *words = command_line_words(alias->method);

		if (strcmp(alias->words, "config reset") == 0)
			g_string_append(out, "  config reset SECTION.KEY…  back to the default, as "
					     "config set KEY!\n");
		else if (alias->filter != NULL)
			g_string_append_printf(out, "  %s  the same as: %s --filter '%s'\n",
			    alias->words, words, alias->filter);
		else
			g_string_append_printf(out, "  %s  the same as: %s\n", alias->words, words);
	}
	return g_string_free(out, FALSE);
}

char *
chatctl_help_noun(const Description *description, const char *noun)
{
	GString *out = g_string_new(NULL);

	append_methods(out, description, noun);
	return g_string_free(out, out->len == 0);
}

static void
append_param(GString *out, const DescribedParam *param)
{
	g_autofree char *name = g_strdelimit(g_strdup(param->name), "_", '-');
	g_autofree char *fallback = described_value_text(param->default_value);
	g_autofree char *values =
	    param->values != NULL ? g_strjoinv(", ", (char **)param->values) : NULL;

	g_string_append_printf(out, "  --%s %s%s\n      %s\n", name, param->type,
	    param->required ? ", required" : "", param->help);
	if (values != NULL)
		g_string_append_printf(out, "      One of: %s.\n", values);
	if (param->default_value != NULL && *fallback != '\0')
		g_string_append_printf(out, "      Default: %s.\n", fallback);
}

char *
chatctl_help_method(const DescribedMethod *method)
{
	g_autofree char *line = synopsis(method);
	GString *out = g_string_new(NULL);

	g_string_append_printf(
	    out, "usage: chatctl %s\n%s\nNeeds the role %s.\n", line, method->help, method->role);
	for (guint i = 0; i < method->n_params; i++)
		append_param(out, &method->params[i]);
	return g_string_free(out, FALSE);
}

static void
append_roff(GString *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		g_string_append(out, "\\&");
	for (; *text != '\0'; text++) {
		if (*text == '\\')
			g_string_append(out, "\\e");
		else if (*text == '-')
			g_string_append(out, "\\-");
		else
			g_string_append_c(out, *text);
	}
	g_string_append_c(out, '\n');
}

char *
chatctl_help_manual(const Description *description)
{
	GString *out = g_string_new(".TH CHATCTL 1\n.SH NAME\nchatctl \\- administer a chat "
				    "service\n.SH SYNOPSIS\n.nf\n");
	const DescribedMethod *methods;
	guint count;

	append_roff(out, intro);
	g_string_append(out, ".fi\n.SH COMMANDS\n");
	methods = description_methods(description, &count);
	for (guint i = 0; i < count; i++) {
		g_autofree char *line = synopsis(&methods[i]);
		g_autofree char *role = g_strdup_printf("Needs the role %s.", methods[i].role);

		g_string_append(out, ".TP\n.B ");
		append_roff(out, line);
		append_roff(out, methods[i].help);
		append_roff(out, role);
		for (guint p = 0; p < methods[i].n_params; p++) {
			const DescribedParam *param = &methods[i].params[p];
			g_autofree char *name = g_strdelimit(g_strdup(param->name), "_", '-');
			g_autofree char *text = g_strdup_printf("--%s: %s", name, param->help);

			g_string_append(out, ".br\n");
			append_roff(out, text);
		}
	}
	g_string_append(out, ".SH SEE ALSO\n.BR chatd (8)\n");
	return g_string_free(out, FALSE);
}

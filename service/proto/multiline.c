/* SPDX-License-Identifier: MIT */
#include "proto/multiline.h"

#include "proto/casemap.h"

#include <string.h>

void
multiline_line_clear(void *line)
{
	g_free((char *)((MultilineLine *)line)->text);
}

Multiline *
multiline_new(const char *target, size_t most_bytes, unsigned most_lines)
{
	Multiline *multiline = g_new0(Multiline, 1);

	multiline->target = g_strdup(target);
	multiline->lines = g_array_new(FALSE, FALSE, sizeof(MultilineLine));
	g_array_set_clear_func(multiline->lines, multiline_line_clear);
	multiline->most_bytes = most_bytes;
	multiline->most_lines = most_lines;
	return multiline;
}

void
multiline_free(Multiline *multiline)
{
	if (!multiline)
		return;
	g_free(multiline->target);
	g_free(multiline->about);
	g_array_unref(multiline->lines);
	g_free(multiline);
}

/* Verbs that may stand in such a batch, and where their lines have the id of the message they are
 * about (0: nowhere) and their text. */
static const struct {
	const char *verb;
	unsigned about;
	unsigned text;
} forms[] = {{"PRIVMSG", 0, 1}, {"NOTICE", 0, 1}, {"EDIT", 1, 2}};

/* A line, taken apart. */
typedef struct Part {
	const char *verb; /* the constant; NULL: one that may not stand there */
	const char *target;
	const char *about; /* NULL: none */
	const char *text;  /* NULL: none */
	bool concat;
} Part;

static Part
take_apart(const char *verb, const char *const *parameters, unsigned n_parameters, bool concat)
{
	Part part = {.target = n_parameters > 0 ? parameters[0] : "", .concat = concat};

	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		if (!casemap_equal(forms[i].verb, verb))
			continue;
		part.verb = forms[i].verb;
		if (forms[i].about > 0 && n_parameters > forms[i].about)
			part.about = parameters[forms[i].about];
		if (n_parameters > forms[i].text)
			part.text = parameters[forms[i].text];
	}
	return part;
}

static MultilineStatus
check_line(const Multiline *multiline, const Part *part, size_t grows)
{
	if (!part->verb || (multiline->verb && multiline->verb != part->verb))
		return MULTILINE_OTHER_VERB;
	if (!casemap_equal(multiline->target, part->target))
		return MULTILINE_OTHER_TARGET;
	if (!part->text)
		return MULTILINE_NO_TEXT;
	if (multiline->verb && g_strcmp0(multiline->about, part->about) != 0)
		return MULTILINE_OTHER_MESSAGE;
	if (part->concat && *part->text == '\0')
		return MULTILINE_CONCAT_BLANK;
	if (multiline->lines->len >= multiline->most_lines)
		return MULTILINE_TOO_MANY;
	if (multiline->bytes + grows > multiline->most_bytes)
		return MULTILINE_TOO_LONG;
	return MULTILINE_OK;
}

MultilineStatus
multiline_add(Multiline *multiline, const char *verb, const char *const *parameters,
    unsigned n_parameters, bool concat)
{
	const Part part = take_apart(verb, parameters, n_parameters, concat);
	bool first = multiline->lines->len == 0;
	size_t grows = part.text ? strlen(part.text) + (first || concat ? 0 : 1) : 0;
	MultilineLine line;

	if (multiline->status != MULTILINE_OK)
		return multiline->status;
	multiline->status = check_line(multiline, &part, grows);
	if (multiline->status != MULTILINE_OK)
		return multiline->status;
	if (first) {
		multiline->verb = part.verb;
		multiline->about = g_strdup(part.about);
	}
	multiline->bytes += grows;
	multiline->has_text = multiline->has_text || *part.text != '\0';
	/* There is no line before the first that it could continue. */
	line = (MultilineLine){.text = g_strdup(part.text), .concat = concat && !first};
	g_array_append_val(multiline->lines, line);
	return MULTILINE_OK;
}

MultilineStatus
multiline_finish(Multiline *multiline)
{
	if (multiline->status == MULTILINE_OK && multiline->lines->len == 0)
		multiline->status = MULTILINE_EMPTY;
	else if (multiline->status == MULTILINE_OK && !multiline->has_text)
		multiline->status = MULTILINE_ALL_BLANK;
	return multiline->status;
}

char *
multiline_text(const MultilineLine *lines, unsigned n_lines)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < n_lines; i++) {
		if (i > 0 && !lines[i].concat)
			g_string_append_c(text, '\n');
		g_string_append(text, lines[i].text);
	}
	return g_string_free(text, FALSE);
}

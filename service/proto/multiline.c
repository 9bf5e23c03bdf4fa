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
	g_array_unref(multiline->lines);
	g_free(multiline);
}

/* The constant of the verb; NULL if it may not stand in such a batch. */
static const char *
known_verb(const char *verb)
{
	static const char *const verbs[] = {"PRIVMSG", "NOTICE"};

	for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
		if (casemap_equal(verbs[i], verb))
			return verbs[i];
	return NULL;
}

static MultilineStatus
check_line(const Multiline *multiline, const char *verb, const char *target, const char *text,
    size_t grows, bool concat)
{
	const char *known = known_verb(verb);

	if (!known || (multiline->verb && multiline->verb != known))
		return MULTILINE_OTHER_VERB;
	if (!casemap_equal(multiline->target, target))
		return MULTILINE_OTHER_TARGET;
	if (!text)
		return MULTILINE_NO_TEXT;
	if (concat && *text == '\0')
		return MULTILINE_CONCAT_BLANK;
	if (multiline->lines->len >= multiline->most_lines)
		return MULTILINE_TOO_MANY;
	if (multiline->bytes + grows > multiline->most_bytes)
		return MULTILINE_TOO_LONG;
	return MULTILINE_OK;
}

MultilineStatus
multiline_add(
    Multiline *multiline, const char *verb, const char *target, const char *text, bool concat)
{
	bool first = multiline->lines->len == 0;
	size_t grows = text ? strlen(text) + (first || concat ? 0 : 1) : 0;
	MultilineLine line;

	if (multiline->status != MULTILINE_OK)
		return multiline->status;
	multiline->status = check_line(multiline, verb, target, text, grows, concat);
	if (multiline->status != MULTILINE_OK)
		return multiline->status;
	multiline->verb = known_verb(verb);
	multiline->bytes += grows;
	multiline->has_text = multiline->has_text || *text != '\0';
	/* There is no line before the first that it could continue. */
	line = (MultilineLine){.text = g_strdup(text), .concat = concat && !first};
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

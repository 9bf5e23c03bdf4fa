/* SPDX-License-Identifier: MIT */
#include "control/log_sources.h"

#include <string.h>

typedef struct LogSource {
	bool negative;
	bool all;
	int level;       /* LogLevel; -1: any */
	char *subsystem; /* NULL: any */
	char *event_id;  /* NULL: any */
} LogSource;

struct LogSources {
	GArray *sources; /* of LogSource */
};

static void
clear_source(void *data)
{
	LogSource *source = data;

	g_free(source->subsystem);
	g_free(source->event_id);
}

LogSources *
log_sources_new(void)
{
	LogSources *sources = g_new0(LogSources, 1);

	sources->sources = g_array_new(FALSE, FALSE, sizeof(LogSource));
	g_array_set_clear_func(sources->sources, clear_source);
	return sources;
}

void
log_sources_free(LogSources *sources)
{
	if (!sources)
		return;
	g_array_unref(sources->sources);
	g_free(sources);
}

static bool
is_word(const char *text, char first, char last)
{
	for (const char *c = text; *c; c++)
		if (!(*c >= first && *c <= last) && !g_ascii_isdigit(*c) && *c != '_' && *c != '-')
			return false;
	return *text != '\0';
}

/* One word that stands alone or after the dot. */
static bool
read_word(LogSource *source, const char *word, bool after_dot)
{
	LogLevel level;

	if (log_level_parse(word, &level))
		source->level = (int)level;
	else if (is_word(word, 'A', 'Z'))
		source->event_id = g_strdup(word);
	else if (!after_dot && strcmp(word, "all") == 0)
		source->all = true;
	else if (!after_dot && is_word(word, 'a', 'z'))
		source->subsystem = g_strdup(word);
	else
		return false;
	return true;
}

bool
log_sources_add(LogSources *sources, const char *text)
{
	LogSource source = {.level = -1};
	g_autofree char *subsystem = NULL;
	const char *dot;
	bool understood;

	if (sources->sources->len >= LOG_SOURCES_MAX || strlen(text) > LOG_SOURCE_LENGTH_MAX)
		return false;
	source.negative = text[0] == '!';
	text += source.negative;
	dot = strchr(text, '.');
	if (dot) {
		subsystem = g_strndup(text, (size_t)(dot - text));
		understood = is_word(subsystem, 'a', 'z') && read_word(&source, dot + 1, true);
		if (understood)
			source.subsystem = g_steal_pointer(&subsystem);
	} else {
		understood = read_word(&source, text, false);
	}
	if (understood)
		g_array_append_val(sources->sources, source);
	else
		clear_source(&source);
	return understood;
}

static bool
source_matches(const LogSource *source, LogLevel level, const char *subsystem, const char *event_id)
{
	if (source->all)
		return true;
	return (source->level < 0 || source->level == (int)level) &&
	       (!source->subsystem || strcmp(source->subsystem, subsystem) == 0) &&
	       (!source->event_id || strcmp(source->event_id, event_id) == 0);
}

bool
log_sources_match(
    const LogSources *sources, LogLevel level, const char *subsystem, const char *event_id)
{
	bool wanted = false;

	if (level == LOG_LEVEL_DEBUG)
		return false;
	for (unsigned i = 0; i < sources->sources->len; i++) {
		const LogSource *source = &g_array_index(sources->sources, LogSource, i);

		if (!source_matches(source, level, subsystem, event_id))
			continue;
		if (source->negative)
			return false;
		wanted = true;
	}
	return wanted;
}

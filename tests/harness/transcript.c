/* SPDX-License-Identifier: MIT */
#include "transcript.h"

#include <string.h>

typedef struct Parser {
	Transcript *transcript;
	GHashTable *actors; /* names seen in "client NAME:" */
	bool expecting;     /* the next act begins a step */
} Parser;

static void
row_free(gpointer data)
{
	TranscriptRow *row = data;

	g_free(row->text);
	g_free(row->actor);
	g_free(row->value);
	g_free(row->section);
	g_free(row->nick);
	g_free(row->user);
	g_free(row->certificate);
	g_free(row->host);
	g_free(row->address);
	g_free(row->caps);
	g_free(row);
}

static bool
refuse(const Parser *parser, const TranscriptRow *row, GError **error, const char *why)
{
	g_set_error(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE, "%s:%u: %s: %s",
	    parser->transcript->name, row->number, why, row->text);
	return false;
}

static bool
is_actor(const char *name)
{
	if (!g_ascii_isalpha(*name))
		return false;
	for (; *name; name++) {
		if (!g_ascii_isalnum(*name) && *name != '_')
			return false;
	}
	return true;
}

/* "60s", "500ms", "2m", "1h", "1d" */
static int64_t
parse_duration(const char *text)
{
	static const struct {
		const char *unit;
		int64_t microseconds;
	} units[] = {
	    {"ms", 1000},
	    {"s", 1000000},
	    {"m", 60 * INT64_C(1000000)},
	    {"h", 3600 * INT64_C(1000000)},
	    {"d", 86400 * INT64_C(1000000)},
	};
	char *end = NULL;
	guint64 count = g_ascii_strtoull(text, &end, 10);

	for (unsigned i = 0; i < G_N_ELEMENTS(units); i++) {
		if (end > text && count > 0 && count < 100000 && strcmp(end, units[i].unit) == 0)
			return (int64_t)count * units[i].microseconds;
	}
	return -1;
}

static bool
parse_setting(Parser *parser, TranscriptRow *row, TranscriptKind kind, GError **error)
{
	const char *open = strchr(row->text, '['), *close = open ? strchr(open, ']') : NULL;

	if (kind == TRANSCRIPT_SETTING && parser->transcript->n_steps > 0)
		return refuse(parser, row, error, "settings come before the first client");
	if (!close || !strchr(close, '='))
		return refuse(parser, row, error, "expected [SECTION] KEY = VALUE");
	row->kind = kind;
	row->section = g_strndup(open + 1, (size_t)(close - open - 1));
	row->value = g_strchug(g_strdup(close + 1));
	return true;
}

static bool
parse_client_option(TranscriptRow *row, char **words)
{
	char **option = NULL;

	if (strcmp(words[0], "nick") == 0)
		option = &row->nick;
	else if (strcmp(words[0], "user") == 0)
		option = &row->user;
	else if (strcmp(words[0], "address") == 0)
		option = &row->address;
	else if (strcmp(words[0], "certificate") == 0)
		option = &row->certificate;
	else if (strcmp(words[0], "host") == 0)
		option = &row->host;
	if (!option || !words[1])
		return false;
	g_free(*option);
	*option = g_strdup(words[1]);
	return true;
}

/* client NAME: [raw] [tls] [host H] [certificate F] [nick N] [user U] [address A] [caps CAP...] */
static bool
parse_client(Parser *parser, TranscriptRow *row, GError **error)
{
	g_auto(GStrv) words = g_strsplit(row->text, " ", -1);
	size_t length = words[1] ? strlen(words[1]) : 0;
	unsigned i = 2;

	if (length < 2 || words[1][length - 1] != ':')
		return refuse(parser, row, error, "expected client NAME: ...");
	row->kind = TRANSCRIPT_CLIENT;
	row->actor = g_strndup(words[1], length - 1);
	if (!is_actor(row->actor) || !g_hash_table_add(parser->actors, g_strdup(row->actor)))
		return refuse(parser, row, error, "not a name, or taken");
	row->nick = g_strdup(row->actor);
	row->user = g_strdup(row->actor);
	row->address = g_strdup("192.0.2.1");
	while (words[i] && strcmp(words[i], "caps") != 0) {
		if (strcmp(words[i], "raw") == 0) {
			row->raw = true;
			i++;
		} else if (strcmp(words[i], "tls") == 0) {
			row->tls = true;
			i++;
		} else if (parse_client_option(row, words + i)) {
			i += 2;
		} else {
			return refuse(parser, row, error,
			    "expected raw, tls, host, certificate, nick, user, address or caps");
		}
	}
	row->caps = words[i] ? g_strjoinv(" ", words + i + 1) : g_strdup("");
	return true;
}

static bool
parse_value(Parser *parser, TranscriptRow *row, const char *mark, GError **error)
{
	static const struct {
		const char *mark;
		TranscriptKind kind;
	} marks[] = {
	    {">> ", TRANSCRIPT_SEND_RAW},
	    {"> ", TRANSCRIPT_SEND},
	    {"< ", TRANSCRIPT_EXPECT},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
		if (!g_str_has_prefix(mark, marks[i].mark))
			continue;
		row->kind = marks[i].kind;
		row->value = g_strdup(mark + strlen(marks[i].mark));
		row->length = strlen(row->value);
		return true;
	}
	if (strcmp(mark, "closes") == 0)
		row->kind = TRANSCRIPT_CLOSE;
	else if (strcmp(mark, "closed") == 0)
		row->kind = TRANSCRIPT_CLOSED;
	else
		return refuse(parser, row, error, "expected >, >>, <, closes or closed");
	return true;
}

/* C escapes to bytes in place: \r \n \t \\ \0 and \xHH. */
static bool
unescape(TranscriptRow *row)
{
	static const char names[] = "rnt\\0", bytes[] = "\r\n\t\\\0";
	char *to = row->value;

	for (const char *from = row->value; *from; from++) {
		const char *found;

		if (*from != '\\') {
			*to++ = *from;
		} else if (from[1] == 'x' && g_ascii_isxdigit(from[2]) &&
			   g_ascii_isxdigit(from[3])) {
			*to++ = (char)(g_ascii_xdigit_value(from[2]) * 16 +
				       g_ascii_xdigit_value(from[3]));
			from += 3;
		} else if (from[1] && (found = strchr(names, from[1]))) {
			*to++ = bytes[found - names];
			from++;
		} else {
			return false;
		}
	}
	row->length = (size_t)(to - row->value);
	*to = '\0';
	return true;
}

static bool
parse_actor_row(Parser *parser, TranscriptRow *row, GError **error)
{
	const char *blank = strchr(row->text, ' ');

	row->actor = blank ? g_strndup(row->text, (size_t)(blank - row->text)) : g_strdup("");
	if (!g_hash_table_contains(parser->actors, row->actor))
		return refuse(parser, row, error, "no such client, or not a row of a transcript");
	if (!parse_value(parser, row, blank + 1, error))
		return false;
	if (row->kind == TRANSCRIPT_SEND_RAW && !unescape(row))
		return refuse(parser, row, error, "allowed are \\r \\n \\t \\\\ \\0 \\xHH");
	return true;
}

static bool
parse_row(Parser *parser, TranscriptRow *row, GError **error)
{
	if (row->text[0] == '\0' || row->text[0] == '#')
		return true;
	if (g_str_has_prefix(row->text, "setting "))
		return parse_setting(parser, row, TRANSCRIPT_SETTING, error);
	if (g_str_has_prefix(row->text, "changed "))
		return parse_setting(parser, row, TRANSCRIPT_CHANGED, error);
	if (g_str_has_prefix(row->text, "client "))
		return parse_client(parser, row, error);
	if (g_str_has_prefix(row->text, "advance ")) {
		row->kind = TRANSCRIPT_ADVANCE;
		row->microseconds = parse_duration(row->text + strlen("advance "));
		if (row->microseconds < 0)
			return refuse(parser, row, error, "expected a number and ms, s, m, h or d");
		return true;
	}
	if (g_str_equal(row->text, "disk refuses") || g_str_equal(row->text, "disk accepts")) {
		row->kind = TRANSCRIPT_DISK;
		row->value = g_strdup(row->text + strlen("disk "));
		return true;
	}
	return parse_actor_row(parser, row, error);
}

/* A blank line ends a step, and acts after expectations begin a new one. */
static void
assign_step(Parser *parser, TranscriptRow *row)
{
	bool is_expectation = row->kind == TRANSCRIPT_EXPECT || row->kind == TRANSCRIPT_CLOSED;
	bool does_something = row->kind != TRANSCRIPT_TEXT && row->kind != TRANSCRIPT_SETTING;

	if (does_something) {
		if (parser->transcript->n_steps == 0 || (parser->expecting && !is_expectation))
			parser->transcript->n_steps++;
		parser->expecting = is_expectation;
	}
	row->step = parser->transcript->n_steps;
	if (row->text[0] == '\0')
		parser->expecting = true;
}

Transcript *
transcript_parse(const char *name, const char *text, GError **error)
{
	g_autoptr(Transcript) transcript = g_new0(Transcript, 1);
	g_autoptr(GHashTable) actors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	Parser parser = {transcript, actors, false};

	transcript->name = g_strdup(name);
	transcript->rows = g_ptr_array_new_with_free_func(row_free);
	for (unsigned i = 0; lines[i]; i++) {
		TranscriptRow *row;

		if (!lines[i + 1] && lines[i][0] == '\0')
			break;
		row = g_new0(TranscriptRow, 1);
		row->number = i + 1;
		row->text = g_strdup(lines[i]);
		g_ptr_array_add(transcript->rows, row);
		if (!parse_row(&parser, row, error))
			return NULL;
		assign_step(&parser, row);
	}
	return g_steal_pointer(&transcript);
}

Transcript *
transcript_read(const char *path, GError **error)
{
	g_autofree char *text = NULL;
	g_autofree char *name = g_path_get_basename(path);

	if (!g_file_get_contents(path, &text, NULL, error))
		return NULL;
	return transcript_parse(name, text, error);
}

void
transcript_free(Transcript *transcript)
{
	if (!transcript)
		return;
	g_ptr_array_unref(transcript->rows);
	g_free(transcript->name);
	g_free(transcript);
}

/* A section's keys stand together: a second heading of the same name would be another section. */
static void
append_section(const Transcript *transcript, const char *section, GString *text)
{
	g_string_append_printf(text, "[%s]\n", section);
	for (unsigned i = 0; i < transcript->rows->len; i++) {
		const TranscriptRow *row = transcript->rows->pdata[i];

		if (row->kind == TRANSCRIPT_SETTING && strcmp(row->section, section) == 0)
			g_string_append_printf(text, "%s\n", row->value);
	}
}

char *
transcript_settings(const Transcript *transcript)
{
	g_autoptr(GHashTable) done = g_hash_table_new(g_str_hash, g_str_equal);
	GString *text = g_string_new(NULL);

	for (unsigned i = 0; i < transcript->rows->len; i++) {
		const TranscriptRow *row = transcript->rows->pdata[i];

		if (row->kind == TRANSCRIPT_SETTING && g_hash_table_add(done, row->section))
			append_section(transcript, row->section, text);
	}
	return g_string_free(text, FALSE);
}

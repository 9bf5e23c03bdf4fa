/* SPDX-License-Identifier: MIT */
#include "log_ring.h"

#include <string.h>

struct LogRing {
	LogRow rows[LOG_RING_ROWS]; /* the row of id N at N % LOG_RING_ROWS */
	guint64 first;              /* id of the oldest; ids begin with 1 */
	guint64 next;
	GArray *visible;    /* guint64 ids, rising */
	guint visible_from; /* those before it are gone from the ring */
	GQueue waiting;     /* json_t, while held */
	gboolean held;
	LogLevel least;
	char *subsystem;
	char **words; /* casefolded; NULL: none */
	GHashTable *subsystems;
};

static const char *const level_words[] = {
    [LOG_LEVEL_DEBUG] = "debug",
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_WARN] = "warn",
    [LOG_LEVEL_ERROR] = "error",
    [LOG_LEVEL_FATAL] = "fatal",
};

LogLevel
log_level_of(const char *word)
{
	for (guint i = 0; i < G_N_ELEMENTS(level_words); i++)
		if (g_strcmp0(word, level_words[i]) == 0)
			return (LogLevel)i;
	return LOG_LEVEL_INFO;
}

const char *
log_level_word(LogLevel level)
{
	return level_words[level];
}

static const char *
text_of(const json_t *entry, const char *key)
{
	const char *text = json_string_value(json_object_get(entry, key));

	return text != NULL ? text : "";
}

const char *
log_row_text(const LogRow *row, const char *key)
{
	return text_of(row->entry, key);
}

LogRing *
log_ring_new(void)
{
	LogRing *ring = g_new0(LogRing, 1);

	ring->first = ring->next = 1;
	ring->visible = g_array_new(FALSE, FALSE, sizeof(guint64));
	ring->subsystems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_queue_init(&ring->waiting);
	return ring;
}

void
log_ring_free(LogRing *ring)
{
	log_ring_clear(ring);
	g_array_unref(ring->visible);
	g_hash_table_unref(ring->subsystems);
	g_strfreev(ring->words);
	g_free(ring->subsystem);
	g_free(ring);
}

static LogRow *
row_at(const LogRing *ring, guint64 id)
{
	return (LogRow *)&ring->rows[id % LOG_RING_ROWS];
}

/* ---- The filter ---- */

static gboolean
has_words(const LogRing *ring, const json_t *entry)
{
	g_autofree char *line = NULL;
	g_autofree char *folded = NULL;

	if (ring->words == NULL)
		return TRUE;
	line = g_strjoin(" ", text_of(entry, "level"), text_of(entry, "subsystem"),
	    text_of(entry, "event_id"), text_of(entry, "msg"), NULL);
	folded = g_utf8_casefold(line, -1);
	for (char **word = ring->words; *word != NULL; word++)
		if (strstr(folded, *word) == NULL)
			return FALSE;
	return TRUE;
}

static gboolean
passes(const LogRing *ring, const LogRow *row)
{
	return row->level >= ring->least &&
	       (ring->subsystem == NULL ||
		   strcmp(ring->subsystem, log_row_text(row, "subsystem")) == 0) &&
	       has_words(ring, row->entry);
}

static void
filter_anew(LogRing *ring)
{
	g_array_set_size(ring->visible, 0);
	ring->visible_from = 0;
	for (guint64 id = ring->first; id < ring->next; id++)
		if (passes(ring, row_at(ring, id)))
			g_array_append_val(ring->visible, id);
}

void
log_ring_set_level(LogRing *ring, LogLevel least)
{
	ring->least = least;
	filter_anew(ring);
}

void
log_ring_set_subsystem(LogRing *ring, const char *subsystem)
{
	g_free(ring->subsystem);
	ring->subsystem = g_strdup(subsystem);
	filter_anew(ring);
}

void
log_ring_set_text(LogRing *ring, const char *text)
{
	g_autofree char *folded = g_utf8_casefold(text, -1);
	g_auto(GStrv) parts = g_strsplit_set(folded, " \t", -1);
	g_autoptr(GStrvBuilder) words = g_strv_builder_new();
	gboolean any = FALSE;

	for (char **part = parts; *part != NULL; part++) {
		if (**part == '\0')
			continue;
		g_strv_builder_add(words, *part);
		any = TRUE;
	}
	g_strfreev(ring->words);
	ring->words = any ? g_strv_builder_end(words) : NULL;
	filter_anew(ring);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **
log_ring_subsystems(const LogRing *ring)
{
	GPtrArray *names = g_ptr_array_new();
	GHashTableIter iterator;
	gpointer name;

	g_hash_table_iter_init(&iterator, ring->subsystems);
	while (g_hash_table_iter_next(&iterator, &name, NULL))
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, compare_names);
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}

/* ---- Rows ---- */

/* The ids of rows that left are cut off now and then, not one by one. */
static void
drop_oldest(LogRing *ring)
{
	GArray *visible = ring->visible;

	g_clear_pointer(&row_at(ring, ring->first)->entry, json_decref);
	if (ring->visible_from < visible->len &&
	    g_array_index(visible, guint64, ring->visible_from) == ring->first)
		ring->visible_from++;
	ring->first++;
	if (ring->visible_from > LOG_RING_ROWS / 4) {
		g_array_remove_range(visible, 0, ring->visible_from);
		ring->visible_from = 0;
	}
}

static void
put(LogRing *ring, json_t *entry)
{
	LogRow *row;

	if (ring->next - ring->first == LOG_RING_ROWS)
		drop_oldest(ring);
	row = row_at(ring, ring->next);
	row->id = ring->next++;
	row->level = log_level_of(text_of(entry, "level"));
	row->entry = json_incref(entry);
	g_hash_table_add(ring->subsystems, g_strdup(text_of(entry, "subsystem")));
	if (passes(ring, row))
		g_array_append_val(ring->visible, row->id);
}

void
log_ring_add(LogRing *ring, json_t *entry)
{
	if (!ring->held) {
		put(ring, entry);
		return;
	}
	g_queue_push_tail(&ring->waiting, json_incref(entry));
	if (ring->waiting.length > LOG_RING_ROWS)
		json_decref(g_queue_pop_head(&ring->waiting));
}

/* Times are RFC 3339 in UTC: their texts sort as they do. */
static gboolean
is_known(const LogRing *ring, const json_t *entry)
{
	const char *time = text_of(entry, "timestamp");

	for (guint64 id = ring->next; id > ring->first; id--) {
		const LogRow *row = row_at(ring, id - 1);
		int order = strcmp(log_row_text(row, "timestamp"), time);

		if (order > 0 || (order == 0 && json_equal(row->entry, entry)))
			return TRUE;
		if (order < 0)
			return FALSE;
	}
	return FALSE;
}

void
log_ring_add_new(LogRing *ring, json_t *entry)
{
	if (!is_known(ring, entry))
		log_ring_add(ring, entry);
}

void
log_ring_clear(LogRing *ring)
{
	json_t *entry;

	for (guint64 id = ring->first; id < ring->next; id++)
		g_clear_pointer(&row_at(ring, id)->entry, json_decref);
	ring->first = ring->next;
	while ((entry = g_queue_pop_head(&ring->waiting)) != NULL)
		json_decref(entry);
	filter_anew(ring);
}

void
log_ring_hold(LogRing *ring, gboolean held)
{
	json_t *entry;

	ring->held = held;
	while (!held && (entry = g_queue_pop_head(&ring->waiting)) != NULL) {
		put(ring, entry);
		json_decref(entry);
	}
}

gboolean
log_ring_is_held(const LogRing *ring)
{
	return ring->held;
}

guint
log_ring_n_waiting(const LogRing *ring)
{
	return ring->waiting.length;
}

guint
log_ring_count(const LogRing *ring)
{
	return ring->visible->len - ring->visible_from;
}

const LogRow *
log_ring_row(const LogRing *ring, guint index)
{
	return row_at(ring, g_array_index(ring->visible, guint64, ring->visible_from + index));
}

const LogRow *
log_ring_find(const LogRing *ring, guint64 id)
{
	return id >= ring->first && id < ring->next ? row_at(ring, id) : NULL;
}

guint
log_ring_total(const LogRing *ring)
{
	return (guint)(ring->next - ring->first);
}

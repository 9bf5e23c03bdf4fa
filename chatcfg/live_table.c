/* SPDX-License-Identifier: MIT */
#include "live_table.h"

#include <string.h>

typedef struct Row {
	guint64 id;
	guint generation;
	guint index;         /* in `rows` */
	const char *texts[]; /* one per field; what they point to follows them */
} Row;

struct LiveTable {
	const LiveKind *kind;
	char *parent;
	guint key_field;
	GPtrArray *rows;    /* Row, owned */
	GHashTable *by_key; /* text of the key → Row */
	GHashTable *by_id;  /* &id → Row */
	guint generation;
	guint64 last_id;
};

guint
live_kind_field(const LiveKind *kind, const char *name)
{
	for (guint i = 0; i < kind->n_fields; i++)
		if (strcmp(kind->fields[i], name) == 0)
			return i;
	g_assert_not_reached();
}

LiveTable *
live_table_new(const LiveKind *kind, const char *parent)
{
	LiveTable *table = g_new0(LiveTable, 1);

	table->kind = kind;
	table->parent = g_strdup(parent);
	table->key_field = live_kind_field(kind, kind->key);
	table->rows = g_ptr_array_new_with_free_func(g_free);
	table->by_key = g_hash_table_new(g_str_hash, g_str_equal);
	table->by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
	return table;
}

void
live_table_free(LiveTable *table)
{
	if (table == NULL)
		return;
	g_hash_table_unref(table->by_key);
	g_hash_table_unref(table->by_id);
	g_ptr_array_unref(table->rows);
	g_free(table->parent);
	g_free(table);
}

/* ---- Rows ---- */

static const char *
value_text(const json_t *value, char number[static 32])
{
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_boolean(value))
		return json_is_true(value) ? "true" : "false";
	if (!json_is_integer(value))
		return "";
	g_snprintf(number, 32, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return number;
}

static Row *
row_new(const LiveKind *kind, const json_t *object)
{
	gsize head = sizeof(Row) + kind->n_fields * sizeof(char *);
	gsize size = head;
	char number[32];
	Row *row;
	char *end;

	for (guint i = 0; i < kind->n_fields; i++)
		size += strlen(value_text(json_object_get(object, kind->fields[i]), number)) + 1;
	row = g_malloc0(size);
	end = (char *)row + head;
	for (guint i = 0; i < kind->n_fields; i++) {
		const char *text = value_text(json_object_get(object, kind->fields[i]), number);

		row->texts[i] = end;
		end = stpcpy(end, text) + 1;
	}
	return row;
}

static gboolean
is_same(const LiveKind *kind, const Row *a, const Row *b)
{
	for (guint i = 0; i < kind->n_fields; i++)
		if (strcmp(a->texts[i], b->texts[i]) != 0)
			return FALSE;
	return TRUE;
}

static void
link_row(LiveTable *table, Row *row)
{
	g_hash_table_replace(table->by_key, (gpointer)row->texts[table->key_field], row);
	g_hash_table_replace(table->by_id, &row->id, row);
}

/* The row of that key is this from now on. */
static LiveChange
put(LiveTable *table, const json_t *object, guint64 *ret_id)
{
	const char *key = json_string_value(json_object_get(object, table->kind->key));
	Row *old = key != NULL ? g_hash_table_lookup(table->by_key, key) : NULL;
	Row *row;

	if (key == NULL || (old == NULL && table->rows->len >= LIVE_TABLE_ROWS_MAX))
		return LIVE_NOTHING;
	row = row_new(table->kind, object);
	row->generation = table->generation;
	row->id = old != NULL ? old->id : ++table->last_id;
	row->index = old != NULL ? old->index : table->rows->len;
	*ret_id = row->id;
	if (old == NULL) {
		g_ptr_array_add(table->rows, row);
		link_row(table, row);
		return LIVE_ADDED;
	}
	if (is_same(table->kind, old, row)) {
		old->generation = table->generation;
		g_free(row);
		return LIVE_NOTHING;
	}
	link_row(table, row);
	table->rows->pdata[row->index] = row;
	g_free(old);
	return LIVE_CHANGED;
}

static void
drop(LiveTable *table, Row *row)
{
	guint index = row->index;

	g_hash_table_remove(table->by_key, row->texts[table->key_field]);
	g_hash_table_remove(table->by_id, &row->id);
	g_ptr_array_remove_index_fast(table->rows, index);
	if (index < table->rows->len)
		((Row *)table->rows->pdata[index])->index = index;
}

/* ---- A fresh listing ---- */

void
live_table_begin(LiveTable *table)
{
	table->generation++;
}

void
live_table_add_page(LiveTable *table, const json_t *list)
{
	const json_t *object;
	guint64 id;
	size_t index;

	json_array_foreach(list, index, object) put(table, object, &id);
}

gboolean
live_table_sweep(LiveTable *table)
{
	guint before = table->rows->len;

	for (guint i = table->rows->len; i > 0; i--) {
		Row *row = table->rows->pdata[i - 1];

		if (row->generation != table->generation)
			drop(table, row);
	}
	return table->rows->len != before;
}

/* ---- Pushes ---- */

static gboolean
has_lost(const LiveTable *table, const json_t *event)
{
	const json_t *topic;
	size_t index;

	json_array_foreach(json_object_get(event, "topics"), index, topic)
	{
		if (g_strcmp0(json_string_value(topic), table->kind->topic) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean
is_of_parent(const LiveTable *table, const json_t *event)
{
	return table->kind->parent == NULL ||
	       g_strcmp0(json_string_value(json_object_get(event, table->kind->parent)),
		   table->parent) == 0;
}

LiveChange
live_table_event(LiveTable *table, const json_t *event, guint64 *ret_id)
{
	const char *type = json_string_value(json_object_get(event, "type"));
	gsize length = strlen(table->kind->topic);
	const char *key;
	guint64 id = 0;
	LiveChange change;
	Row *row;

	if (g_strcmp0(type, "resync") == 0)
		return has_lost(table, event) ? LIVE_LOST : LIVE_NOTHING;
	if (type == NULL || strncmp(type, table->kind->topic, length) != 0 || type[length] != '.' ||
	    !is_of_parent(table, event))
		return LIVE_NOTHING;
	if (strcmp(type + length, ".remove") != 0) {
		change = put(table, json_object_get(event, table->kind->topic), &id);
	} else {
		key = json_string_value(json_object_get(event, table->kind->key));
		row = key != NULL ? g_hash_table_lookup(table->by_key, key) : NULL;
		if (row == NULL)
			return LIVE_NOTHING;
		id = row->id;
		drop(table, row);
		change = LIVE_REMOVED;
	}
	if (ret_id != NULL && change != LIVE_NOTHING)
		*ret_id = id;
	return change;
}

/* ---- Reading ---- */

guint
live_table_count(const LiveTable *table)
{
	return table->rows->len;
}

guint64
live_table_id(const LiveTable *table, guint row)
{
	return ((const Row *)table->rows->pdata[row])->id;
}

const char *
live_table_text(const LiveTable *table, guint row, guint field)
{
	return ((const Row *)table->rows->pdata[row])->texts[field];
}

gboolean
live_table_find(const LiveTable *table, guint64 id, guint *ret_row)
{
	const Row *row = g_hash_table_lookup(table->by_id, &id);

	if (row == NULL)
		return FALSE;
	*ret_row = row->index;
	return TRUE;
}

gboolean
live_table_find_key(const LiveTable *table, const char *key, guint *ret_row)
{
	const Row *row = g_hash_table_lookup(table->by_key, key);

	if (row == NULL)
		return FALSE;
	*ret_row = row->index;
	return TRUE;
}

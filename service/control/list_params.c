/* SPDX-License-Identifier: MIT */
#include "control/list_params.h"

#include "proto/casemap.h"
#include "proto/mask.h"

#include <stdio.h>

void
list_value_text(ListValue *value, const char *text)
{
	value->kind = text ? LIST_TEXT : LIST_NULL;
	value->text = text;
}

void
list_value_number(ListValue *value, ListValueKind kind, int64_t number)
{
	value->kind = kind;
	value->number = number;
}

json_t *
list_value_json(const ListValue *value)
{
	switch (value->kind) {
	case LIST_NULL:
		return json_null();
	case LIST_TEXT:
		return json_text(value->text);
	case LIST_NUMBER:
		return json_integer(value->number);
	case LIST_TIME:
		return json_time(value->number);
	case LIST_BOOL:
		return json_boolean(value->number != 0);
	}
	g_assert_not_reached();
}

/* The value as a filter sees it. */
static const char *
value_text(ListValue *value)
{
	switch (value->kind) {
	case LIST_NULL:
		return "";
	case LIST_TEXT:
		return value->text;
	case LIST_NUMBER:
		snprintf(value->buffer, sizeof value->buffer, "%" G_GINT64_FORMAT,
		    (gint64)value->number);
		return value->buffer;
	case LIST_TIME:
		if (value->number <= 0)
			return "";
		clock_format(value->number, value->buffer);
		return value->buffer;
	case LIST_BOOL:
		return value->number != 0 ? "true" : "false";
	}
	g_assert_not_reached();
}

static int
find_field(const ListSource *source, const char *name, size_t length)
{
	for (unsigned i = 0; i < source->n_fields; i++)
		if (strncmp(source->fields[i].name, name, length) == 0 &&
		    source->fields[i].name[length] == '\0')
			return (int)i;
	return -1;
}

/* "name username hostname"; caller frees. */
static char *
field_names(const ListSource *source)
{
	GString *names = g_string_new(NULL);

	for (unsigned i = 0; i < source->n_fields; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? " " : "", source->fields[i].name);
	return g_string_free(names, FALSE);
}

static bool
refuse_field(ListQuery *query, const char *parameter, const char *name)
{
	g_autofree char *names = field_names(query->source);

	call_refuse_parameter(
	    query->call, parameter, names, "'%.64s' is no field, these are: %s", name, names);
	return false;
}

static bool
read_sort(ListQuery *query)
{
	const char *text = call_string(query->call, "sort");
	bool descending;
	int field;

	if (!text)
		text = query->source->sort;
	query->sort_text = text;
	descending = text[0] == '-';
	field = find_field(query->source, text + descending, strlen(text + descending));
	if (field < 0)
		return refuse_field(query, "sort", text + descending);
	query->sort = (unsigned)field;
	list_heap_init(&query->first,
	    (unsigned)call_integer(query->call, "limit", CONTROL_PAGE_DEFAULT), descending);
	return true;
}

static bool
read_cursor(ListQuery *query)
{
	const char *text = call_string(query->call, "cursor");

	if (!text)
		return true;
	query->has_after = list_cursor_read(text, query->sort_text, &query->after);
	if (!query->has_after)
		call_refuse_parameter(query->call, "cursor", NULL,
		    "'cursor' must be the next_cursor of an answer with the same sort");
	return query->has_after;
}

static void
read_filter(ListQuery *query)
{
	const char *text = call_string(query->call, "filter");
	const char *colon;

	query->filter_field = -1;
	if (!text || text[0] == '\0')
		return;
	colon = strchr(text, ':');
	if (colon)
		query->filter_field = find_field(query->source, text, (size_t)(colon - text));
	if (query->filter_field >= 0)
		text = colon + 1;
	query->filter = g_malloc(strlen(text) + 1);
	casemap_fold_text(text, query->filter, strlen(text) + 1);
}

static bool
read_fields(ListQuery *query)
{
	json_t *fields = call_value(query->call, "fields");
	json_t *item;
	size_t index;

	query->wanted = UINT32_MAX;
	if (!fields || json_array_size(fields) == 0)
		return true;
	query->wanted = 0;
	json_array_foreach(fields, index, item)
	{
		const char *name = json_string_value(item);
		int field = name ? find_field(query->source, name, strlen(name)) : -1;

		if (field < 0)
			return refuse_field(query, "fields", name ? name : "(not a string)");
		query->wanted |= 1u << field;
	}
	return true;
}

bool
list_params_read(ListQuery *query)
{
	g_assert(query->source->n_fields < 32);
	read_filter(query);
	return read_sort(query) && read_cursor(query) && read_fields(query);
}

static bool
contains_folded(const char *text, const char *folded)
{
	char buffer[512];

	casemap_fold_text(text, buffer, sizeof buffer);
	return strstr(buffer, folded) != NULL;
}

static bool
field_matches(const ListQuery *query, const void *object, unsigned field, bool glob)
{
	ListValue value = {.kind = LIST_NULL};
	const char *text;
	bool matches;

	query->source->fields[field].get(object, &query->context, &value);
	text = value_text(&value);
	/* People read yes and no there. */
	if (glob && value.kind == LIST_BOOL &&
	    (strcmp(query->filter, "yes") == 0 || strcmp(query->filter, "no") == 0))
		return (value.number != 0) == (query->filter[0] == 'y');
	matches = glob ? mask_match(query->filter, text) : contains_folded(text, query->filter);
	g_free(value.owned);
	return matches;
}

bool
list_filter_matches(const ListQuery *query, const void *object)
{
	if (!query->filter)
		return true;
	if (query->filter_field >= 0)
		return field_matches(query, object, (unsigned)query->filter_field, true);
	for (unsigned i = 0; i < query->source->n_fields; i++)
		if (query->source->fields[i].searched && field_matches(query, object, i, false))
			return true;
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "chatctl_show.h"

#include "chatctl_command.h"
#include "text_table.h"

#include <string.h>

/* What is shown of rows that have more than a line has room for; others with --columns. */
static const struct {
	const char *method;
	const char *columns;
} main_columns[] = {
    {"user.list", "name,username,hostname,account,channels,connected_since,tls,operator"},
    {"channel.list", "name,num_users,modes,registered,topic"},
    {"account.list", "name,email,users,used_at,verified,suspended,vhost,vhost_wanted"},
    {"access.list", "level,mask,set_by,set_at,expires_at,reason"},
    {"channel.members", "name,level,username,hostname,account,away"},
    {"config.get", "section,key,value,source,pending"},
    {"config.history", "id,time,who,state,changes,comment"},
    {"audit.list", "id,time,who,role,method,object,outcome"},
    {"log.list", "timestamp,level,subsystem,event_id,msg"},
    {"history.list", "time,source,text,msgid"},
    {"history.search", "time,source,text,msgid"},
    {"history.talk", "time,source,text,msgid"},
    {"history.find", "time,target,source,text,msgid"},
    {"whowas.get", "name,event,hostname,ip,logon_time,logoff_time"},
    {"server.list", "name,id,connected_since"},
    {"history.export", "time,kind,source,whom,text"},
};

/* "2026-05-01T12:34:56.000Z" in local time; NULL: it is something else. */
static char *
time_text(const char *text)
{
	g_autoptr(GTimeZone) utc = NULL;
	g_autoptr(GDateTime) time = NULL;
	g_autoptr(GDateTime) local = NULL;

	if (strlen(text) != strlen("2026-05-01T12:34:56.000Z") || text[10] != 'T' ||
	    text[23] != 'Z')
		return NULL;
	utc = g_time_zone_new_utc();
	time = g_date_time_new_from_iso8601(text, utc);
	local = time != NULL ? g_date_time_to_local(time) : NULL;
	return local != NULL ? g_date_time_format(local, "%Y-%m-%d %H:%M:%S") : NULL;
}

static const char *
member(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

/* An object among others, in a few words: a change, or something with a name. */
static char *
object_text(const json_t *object)
{
	char *dumped, *text;

	if (json_object_get(object, "from") != NULL && json_object_get(object, "key") != NULL) {
		g_autofree char *from = chatctl_show_value(json_object_get(object, "from"));
		g_autofree char *to = chatctl_show_value(json_object_get(object, "to"));

		/* Without a key it is the section itself that came or went. */
		if (json_is_null(json_object_get(object, "key")))
			return g_strdup_printf("[%s] %s", member(object, "section"),
			    json_is_null(json_object_get(object, "to")) ? "removed" : "added");
		return g_strdup_printf("%s.%s: %s → %s", member(object, "section"),
		    member(object, "key"), *from != '\0' ? from : "default",
		    *to != '\0' ? to : "default");
	}
	if (json_is_string(json_object_get(object, "name")))
		return g_strconcat(member(object, "level"), *member(object, "level") ? " " : "",
		    member(object, "name"), NULL);
	dumped = json_dumps(object, JSON_COMPACT);
	text = g_strdup(dumped);
	free(dumped);
	return text;
}

char *
chatctl_show_value(const json_t *value)
{
	if (value == NULL || json_is_null(value))
		return g_strdup("");
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "yes" : "no");
	if (json_is_integer(value))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_real(value))
		return g_strdup_printf("%g", json_real_value(value));
	if (json_is_array(value)) {
		GString *joined = g_string_new(NULL);
		const json_t *item;
		size_t index;

		json_array_foreach((json_t *)value, index, item)
		{
			g_autofree char *text = chatctl_show_value(item);

			g_string_append_printf(joined, "%s%s", index > 0 ? ", " : "", text);
		}
		return g_string_free(joined, FALSE);
	}
	if (json_is_object(value))
		return object_text(value);
	char *time = time_text(json_string_value(value));
	return time != NULL ? time : g_strdup(json_string_value(value));
}

static char **
split_columns(const char *wanted)
{
	g_autofree char *names = g_ascii_strdown(wanted, -1);

	return g_strsplit(g_strdelimit(names, " -", '_'), ",", -1);
}

/* All members of all rows in their order. */
static char **
all_columns(const json_t *list)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	const json_t *row;
	const char *key;
	json_t *value;
	size_t index;

	json_array_foreach((json_t *)list, index, row)
	{
		json_object_foreach((json_t *)row, key, value)
		{
			if (!g_ptr_array_find_with_equal_func(names, key, g_str_equal, NULL))
				g_ptr_array_add(names, g_strdup(key));
		}
	}
	g_ptr_array_set_free_func(names, NULL);
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

/* The columns asked for, else the main ones of that method, else all. */
static char **
choose_columns(const char *method, const json_t *list, const ChatctlStyle *style)
{
	const char *wanted = style->columns;

	for (gsize i = 0; wanted == NULL && i < G_N_ELEMENTS(main_columns); i++)
		if (strcmp(main_columns[i].method, method) == 0)
			wanted = main_columns[i].columns;
	return wanted != NULL && strcmp(wanted, "all") != 0 ? split_columns(wanted)
							    : all_columns(list);
}

gboolean
chatctl_show_has_columns(const json_t *result, const ChatctlStyle *style, GError **error)
{
	const json_t *list = json_object_get(result, "list");
	g_auto(GStrv) there = NULL;
	g_auto(GStrv) wanted = NULL;
	g_autofree char *names = NULL;

	if (style->columns == NULL || strcmp(style->columns, "all") == 0 ||
	    !json_is_object(json_array_get(list, 0)))
		return TRUE;
	there = all_columns(list);
	wanted = split_columns(style->columns);
	for (char **column = wanted; *column != NULL; column++) {
		if (g_strv_contains((const char *const *)there, *column))
			continue;
		names = g_strjoinv(", ", there);
		g_set_error(error, CHATCTL_USAGE, 0, "--columns: there is no \"%s\"; there are: %s",
		    *column, names);
		return FALSE;
	}
	return TRUE;
}

static gboolean
is_numeric(const json_t *list, const char *column)
{
	const json_t *row;
	size_t index;
	gboolean some = FALSE;

	json_array_foreach((json_t *)list, index, row)
	{
		const json_t *value = json_object_get(row, column);

		if (value != NULL && !json_is_null(value) && !json_is_number(value))
			return FALSE;
		some = some || json_is_number(value);
	}
	return some;
}

static void
append_list(GString *out, const char *method, const json_t *list, const ChatctlStyle *style)
{
	g_autoptr(TextTable) table = text_table_new();
	g_auto(GStrv) columns = choose_columns(method, list, style);
	g_autofree char *text = NULL;
	const json_t *row;
	size_t index;

	if (*columns == NULL)
		return; /* no rows of a kind that has no main columns */
	for (char **column = columns; *column != NULL; column++) {
		g_autofree char *title = g_ascii_strup(*column, -1);

		text_table_add_column(
		    table, g_strdelimit(title, "_", ' '), is_numeric(list, *column));
	}
	json_array_foreach((json_t *)list, index, row)
	{
		g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

		for (char **column = columns; *column != NULL; column++)
			g_ptr_array_add(
			    cells, chatctl_show_value(
				       json_is_object(row) ? json_object_get(row, *column) : row));
		text_table_add_row(table, (const char *const *)cells->pdata);
	}
	text = text_table_print(table, style->width, !style->no_headers);
	g_string_append(out, text);
}

/* Names and values; objects inside are flattened with dots, lists of objects follow as tables. */
static void
collect(TextTable *table, GString *tables, const char *prefix, const json_t *object,
    const ChatctlStyle *style)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value)
	{
		g_autofree char *name =
		    *prefix != '\0' ? g_strconcat(prefix, ".", key, NULL) : g_strdup(key);

		if (json_is_object(value)) {
			collect(table, tables, name, value, style);
		} else if (json_is_object(json_array_get(value, 0))) {
			ChatctlStyle inner = {.width = style->width, .columns = "all"};

			g_string_append_printf(tables, "\n%s\n", name);
			append_list(tables, "", value, &inner);
		} else {
			g_autofree char *text = chatctl_show_value(value);

			text_table_add_row(table, (const char *const[]){name, text, NULL});
		}
	}
}

static void
append_object(GString *out, const json_t *object, const ChatctlStyle *style)
{
	g_autoptr(TextTable) table = text_table_new();
	g_autoptr(GString) tables = g_string_new(NULL);
	g_autofree char *text = NULL;
	const json_t *only = json_object_iter_value(json_object_iter((json_t *)object));

	/* {"client": {…}}: the wrapping tells nothing. */
	if (json_object_size(object) == 1 && json_is_object(only))
		object = only;
	text_table_add_column(table, "", FALSE);
	text_table_add_column(table, "", FALSE);
	collect(table, tables, "", object, style);
	text = text_table_print(table, style->width, FALSE);
	g_string_append(out, text);
	g_string_append(out, tables->str);
}

/* What an answer tells besides its list, as config.diff its state: that stands before it. */
static void
append_besides(GString *out, const json_t *result, const ChatctlStyle *style)
{
	static const char *const paging[] = {"list", "next_cursor", "total"};
	json_t *besides = json_copy((json_t *)result);

	for (guint i = 0; i < G_N_ELEMENTS(paging); i++)
		json_object_del(besides, paging[i]);
	if (json_object_size(besides) > 0) {
		append_object(out, besides, style);
		if (json_array_size(json_object_get(result, "list")) > 0)
			g_string_append_c(out, '\n');
	}
	json_decref(besides);
}

static char *
dump(const json_t *value)
{
	char *dumped = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	char *text = g_strconcat(dumped, "\n", NULL);

	free(dumped);
	return text;
}

char *
chatctl_show_result(const char *method, const json_t *result, const ChatctlStyle *style)
{
	GString *out;
	const json_t *list = json_object_get(result, "list");

	if (style->json)
		return dump(result);
	out = g_string_new(NULL);
	if (json_is_array(list)) {
		append_besides(out, result, style);
		append_list(out, method, list, style);
	} else if (json_is_array(json_object_get(result, "counters"))) {
		append_list(out, method, json_object_get(result, "counters"), style);
	} else if (json_is_object(result)) {
		append_object(out, result, style);
	} else if (json_is_true(result)) {
		g_string_append(out, "done\n");
	} else if (json_is_false(result)) {
		g_string_append(out, "nothing to do\n");
	} else {
		return g_string_free(out, TRUE), dump(result);
	}
	return g_string_free(out, FALSE);
}

char *
chatctl_show_push(const char *method, const json_t *result, const ChatctlStyle *style)
{
	g_autofree char *time = NULL;
	g_autofree char *line = NULL;
	g_autofree char *clean = NULL;

	if (style->json)
		return dump(result);
	if (strcmp(method, "log.event") == 0) {
		time = chatctl_show_value(json_object_get(result, "timestamp"));
		line = g_strdup_printf("%s %-5s %s.%s  %s", time, member(result, "level"),
		    member(result, "subsystem"), member(result, "event_id"), member(result, "msg"));
	} else {
		g_autoptr(GString) text = g_string_new(member(result, "type"));
		const char *key;
		json_t *value;

		json_object_foreach((json_t *)result, key, value)
		{
			g_autofree char *shown = chatctl_show_value(value);

			if (strcmp(key, "type") != 0)
				g_string_append_printf(text, "  %s=%s", key, shown);
		}
		line = g_strdup(text->str);
	}
	clean = text_clean(line);
	return g_strconcat(clean, "\n", NULL);
}

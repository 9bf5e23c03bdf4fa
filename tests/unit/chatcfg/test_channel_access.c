/* SPDX-License-Identifier: MIT */
/* The access list of a channel as rows; what is called for it is seen in tests/console/chatcfg. */
#include "channel_access.h"

#include <string.h>

static const char described[] =
    "{\"service\":{\"name\":\"x\",\"version\":\"1\",\"protocol\":1},\"settings\":[],"
    "\"methods\":[{\"name\":\"access.set\",\"role\":\"administrator\",\"params\":["
    "{\"name\":\"level\",\"type\":\"string\",\"required\":true,"
    "\"values\":[\"owner\",\"voice\",\"none\"]}]}],"
    "\"modes\":[{\"letter\":\"b\",\"on\":\"channel\",\"kind\":\"list\",\"name\":\"ban\"},"
    "{\"letter\":\"k\",\"on\":\"channel\",\"kind\":\"key\",\"name\":\"key\"}]}";

static const char listed[] =
    "[{\"level\":\"owner\",\"mode\":null,\"mask\":\"~a:anna\",\"set_by\":\"boss\","
    "\"set_at\":\"2026-05-01T12:34:56.000Z\",\"expires_at\":null,\"reason\":null},"
    "{\"level\":\"ban\",\"mode\":\"b\",\"mask\":\"spam!*@*\",\"set_by\":\"boss\","
    "\"set_at\":\"2026-05-01T12:34:56.000Z\",\"expires_at\":\"2026-05-02T12:34:56.000Z\","
    "\"reason\":\"Advertises\"}]";

static json_t *
list_of(const char *text)
{
	json_t *list = json_loads(text, 0, NULL);

	g_assert_nonnull(list);
	return list;
}

/* The masks of the rows, one after the other. */
static char *
masks(const ChannelAccess *access)
{
	GtkTreeModel *model = channel_access_model(access);
	GString *text = g_string_new(NULL);
	GtkTreeIter row;

	for (gboolean more = gtk_tree_model_get_iter_first(model, &row); more;
	     more = gtk_tree_model_iter_next(model, &row)) {
		g_autofree char *mask = NULL;

		gtk_tree_model_get(model, &row, CHANNEL_ACCESS_MASK, &mask, -1);
		g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", mask);
	}
	return g_string_free(text, FALSE);
}

static void
assert_state(const ChannelAccess *access, const char *expected, gboolean changed)
{
	g_autofree char *found = masks(access);
	CallChain *chain = channel_access_changes(access);

	g_assert_cmpstr(found, ==, expected);
	g_assert_cmpint(call_chain_is_empty(chain), ==, !changed);
	call_chain_free(chain);
}

static void
levels(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Description) all = description_parse(described, strlen(described), &error);
	GArray *found;

	g_assert_no_error(error);
	found = channel_access_levels(all);
	g_assert_cmpuint(found->len, ==, 3);
	g_assert_cmpstr(g_array_index(found, AccessLevel, 0).name, ==, "owner");
	g_assert_null(g_array_index(found, AccessLevel, 0).mode);
	g_assert_cmpstr(g_array_index(found, AccessLevel, 2).name, ==, "ban");
	g_assert_cmpstr(g_array_index(found, AccessLevel, 2).mode, ==, "b");
	g_array_unref(found);
}

static void
timed(void)
{
	static const struct {
		const char *mode, *mask;
		guint minutes;
		const char *text;
	} rows[] = {
	    {"b", "bad!*@*", 0, "bad!*@*"},
	    {"b", "bad", 60, "~t:60:bad"},
	    {NULL, "anna", 0, "anna"},
	    {NULL, "anna", 60, "~t:60:~a:anna"},
	    {NULL, "*!*@192.0.2.7", 60, "~t:60:*!*@192.0.2.7"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		const AccessLevel level = {"x", rows[i].mode};
		g_autofree char *text = channel_access_timed(&level, rows[i].mask, rows[i].minutes);

		g_assert_cmpstr(text, ==, rows[i].text);
	}
}

/* What is refused stays to be done, and what was done is not done again. */
static void
changes(void)
{
	static const AccessLevel ban = {"ban", "b"};
	ChannelAccess *access = channel_access_new("#x");
	g_autoptr(json_t) list = list_of(listed);
	g_autoptr(json_t) later =
	    list_of("[{\"level\":\"ban\",\"mode\":\"b\",\"mask\":\"bad!*@*\"},"
		    "{\"level\":\"ban\",\"mode\":\"b\",\"mask\":\"spam!*@*\"}]");
	GtkTreeIter row;

	channel_access_show(access, list, TRUE);
	assert_state(access, "~a:anna spam!*@*", FALSE);
	channel_access_add(access, &ban, "bad!*@*", "");
	channel_access_add(access, &ban, "~x:wrong", "why");
	g_assert_true(gtk_tree_model_get_iter_first(channel_access_model(access), &row));
	channel_access_remove(access, &row);
	assert_state(access, "spam!*@* bad!*@* ~x:wrong", TRUE);
	/* The removal and the first were done, the second was refused. */
	channel_access_show(access, later, FALSE);
	assert_state(access, "~x:wrong bad!*@* spam!*@*", TRUE);
	g_assert_true(gtk_tree_model_get_iter_first(channel_access_model(access), &row));
	channel_access_remove(access, &row);
	assert_state(access, "bad!*@* spam!*@*", FALSE);
	g_assert_true(gtk_tree_model_get_iter_first(channel_access_model(access), &row));
	channel_access_remove(access, &row);
	/* Not removed yet: it is not shown again. */
	channel_access_show(access, later, FALSE);
	assert_state(access, "spam!*@*", TRUE);
	channel_access_show(access, later, TRUE);
	assert_state(access, "bad!*@* spam!*@*", FALSE);
	channel_access_free(access);
}

static void
contains(void)
{
	ChannelAccess *access = channel_access_new("#x");
	g_autoptr(json_t) list = list_of(listed);
	GtkTreeModel *model = channel_access_model(access);
	GtkTreeIter row;

	channel_access_show(access, list, TRUE);
	g_assert_true(gtk_tree_model_get_iter_first(model, &row));
	g_assert_true(channel_access_contains(model, &row, "owner"));
	g_assert_true(channel_access_contains(model, &row, "anna"));
	g_assert_false(channel_access_contains(model, &row, "advert"));
	g_assert_true(gtk_tree_model_iter_next(model, &row));
	g_assert_true(channel_access_contains(model, &row, "advert"));
	channel_access_free(access);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatcfg/channel-access/levels", levels);
	g_test_add_func("/chatcfg/channel-access/timed", timed);
	g_test_add_func("/chatcfg/channel-access/changes", changes);
	g_test_add_func("/chatcfg/channel-access/contains", contains);
	return g_test_run();
}

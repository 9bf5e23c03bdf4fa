/* SPDX-License-Identifier: MIT */
#include "live_table.h"

#include "control_client.h"

enum { ID, NAME, NUMBER, YES };

static const char *const fields[] = {"id", "name", "number", "yes"};
static const LiveKind users = {"user", "user.list", "id", NULL, fields, G_N_ELEMENTS(fields)};
static const LiveKind members = {
    "member", "channel.members", "id", "channel", fields, G_N_ELEMENTS(fields)};

static json_t *
row(const char *id, const char *name)
{
	return json_pack("{s:s, s:s, s:i, s:b}", "id", id, "name", name, "number", 7, "yes", 1);
}

static LiveChange
event(LiveTable *table, const char *type, json_t *object, guint64 *ret_id)
{
	g_autoptr(json_t) push =
	    json_pack("{s:s, s:o, s:s}", "type", type, "user", object, "id", "B");

	return live_table_event(table, push, ret_id);
}

static LiveTable *
listed(void)
{
	LiveTable *table = live_table_new(&users, NULL);
	g_autoptr(json_t) page = json_pack("[o, o]", row("A", "anna"), row("B", "bert"));

	live_table_begin(table);
	live_table_add_page(table, page);
	g_assert_false(live_table_sweep(table));
	g_assert_cmpuint(live_table_count(table), ==, 2);
	return table;
}

static void
texts(void)
{
	g_autoptr(LiveTable) table = listed();
	guint at;

	g_assert_true(live_table_find_key(table, "B", &at));
	g_assert_cmpstr(live_table_text(table, at, NAME), ==, "bert");
	g_assert_cmpstr(live_table_text(table, at, NUMBER), ==, "7");
	g_assert_cmpstr(live_table_text(table, at, YES), ==, "true");
	g_assert_cmpuint(live_kind_field(&users, "number"), ==, NUMBER);
}

static void
pushes(void)
{
	g_autoptr(LiveTable) table = listed();
	guint64 before;
	guint64 id = 0;
	guint at;

	g_assert_true(live_table_find_key(table, "A", &at));
	before = live_table_id(table, at);
	g_assert_cmpint(event(table, "user.change", row("A", "anna"), &id), ==, LIVE_NOTHING);
	g_assert_cmpuint(id, ==, 0);
	g_assert_cmpint(event(table, "user.change", row("A", "anne"), &id), ==, LIVE_CHANGED);
	g_assert_cmpuint(id, ==, before);
	g_assert_cmpint(event(table, "user.add", row("C", "carl"), &id), ==, LIVE_ADDED);
	g_assert_cmpint(event(table, "user.remove", json_null(), &id), ==, LIVE_REMOVED);
	g_assert_false(live_table_find(table, id, &at));
	g_assert_cmpint(event(table, "user.remove", json_null(), NULL), ==, LIVE_NOTHING);
	g_assert_true(live_table_find(table, before, &at));
	g_assert_cmpstr(live_table_text(table, at, NAME), ==, "anne");
	g_assert_cmpuint(live_table_count(table), ==, 2);
	g_assert_cmpint(event(table, "users.add", row("D", "dora"), NULL), ==, LIVE_NOTHING);
	g_assert_cmpint(event(table, "user.add", json_null(), NULL), ==, LIVE_NOTHING);
}

static void
fresh_listing(void)
{
	g_autoptr(LiveTable) table = listed();
	g_autoptr(json_t) page = json_pack("[o]", row("B", "bert"));
	guint64 before;
	guint at;

	g_assert_true(live_table_find_key(table, "B", &at));
	before = live_table_id(table, at);
	live_table_begin(table);
	live_table_add_page(table, page);
	/* What comes while it is listed stays too. */
	g_assert_cmpint(event(table, "user.add", row("C", "carl"), NULL), ==, LIVE_ADDED);
	g_assert_true(live_table_sweep(table));
	g_assert_cmpuint(live_table_count(table), ==, 2);
	g_assert_false(live_table_find_key(table, "A", &at));
	g_assert_true(live_table_find_key(table, "B", &at));
	g_assert_cmpuint(live_table_id(table, at), ==, before);
}

static void
of_one_parent(void)
{
	g_autoptr(LiveTable) table = live_table_new(&members, "#chat");
	g_autoptr(json_t) other = json_pack("{s:s, s:s, s:o}", "type", "member.add", "channel",
	    "#help", "member", row("A", "anna"));
	g_autoptr(json_t) ours = json_pack("{s:s, s:s, s:o}", "type", "member.add", "channel",
	    "#chat", "member", row("A", "anna"));

	g_assert_cmpint(live_table_event(table, other, NULL), ==, LIVE_NOTHING);
	g_assert_cmpint(live_table_event(table, ours, NULL), ==, LIVE_ADDED);
}

static void
lost_events(void)
{
	g_autoptr(LiveTable) table = listed();
	g_autoptr(json_t) other = json_pack("{s:s, s:[s]}", "type", "resync", "topics", "channel");
	g_autoptr(json_t) ours =
	    json_pack("{s:s, s:[s,s]}", "type", "resync", "topics", "channel", "user");

	g_assert_cmpint(live_table_event(table, other, NULL), ==, LIVE_NOTHING);
	g_assert_cmpint(live_table_event(table, ours, NULL), ==, LIVE_LOST);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/chatcfg/live-table/texts", texts);
	g_test_add_func("/chatcfg/live-table/pushes", pushes);
	g_test_add_func("/chatcfg/live-table/fresh-listing", fresh_listing);
	g_test_add_func("/chatcfg/live-table/of-one-parent", of_one_parent);
	g_test_add_func("/chatcfg/live-table/lost-events", lost_events);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "control/describe.h"

#include "control.h"
#include "control/json_text.h"
#include "control/method.h"
#include "control_fixture.h"

#include <string.h>

/* Every object of a list has exactly these keys, and texts that say something. */
static void
assert_rows(const json_t *description, const char *list, const char *keys)
{
	g_auto(GStrv) wanted = g_strsplit(keys, " ", -1);
	json_t *rows = json_at(description, list);
	json_t *row;
	size_t index;

	g_assert_cmpuint(json_array_size(rows), >, 0);
	json_array_foreach(rows, index, row)
	{
		g_assert_cmpuint(json_object_size(row), ==, g_strv_length(wanted));
		for (char **key = wanted; *key; key++) {
			json_t *value = json_object_get(row, *key);

			g_assert_nonnull(value);
			if (strcmp(*key, "help") == 0 || strcmp(*key, "label") == 0)
				g_assert_cmpuint(json_string_length(value), >, 2);
		}
	}
}

static void
test_whole(void)
{
	g_autoptr(json_t) description = control_describe("chat.example");
	unsigned count;

	g_assert_cmpstr(json_text_at(description, "service.name"), ==, "chat.example");
	g_assert_cmpint(
	    json_integer_value(json_at(description, "service.protocol")), ==, CONTROL_PROTOCOL);
	assert_rows(description, "methods", "name role label help danger compatible params");
	assert_rows(description, "sections", "name label repeated most help");
	assert_rows(description, "settings",
	    "section key type default min max unit values live secret repeated label help allowed");
	assert_rows(description, "modes", "letter on kind who name help");
	assert_rows(description, "properties", "key on type help");
	assert_rows(description, "events", "name help");
	assert_rows(description, "counters", "name unit help");
	assert_rows(description, "close_reasons", "name text");
	control_methods(&count);
	g_assert_cmpuint(json_array_size(json_at(description, "methods")), ==, count);
}

/* What metrics.get tells is described. */
static void
test_every_counter_is_described(void)
{
	ControlFixture fixture;
	TestPeer peer;
	g_autoptr(json_t) description = control_describe("x");
	g_autoptr(GHashTable) described = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(json_t) metrics = NULL;
	json_t *row;
	size_t index;

	json_array_foreach(json_at(description, "counters"), index, row)
	    g_assert_true(g_hash_table_add(described, (void *)json_text_at(row, "name")));
	control_fixture_init(&fixture, NULL);
	test_peer_open(&peer, &fixture, 0);
	metrics = test_peer_result(&peer, "metrics.get", NULL);
	json_array_foreach(json_at(metrics, "counters"), index, row)
	{
		g_assert_true(g_hash_table_remove(described, json_text_at(row, "name")));
		g_assert_true(json_is_integer(json_at(row, "value")));
	}
	g_assert_cmpuint(g_hash_table_size(described), ==, 0);
	test_peer_close(&peer);
	control_fixture_clear(&fixture);
}

/* Rows hold what the dispatcher relies on. */
static void
test_method_rows(void)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	unsigned count;
	const ControlMethod *methods = control_methods(&count);

	for (unsigned i = 0; i < count; i++) {
		g_assert_true(g_hash_table_add(names, (void *)methods[i].name));
		g_assert_true(control_method_find(methods[i].name) == &methods[i]);
		g_assert_true(methods[i].changes || !methods[i].danger);
		/* Who may only look changes nothing. */
		g_assert_true(!methods[i].changes || methods[i].role > 0);
		for (const MethodParam *param = methods[i].params; param->name; param++) {
			g_assert_true(param->least <= param->most);
			g_assert_true(!param->default_text || param->need != PARAM_REQUIRED);
		}
	}
	g_assert_null(control_method_find("no.such"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/describe/whole", test_whole);
	g_test_add_func("/describe/counters", test_every_counter_is_described);
	g_test_add_func("/describe/methods", test_method_rows);
	return g_test_run();
}

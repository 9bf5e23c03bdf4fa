/* SPDX-License-Identifier: MIT */
/* Keys and values of properties. */
#include "proto/properties.h"

#include <glib.h>
#include <string.h>

static void
test_rows(void)
{
	for (unsigned i = 0; i < PROPERTIES; i++) {
		const PropertyRow *row = property_row(i);

		g_test_message("%s", row->key);
		g_assert_true(property_key_is_valid(row->key));
		g_assert_true(property_find(row->key) == row);
		g_assert_cmpuint(strlen(row->help), >, 0);
		g_assert_nonnull(property_type_name(row->type));
		if (i > 0)
			g_assert_cmpstr(property_row(i - 1)->key, <, row->key);
	}
	g_assert_null(property_find("display"));
}

static void
test_keys(void)
{
	g_autofree char *longest = g_strnfill(PROPERTY_KEY_MAX, 'k');
	g_autofree char *longer = g_strnfill(PROPERTY_KEY_MAX + 1, 'k');

	g_assert_true(property_key_is_valid("a"));
	g_assert_true(property_key_is_valid("my.org/key_1-x"));
	g_assert_true(property_key_is_valid(longest));
	g_assert_false(property_key_is_valid(longer));
	g_assert_false(property_key_is_valid(""));
	g_assert_false(property_key_is_valid("Key"));
	g_assert_false(property_key_is_valid("$key"));
	g_assert_false(property_key_is_valid("a:b"));
	g_assert_false(property_key_is_valid("a b"));
}

static void
test_places(void)
{
	g_assert_true(property_fits("avatar", PROPERTY_ON_USER));
	g_assert_true(property_fits("avatar", PROPERTY_ON_CHANNEL));
	g_assert_true(property_fits("color", PROPERTY_ON_USER));
	g_assert_false(property_fits("color", PROPERTY_ON_CHANNEL));
	g_assert_true(property_fits("my.org/own", PROPERTY_ON_CHANNEL));
}

static void
test_values(void)
{
	static const struct {
		const char *key;
		const char *value;
		bool valid;
	} cases[] = {
	    {"avatar", "https://x.example/{size}.png", true},
	    {"avatar", "", true},
	    {"avatar", "https://", false},
	    {"avatar", "x.example/a.png", false},
	    {"avatar", "https://x.example/a b", false},
	    {"avatar", "://x", false},
	    {"color", "#09afAF", true},
	    {"color", "09afAF", false},
	    {"color", "#09afA", false},
	    {"color", "#09afAFF", false},
	    {"color", "#09afAg", false},
	    {"display-name", "any text \xe2\x99\xa5", true},
	    {"my.org/own", "any text", true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s = %s", cases[i].key, cases[i].value);
		g_assert_cmpint(
		    property_value_is_valid(cases[i].key, cases[i].value), ==, cases[i].valid);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/properties/rows", test_rows);
	g_test_add_func("/properties/keys", test_keys);
	g_test_add_func("/properties/places", test_places);
	g_test_add_func("/properties/values", test_values);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "modcheck/json_text.h"

#include <string.h>

static void
test_everything(void)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	g_autofree char *text = NULL;
	JsonText json;

	g_ptr_array_add(words, (gpointer) "a");
	g_ptr_array_add(words, (gpointer) "b");
	json_text_init(&json);
	json_text_begin_object(&json, NULL);
	json_text_string(&json, "text", "q\" b\\ n\n t\t \x7f \xff ä");
	json_text_string(&json, "none", NULL);
	json_text_number(&json, "number", G_MININT64);
	json_text_boolean(&json, "yes", TRUE);
	json_text_strings(&json, "words", words);
	json_text_begin_list(&json, "empty");
	json_text_end_list(&json);
	json_text_end_object(&json);
	text = json_text_steal(&json);
	g_assert_cmpstr(text, ==,
	    "{\n  \"text\": \"q\\\" b\\\\ n\\n t\\u0009 \\u007f \xef\xbf\xbd ä\",\n"
	    "  \"none\": null,\n  \"number\": -9223372036854775808,\n  \"yes\": true,\n"
	    "  \"words\": [\n    \"a\",\n    \"b\"\n  ],\n  \"empty\": []\n}\n");
	json_text_clear(&json);
}

static void
test_it_stops_growing(void)
{
	g_autofree char *huge = g_strnfill(1024 * 1024, '\n');
	JsonText json;

	json_text_init(&json);
	json_text_begin_list(&json, NULL);
	for (guint i = 0; i < 10; i++)
		json_text_string(&json, NULL, huge);
	g_assert_true(json.is_cut_off);
	g_assert_cmpuint(json.text->len, <=, 8 * 1024 * 1024 + 8);
	json_text_clear(&json);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json_text/everything", test_everything);
	g_test_add_func("/json_text/bounded", test_it_stops_growing);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "cmd/search_request.h"

#include <glib.h>

static void
test_conditions(void)
{
	SearchRequest request;

	g_assert_null(search_request_parse(
	    "in=#x;from=anna;text=two\\swords\\:;after=2017-07-14T02:40:00.000Z;"
	    "before=2017-07-14T02:41:00.000Z;limit=7;other=1",
	    100, &request));
	g_assert_cmpstr(request.place, ==, "#x");
	g_assert_cmpstr(request.from, ==, "anna");
	g_assert_cmpstr(request.text, ==, "two words;");
	g_assert_cmpint(request.after, ==, INT64_C(1500000000000000));
	g_assert_cmpint(request.before, ==, INT64_C(1500000060000000));
	g_assert_cmpuint(request.limit, ==, 7);
	g_assert_null(search_request_parse("text=x;limit=1000", 100, &request));
	g_assert_cmpuint(request.limit, ==, 100);
	g_assert_cmpint(request.before, ==, 0);
}

static void
test_mistakes(void)
{
	static const struct {
		const char *conditions, *wrong;
	} cases[] = {
	    {"", "text"},
	    {"text=", "text"},
	    {"text=x;after=now", "after"},
	    {"text=x;before=2017", "before"},
	    {"text=x;limit=0", "limit"},
	    {"text=x;limit=-1", "limit"},
	    {"text=x;limit=999999999999999999999999999999999999", "limit"},
	};
	SearchRequest request;

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpstr(
		    search_request_parse(cases[i].conditions, 100, &request), ==, cases[i].wrong);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/search_request/conditions", test_conditions);
	g_test_add_func("/search_request/mistakes", test_mistakes);
	return g_test_run();
}

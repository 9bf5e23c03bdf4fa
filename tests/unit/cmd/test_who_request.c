/* SPDX-License-Identifier: MIT */
#include "cmd/who_request.h"

#include <glib.h>
#include <string.h>

static unsigned
bits(const char *letters)
{
	unsigned fields = 0;

	for (; *letters; letters++)
		fields |= 1u << (strchr(WHO_FIELDS, *letters) - WHO_FIELDS);
	return fields;
}

static void
test_forms(void)
{
	static const struct {
		const char *text;
		bool operators, extended;
		const char *fields, *token;
	} cases[] = {
	    {NULL, false, false, "", "0"},
	    {"", false, false, "", "0"},
	    {"o", true, false, "", "0"},
	    {"%", false, false, "", "0"},
	    {"%tcuihsnfdlaor,152", false, true, "tcuihsnfdlaor", "152"},
	    {"o%na", true, true, "na", "0"},
	    {"%an", false, true, "na", "0"},
	    {"%nXn", false, true, "n", "0"},
	    {"%tn,1234", false, true, "tn", "0"},
	    {"%tn,1x", false, true, "tn", "0"},
	    {"%tn,", false, true, "tn", "0"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		WhoRequest request;

		who_request_parse(cases[i].text, &request);
		g_assert_cmpint(request.operators, ==, cases[i].operators);
		g_assert_cmpint(request.extended, ==, cases[i].extended);
		g_assert_cmpuint(request.fields, ==, bits(cases[i].fields));
		g_assert_cmpstr(request.token, ==, cases[i].token);
	}
}

static void
test_matches(void)
{
	static const struct {
		const char *text;
		const char *letters;
	} cases[] = {{NULL, WHO_MATCHES}, {"o%n", WHO_MATCHES}, {"n", "n"}, {"NUR%a", "nru"}};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		unsigned expected = 0;
		WhoRequest request;

		for (const char *letter = cases[i].letters; *letter; letter++)
			expected |= 1u << (strchr(WHO_MATCHES, *letter) - WHO_MATCHES);
		who_request_parse(cases[i].text, &request);
		g_assert_cmpuint(request.matches, ==, expected);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/who_request/forms", test_forms);
	g_test_add_func("/who_request/matches", test_matches);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "cmd/history_request.h"

#include <glib.h>

#define TIME "timestamp=2017-07-14T02:40:00.123Z"
#define TIME_VALUE INT64_C(1500000000123000)

static bool
parse(const char *text, HistoryRequest *request, HistoryProblem *problem, char ***ret_words)
{
	*ret_words = g_strsplit(text, " ", -1);
	return history_request_parse((const char *const *)*ret_words,
	    *text ? g_strv_length(*ret_words) : 0, 100, request, problem);
}

static void
test_forms(void)
{
	static const struct {
		const char *text;
		HistorySelector selector;
		const char *target, *msgid;
		bool has_first;
		unsigned limit;
	} cases[] = {
	    {"LATEST #x * 10", HISTORY_LATEST, "#x", NULL, false, 10},
	    {"latest #x msgid=abc 1000", HISTORY_LATEST, "#x", "abc", true, 100},
	    {"LATEST #x " TIME " 1", HISTORY_LATEST, "#x", NULL, true, 1},
	    {"BEFORE bob " TIME " 1", HISTORY_BEFORE, "bob", NULL, true, 1},
	    {"AFTER #x msgid=a=b 1", HISTORY_AFTER, "#x", "a=b", true, 1},
	    {"AROUND #x msgid=abc 1", HISTORY_AROUND, "#x", "abc", true, 1},
	    {"BETWEEN #x msgid=abc " TIME " 7", HISTORY_BETWEEN, "#x", "abc", true, 7},
	    {"TARGETS " TIME " " TIME " 7", HISTORY_BETWEEN, NULL, NULL, true, 7},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		HistoryRequest request;
		HistoryProblem problem;
		g_auto(GStrv) words = NULL;

		g_test_message("%s", cases[i].text);
		g_assert_true(parse(cases[i].text, &request, &problem, &words));
		g_assert_cmpint(request.selector, ==, cases[i].selector);
		g_assert_cmpstr(request.target, ==, cases[i].target);
		g_assert_cmpstr(request.first.msgid, ==, cases[i].msgid);
		g_assert_true(request.has_first == cases[i].has_first);
		g_assert_cmpuint(request.limit, ==, cases[i].limit);
		if (request.has_first && !request.first.msgid)
			g_assert_cmpint(request.first.time, ==, TIME_VALUE);
	}
}

static void
test_mistakes(void)
{
	static const struct {
		const char *text, *subcommand, *code, *argument;
	} cases[] = {
	    {"", "*", "INVALID_PARAMS", NULL},
	    {"NEWEST #x * 10", "NEWEST", "INVALID_PARAMS", NULL},
	    {"latest", "latest", "INVALID_PARAMS", NULL},
	    {"LATEST #x *", "LATEST", "INVALID_PARAMS", NULL},
	    {"LATEST #x * 10 11", "LATEST", "INVALID_PARAMS", NULL},
	    {"BETWEEN #x msgid=a 10", "BETWEEN", "INVALID_PARAMS", NULL},
	    {"BEFORE #x * 10", "BEFORE", "INVALID_PARAMS", "*"},
	    {"BEFORE #x timestamp=yesterday 10", "BEFORE", "INVALID_PARAMS", "timestamp=yesterday"},
	    {"BEFORE #x msgid= 10", "BEFORE", "INVALID_PARAMS", "msgid="},
	    {"BEFORE #x uid=5 10", "BEFORE", "INVALID_MSGREFTYPE", "uid=5"},
	    {"BETWEEN #x msgid=a b 10", "BETWEEN", "INVALID_PARAMS", "b"},
	    {"TARGETS msgid=a " TIME " 10", "TARGETS", "INVALID_PARAMS", "msgid=a"},
	    {"LATEST #x * 0", "LATEST", "INVALID_PARAMS", "0"},
	    {"LATEST #x * -5", "LATEST", "INVALID_PARAMS", "-5"},
	    {"LATEST #x * ten", "LATEST", "INVALID_PARAMS", "ten"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		HistoryRequest request;
		HistoryProblem problem;
		g_auto(GStrv) words = NULL;

		g_test_message("%s", cases[i].text);
		g_assert_false(parse(cases[i].text, &request, &problem, &words));
		g_assert_cmpstr(request.subcommand, ==, cases[i].subcommand);
		g_assert_cmpstr(problem.code, ==, cases[i].code);
		g_assert_cmpstr(problem.argument, ==, cases[i].argument);
		g_assert_nonnull(problem.text);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history_request/forms", test_forms);
	g_test_add_func("/history_request/mistakes", test_mistakes);
	return g_test_run();
}

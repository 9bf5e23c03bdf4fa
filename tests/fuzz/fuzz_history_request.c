/* SPDX-License-Identifier: MIT */
#include "cmd/history_request.h"

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_reference(const HistoryReference *reference)
{
	if (reference->msgid) {
		g_assert_cmpuint(strlen(reference->msgid), >, 0);
		g_assert_cmpuint(strlen(reference->msgid), <=, HISTORY_MSGID_MAX);
	} else {
		g_assert_cmpint(reference->time, >=, 0);
		g_assert_cmpint(reference->time % 1000, ==, 0);
	}
}

/* The parameters of a CHATHISTORY: what is accepted is within its bounds, what is not has a code
 * and a text. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_auto(GStrv) words = g_strsplit(text, " ", 32);
	unsigned n_words = g_strv_length(words);
	HistoryRequest request;
	HistoryProblem problem;

	if (!history_request_parse((const char *const *)words, n_words, 100, &request, &problem)) {
		g_assert_true(problem.code && problem.text && request.subcommand);
		return 0;
	}
	g_assert_cmpuint(request.limit, >=, 1);
	g_assert_cmpuint(request.limit, <=, 100);
	g_assert_cmpuint(request.selector, <, HISTORY_SELECTORS);
	if (request.has_first)
		check_reference(&request.first);
	check_reference(&request.second);
	g_assert_true(request.target || (!request.first.msgid && !request.second.msgid));
	return 0;
}

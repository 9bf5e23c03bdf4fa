/* SPDX-License-Identifier: MIT */
#include "control/json_request.h"

#include "control.h"

#include <glib.h>
#include <string.h>

/* Parses exactly these bytes, in memory of their size. */
static JsonRequest
parse_bytes(const char *line, size_t length)
{
	char *copy = g_memdup2(line, MAX(length, 1));
	JsonRequest request;

	json_request_parse(&request, copy, length);
	g_free(copy);
	if (request.code == 0) {
		g_assert_nonnull(request.id);
		g_assert_nonnull(request.method);
		g_assert_cmpstr(request.problem, ==, "");
	} else {
		g_assert_cmpstr(request.problem, !=, "");
		g_assert_true(g_utf8_validate(request.problem, -1, NULL));
		g_assert_true(request.fatal == (request.code == CONTROL_ERROR_PARSE));
	}
	return request;
}

static JsonRequest
parse(const char *line)
{
	return parse_bytes(line, strlen(line));
}

static void
test_calls(void)
{
	static const char *const lines[] = {
	    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"user.get\"}",
	    "{\"jsonrpc\":\"2.0\",\"id\":\"abc\",\"method\":\"user.get\",\"params\":null}",
	    "{\"jsonrpc\":\"2.0\",\"id\":-9223372036854775808,\"method\":\"x\",\"params\":[]}",
	    "  {\"params\":{\"a\":[[[]]]},\"method\":\"x\",\"id\":0,\"jsonrpc\":\"2.0\"}  \t",
	    "{\"jsonrpc\":\"2.0\",\"id\":\"\",\"method\":\"\",\"params\":{\"\":1}}",
	    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":\"[[[[{{{{,,,,\"}}",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		JsonRequest request = parse(lines[i]);

		g_test_message("%s", lines[i]);
		g_assert_cmpint(request.code, ==, 0);
		json_request_clear(&request);
	}
}

static void
test_envelope_errors(void)
{
	static const struct {
		const char *line;
		const char *says;
		bool echoes_id;
	} cases[] = {
	    {"[]", "Batches", false},
	    {"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\"}]", "Batches", false},
	    {"1", "object", false},
	    {"\"text\"", "object", false},
	    {"null", "object", false},
	    {"{}", "jsonrpc", false},
	    {"{\"jsonrpc\":2.0,\"id\":1,\"method\":\"x\"}", "jsonrpc", true},
	    {"{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\"}", "jsonrpc", true},
	    {"{\"jsonrpc\":\"2.0\",\"method\":\"x\"}", "'id'", false},
	    {"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"x\"}", "'id'", false},
	    {"{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"x\"}", "'id'", false},
	    {"{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"x\"}", "'id'", false},
	    {"{\"jsonrpc\":\"2.0\",\"id\":\"a\\nb\",\"method\":\"x\"}", "'id'", false},
	    {"{\"jsonrpc\":\"2.0\",\"id\":\"123456789012345678901234567890123\",\"method\":\"x\"}",
		"32", false},
	    {"{\"jsonrpc\":\"2.0\",\"id\":1}", "'method'", true},
	    {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", "'method'", true},
	    {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"extra\":1}", "'extra'", true},
	    {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[1]}", "'params'", true},
	    {"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":\"a\"}", "'params'", true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		JsonRequest request = parse(cases[i].line);

		g_test_message("%s: %s", cases[i].line, request.problem);
		g_assert_cmpint(request.code, ==, CONTROL_ERROR_INVALID_REQUEST);
		g_assert_nonnull(strstr(request.problem, cases[i].says));
		g_assert_true((request.id != NULL) == cases[i].echoes_id);
		json_request_clear(&request);
	}
}

static void
test_malformed(void)
{
	static const char *const lines[] = {"", " ", "{", "}", "{]", "nul", "{\"a\"}", "{\"a\":1,}",
	    "{\"a\":1}x", "{\"a\":1}{\"a\":1}", "{'a':1}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}",
	    "{\"a\":NaN}", "{\"a\":1e999}", "{\"a\":99999999999999999999}", "{\"a\":\"\\ud800\"}",
	    "{\"a\":\"\\udc00\\ud800\"}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\x\"}",
	    "{\"a\":\"\xff\"}", "{\"a\":\"\xc0\x80\"}", "{\"a\":\"\xed\xa0\x80\"}", "\"\\", "\"",
	    "{\"id\":1,\"id\":2}",
	    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"method\":\"y\"}",
	    "{\"p\":{\"a\":1,\"a\":1}}", "PASS x", "GET / HTTP/1.1", "\x16\x03\x01\x02"};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		JsonRequest request = parse(lines[i]);

		g_test_message("line %zu: %s", i, request.problem);
		g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
		g_assert_null(request.id);
		json_request_clear(&request);
	}
}

static void
test_bytes_that_are_no_text(void)
{
	JsonRequest request = parse_bytes("{\"a\":\"x\0y\"}", 11);

	g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
	json_request_clear(&request);
	request = parse_bytes("{\"a\":1}\0", 8);
	g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
	json_request_clear(&request);
}

/* `opening` so many times inside a call's parameters. */
static JsonRequest
parse_nested(const char *opening, const char *closing, unsigned levels)
{
	GString *line =
	    g_string_new("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":");
	JsonRequest request;

	for (unsigned i = 0; i < levels; i++)
		g_string_append(line, opening);
	g_string_append(line, "1");
	for (unsigned i = 0; i < levels; i++)
		g_string_append(line, closing);
	g_string_append(line, "}}");
	request = parse_bytes(line->str, line->len);
	g_string_free(line, TRUE);
	return request;
}

static void
test_depth(void)
{
	JsonRequest request = parse_nested("[", "]", CONTROL_DEPTH_MAX - 2);

	g_assert_cmpstr(request.problem, ==, "");
	g_assert_cmpint(request.code, ==, 0);
	json_request_clear(&request);
	for (unsigned levels = CONTROL_DEPTH_MAX - 1; levels < 200000; levels *= 5) {
		request = parse_nested("[", "]", levels);
		g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
		g_assert_nonnull(strstr(request.problem, "32 levels"));
		json_request_clear(&request);
		request = parse_nested("{\"a\":", "}", MIN(levels, 100000));
		g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
		json_request_clear(&request);
		request = parse_nested("[", "", levels);
		g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
		json_request_clear(&request);
	}
}

/* What is dear in memory is refused before it is built. */
static void
test_values(void)
{
	GString *line =
	    g_string_new("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":[{}");
	JsonRequest request;
	gint64 begun;

	while (line->len < CONTROL_REQUEST_MAX - 10)
		g_string_append(line, ",{}");
	g_string_append(line, "]}}");
	begun = g_get_monotonic_time();
	request = parse_bytes(line->str, line->len);
	g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
	g_assert_nonnull(strstr(request.problem, "16384 values"));
	g_assert_cmpint(g_get_monotonic_time() - begun, <, G_USEC_PER_SEC / 2);
	json_request_clear(&request);
	g_string_free(line, TRUE);
}

static void
test_length(void)
{
	GString *line =
	    g_string_new("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"a\":\"");
	JsonRequest request;

	while (line->len < CONTROL_REQUEST_MAX - 3)
		g_string_append_c(line, 'a');
	g_string_append(line, "\"}}");
	g_assert_cmpuint(line->len, ==, CONTROL_REQUEST_MAX);
	request = parse_bytes(line->str, line->len);
	g_assert_cmpint(request.code, ==, 0);
	json_request_clear(&request);
	g_string_append_c(line, ' ');
	request = parse_bytes(line->str, line->len);
	g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
	g_assert_nonnull(strstr(request.problem, "1048576"));
	json_request_clear(&request);
	g_string_free(line, TRUE);
}

/* Every beginning of a good line is refused, and read no further than it goes. */
static void
test_every_beginning(void)
{
	static const char line[] =
	    "{\"jsonrpc\":\"2.0\",\"id\":\"\\u00e4\",\"method\":\"user.list\","
	    "\"params\":{\"limit\":10,\"sort\":\"-name\",\"x\":[1.5e3,true]}}";

	for (size_t length = 0; length < sizeof line - 1; length++) {
		JsonRequest request = parse_bytes(line, length);

		g_assert_cmpint(request.code, ==, CONTROL_ERROR_PARSE);
		json_request_clear(&request);
	}
}

static void
test_compatible_strings(void)
{
	g_autofree char *longest = g_strnfill(CONTROL_COMPATIBLE_STRING_MAX, 'a');
	g_autofree char *longer = g_strnfill(CONTROL_COMPATIBLE_STRING_MAX + 1, 'a');
	const char *problem = NULL;
	json_t *value = json_pack("{s:[s,{s:s}]}", "a", longest, "b", "c");

	g_assert_true(json_request_strings_are_compatible(value, &problem));
	json_decref(value);
	value = json_pack("{s:[{s:s}]}", "a", "b", longer);
	g_assert_false(json_request_strings_are_compatible(value, &problem));
	g_assert_nonnull(strstr(problem, "510"));
	json_decref(value);
	value = json_pack("{s:i}", longer, 1);
	g_assert_false(json_request_strings_are_compatible(value, &problem));
	json_decref(value);
	value = json_pack("{s:s}", "a", "b\nc");
	g_assert_false(json_request_strings_are_compatible(value, &problem));
	json_decref(value);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json-request/calls", test_calls);
	g_test_add_func("/json-request/envelope-errors", test_envelope_errors);
	g_test_add_func("/json-request/malformed", test_malformed);
	g_test_add_func("/json-request/no-text", test_bytes_that_are_no_text);
	g_test_add_func("/json-request/depth", test_depth);
	g_test_add_func("/json-request/values", test_values);
	g_test_add_func("/json-request/length", test_length);
	g_test_add_func("/json-request/every-beginning", test_every_beginning);
	g_test_add_func("/json-request/compatible-strings", test_compatible_strings);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "net/http_request.h"

#include <string.h>

static void
test_head_length(void)
{
	static const struct {
		const char *text;
		size_t length;
	} cases[] = {
	    {"", 0},
	    {"GET / HTTP/1.1\r\n", 0},
	    {"GET / HTTP/1.1\r\nHost: a\r\n", 0},
	    {"GET / HTTP/1.1\r\nHost: a\r\n\r", 0},
	    {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 27},
	    {"GET / HTTP/1.1\r\nHost: a\r\n\r\nrest\r\n\r\n", 27},
	    {"GET / HTTP/1.1\nHost: a\n\nrest", 24},
	    {"\r\n", 2},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpuint(
		    http_head_length(cases[i].text, strlen(cases[i].text)), ==, cases[i].length);
}

static void
test_parse(void)
{
	static const char head[] = "GET /chat?x=1 HTTP/1.1\r\nHost:\t a.example \r\n"
				   "List: One, ,two\r\nlist:three\r\nEmpty:\r\n\r\n";
	HttpRequest request;
	unsigned count;

	g_assert_cmpint(http_request_parse(head, sizeof head - 1, &request), ==, HTTP_OK);
	g_assert_true(http_text_equal(request.method, "GET"));
	g_assert_true(http_text_equal(request.target, "/chat?x=1"));
	g_assert_cmpuint(request.minor, ==, 1);
	g_assert_cmpuint(request.n_fields, ==, 4);
	g_assert_true(
	    http_text_equal(http_request_field(&request, "HOST", NULL)->value, "a.example"));
	g_assert_cmpuint(http_request_field(&request, "Empty", NULL)->value.length, ==, 0);
	g_assert_null(http_request_field(&request, "List", &count));
	g_assert_cmpuint(count, ==, 2);
	g_assert_null(http_request_field(&request, "nothing", &count));
	g_assert_cmpuint(count, ==, 0);
	g_assert_true(http_request_lists(&request, "list", "one"));
	g_assert_true(http_request_lists(&request, "list", "two"));
	g_assert_true(http_request_lists(&request, "list", "three"));
	g_assert_false(http_request_lists(&request, "list", ""));
	g_assert_false(http_request_lists(&request, "list", "tw"));
}

static void
test_refused(void)
{
	static const struct {
		const char *head;
		HttpStatus status;
	} cases[] = {
	    {"\r\n", HTTP_BAD_REQUEST},
	    {"GET\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET /\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET  HTTP/1.1\r\n\r\n", HTTP_BAD_REQUEST},
	    {" GET / HTTP/1.1\r\n\r\n", HTTP_BAD_REQUEST},
	    {"G(T / HTTP/1.1\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET /\001 HTTP/1.1\r\n\r\n", HTTP_BAD_REQUEST},
	    {"NICK anna\r\nUSER anna 0 * :x\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET / FTP/1.1\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET / HTTP/2.0\r\n\r\n", HTTP_VERSION_NOT_SUPPORTED},
	    {"GET / HTTP/1.11\r\n\r\n", HTTP_VERSION_NOT_SUPPORTED},
	    {"GET / HTTP/1.x\r\n\r\n", HTTP_VERSION_NOT_SUPPORTED},
	    {"GET / HTTP/1.1\r\nHost\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET / HTTP/1.1\r\n: a\r\n\r\n", HTTP_BAD_REQUEST},
	    {"GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", HTTP_BAD_REQUEST},
	};
	HttpRequest request;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(http_request_parse(cases[i].head, strlen(cases[i].head), &request),
		    ==, cases[i].status);
}

static void
test_limits(void)
{
	HttpRequest request;

	for (unsigned count = HTTP_FIELDS_MAX; count <= HTTP_FIELDS_MAX + 1; count++) {
		g_autoptr(GString) head = g_string_new("GET / HTTP/1.1\r\n");

		for (unsigned i = 0; i < count; i++)
			g_string_append_printf(head, "F%u: x\r\n", i);
		g_string_append(head, "\r\n");
		g_assert_cmpint(http_request_parse(head->str, head->len, &request), ==,
		    count > HTTP_FIELDS_MAX ? HTTP_FIELDS_TOO_LARGE : HTTP_OK);
	}
	for (unsigned more = 0; more < 2; more++) {
		g_autoptr(GString) head = g_string_new("GET / HTTP/1.1\r\nF: ");

		while (head->len < HTTP_HEAD_MAX - 4 + more)
			g_string_append_c(head, 'x');
		g_string_append(head, "\r\n\r\n");
		g_assert_cmpint(http_request_parse(head->str, head->len, &request), ==,
		    more ? HTTP_FIELDS_TOO_LARGE : HTTP_OK);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/http-request/head-length", test_head_length);
	g_test_add_func("/http-request/parse", test_parse);
	g_test_add_func("/http-request/refused", test_refused);
	g_test_add_func("/http-request/limits", test_limits);
	return g_test_run();
}

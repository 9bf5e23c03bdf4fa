/* SPDX-License-Identifier: MIT */
#include "net/forwarded.h"

#include <string.h>

static const NetRange trusted[] = {{4, 8, {10}}, {6, 32, {0x20, 0x01, 0x0D, 0xB8}}};

static void
test_ranges(void)
{
	static const struct {
		const char *address;
		bool held;
	} cases[] = {{"10.1.2.3", true}, {"11.1.2.3", false}, {"2001:db8::7", true},
	    {"2001:db9::7", false}, {"", false}, {"name", false}};
	const NetRange odd[] = {{4, 30, {192, 0, 2, 4}}, {4, 0, {0}}};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_true(net_ranges_hold(trusted, 2, cases[i].address) == cases[i].held);
	g_assert_true(net_ranges_hold(odd, 1, "192.0.2.7"));
	g_assert_false(net_ranges_hold(odd, 1, "192.0.2.8"));
	g_assert_true(net_ranges_hold(odd, 2, "192.0.2.8"));
	g_assert_false(net_ranges_hold(odd, 2, "::1"));
	g_assert_true(net_is_loopback("127.9.9.9"));
	g_assert_true(net_is_loopback("::1"));
	g_assert_false(net_is_loopback("::2"));
}

static const struct {
	ForwardedHeader header;
	const char *fields;
	bool good;
	const char *address;
	unsigned port;
	bool tls;
} cases[] = {
    {FORWARDED_X, "", true, "", 0, false},
    {FORWARDED_RFC_7239, "", true, "", 0, false},
    {FORWARDED_X, "X-Forwarded-For: 192.0.2.1\r\n", true, "192.0.2.1", 0, false},
    {FORWARDED_X, "X-Forwarded-For: 192.0.2.1:80\r\nX-Forwarded-Proto: https\r\n", true,
	"192.0.2.1", 80, true},
    {FORWARDED_X, "X-Forwarded-For: ::ffff:192.0.2.1\r\n", true, "192.0.2.1", 0, false},
    {FORWARDED_X, "X-Forwarded-For: 203.0.113.9, 192.0.2.1, 10.0.0.7\r\n", true, "192.0.2.1", 0,
	false},
    {FORWARDED_X, "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-For: 192.0.2.1, 10.0.0.7\r\n", true,
	"192.0.2.1", 0, false},
    {FORWARDED_X, "X-Forwarded-For: 10.0.0.1, 10.0.0.2\r\n", true, "10.0.0.1", 0, false},
    {FORWARDED_X, "X-Forwarded-For: made up, 192.0.2.1\r\n", true, "192.0.2.1", 0, false},
    {FORWARDED_X, "X-Forwarded-For: 192.0.2.1, unknown\r\n", false, "", 0, false},
    {FORWARDED_X, "X-Forwarded-For: 192.0.2.1:99999\r\n", false, "", 0, false},
    {FORWARDED_X, "X-Forwarded-Proto: https\r\n", true, "", 0, false},
    {FORWARDED_RFC_7239, "Forwarded: for=192.0.2.1;proto=https;by=10.0.0.1\r\n", true, "192.0.2.1",
	0, true},
    {FORWARDED_RFC_7239, "Forwarded: proto=http; For=\"[2001:db9::1]:4711\"\r\n", true,
	"2001:db9::1", 4711, false},
    {FORWARDED_RFC_7239,
	"Forwarded: for=203.0.113.9;proto=https, for=192.0.2.1, "
	"for=10.0.0.7;proto=https\r\n",
	true, "192.0.2.1", 0, false},
    {FORWARDED_RFC_7239, "Forwarded: for=192.0.2.1\r\nX-Forwarded-For: 203.0.113.9\r\n", true,
	"192.0.2.1", 0, false},
    /* The other header is the client's own. */
    {FORWARDED_X, "Forwarded: for=192.0.2.1;proto=https\r\nX-Forwarded-For: 203.0.113.9\r\n", true,
	"203.0.113.9", 0, false},
    {FORWARDED_X, "Forwarded: for=192.0.2.1;proto=https\r\n", true, "", 0, false},
    {FORWARDED_RFC_7239, "X-Forwarded-For: 203.0.113.9\r\n", true, "", 0, false},
    {FORWARDED_RFC_7239, "Forwarded: for=_hidden\r\n", false, "", 0, false},
    {FORWARDED_RFC_7239, "Forwarded: by=10.0.0.1\r\n", false, "", 0, false},
    {FORWARDED_RFC_7239, "Forwarded: for=\"[2001:db9::1\"\r\n", false, "", 0, false},
};

static void
test_fields(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *head =
		    g_strconcat("GET / HTTP/1.1\r\n", cases[i].fields, "\r\n", NULL);
		ForwardedClient client;
		HttpRequest request;

		g_assert_cmpint(http_request_parse(head, strlen(head), &request), ==, HTTP_OK);
		g_assert_true(forwarded_client(&request, cases[i].header, trusted, 2, &client) ==
			      cases[i].good);
		if (!cases[i].good)
			continue;
		g_assert_cmpstr(client.address, ==, cases[i].address);
		g_assert_cmpuint(client.port, ==, cases[i].port);
		g_assert_true(client.tls == cases[i].tls);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/forwarded/ranges", test_ranges);
	g_test_add_func("/forwarded/fields", test_fields);
	return g_test_run();
}

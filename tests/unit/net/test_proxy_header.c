/* SPDX-License-Identifier: MIT */
#include "net/proxy_header.h"

#include <string.h>

#define SIGNATURE "\r\n\r\n\0\r\nQUIT\n"
#define V4                                                                                         \
	"\xC0\0\x02\x01\xC6\x33\x64\x02\x10\x92\x1A\x0B" /* 192.0.2.1:4242 to 198.51.100.2:6667 */
#define V6                                                                                         \
	"\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x01\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\x02"     \
	"\x10\x92\x1A\x0B"

typedef struct Case {
	const char *bytes;
	size_t length;
	ProxyResult result;
	const char *address; /* NULL: not known */
	bool tls;
	const char *host; /* NULL: "" */
} Case;

#define CASE(text, result, ...)                                                                    \
	{                                                                                          \
		text, sizeof text - 1, result, __VA_ARGS__                                         \
	}

static const Case cases[] = {
    CASE("PROXY TCP4 192.0.2.1 198.51.100.2 4242 6667\r\n", PROXY_DONE, "192.0.2.1", false),
    CASE("PROXY TCP6 2001:db8::1 2001:db8::2 4242 6667\r\n", PROXY_DONE, "2001:db8::1", false),
    CASE("PROXY TCP6 ::ffff:192.0.2.1 ::1 4242 6667\r\n", PROXY_DONE, "192.0.2.1", false),
    CASE("PROXY UNKNOWN\r\n", PROXY_DONE, NULL, false),
    CASE("PROXY UNKNOWN whatever it says\r\n", PROXY_DONE, NULL, false),
    CASE("PROXY TCP4 192.0.2.1 198.51.100.2 4242\r\n", PROXY_BAD, NULL, false),
    CASE("PROXY TCP4 192.0.2.1 198.51.100.2 4242 6667 \r\n", PROXY_BAD, NULL, false),
    CASE("PROXY TCP4 192.0.2.1 198.51.100.2 4242 65536\r\n", PROXY_BAD, NULL, false),
    CASE("PROXY TCP4 2001:db8::1 2001:db8::2 4242 6667\r\n", PROXY_BAD, NULL, false),
    CASE("PROXY TCP6 192.0.2.1 198.51.100.2 4242 6667\r\n", PROXY_BAD, NULL, false),
    CASE("PROXY UDP4 192.0.2.1 198.51.100.2 4242 6667\r\n", PROXY_BAD, NULL, false),
    CASE("PROXY TCP4 192.0.2.1 198.51.100.2 4242 6667\n", PROXY_BAD, NULL, false),
    CASE("PROXY TCP4 192.0.2.1\0 198.51.100.2 4242 6667\r\n", PROXY_BAD, NULL, false),
    CASE("NICK anna\r\nUSER anna 0 * :anna\r\n", PROXY_BAD, NULL, false),
    CASE(SIGNATURE "\x21\x11\0\x0C" V4, PROXY_DONE, "192.0.2.1", false),
    CASE(SIGNATURE "\x21\x21\0\x24" V6, PROXY_DONE, "2001:db8::1", false),
    CASE(SIGNATURE "\x20\0\0\0", PROXY_DONE, NULL, false),
    CASE(SIGNATURE "\x20\x11\0\x0C" V4, PROXY_DONE, NULL, false),
    CASE(SIGNATURE "\x21\x31\0\x02"
		   "ab",
	PROXY_DONE, NULL, false),
    /* TLVs: something (ALPN), then SSL with and without PP2_CLIENT_SSL. */
    CASE(SIGNATURE "\x21\x11\0\x19" V4 "\x01\0\x02h2\x20\0\x05\x01\0\0\0\0", PROXY_DONE,
	"192.0.2.1", true),
    CASE(SIGNATURE "\x21\x11\0\x14" V4 "\x20\0\x05\0\0\0\0\0", PROXY_DONE, "192.0.2.1", false),
    /* The name that was asked for; one that is too long is none. */
    CASE(SIGNATURE "\x21\x11\0\x14" V4 "\x02\0\x05"
		   "Chat1",
	PROXY_DONE, "192.0.2.1", false, "chat1"),
    CASE(SIGNATURE "\x21\x11\0\x0F" V4 "\x02\0\0", PROXY_DONE, "192.0.2.1", false, ""),
    CASE(SIGNATURE "\x21\0\0\0", PROXY_DONE, NULL, false),
    CASE(SIGNATURE "\x21\x11\0\x0F" V4 "\x20\0\x05", PROXY_BAD, NULL, false),
    CASE(SIGNATURE "\x21\x11\0\x0E" V4 "\x20\0", PROXY_BAD, NULL, false),
    CASE(SIGNATURE "\x21\x11\0\x0B" V4, PROXY_BAD, NULL, false),
    CASE(SIGNATURE "\x11\x11\0\x0C" V4, PROXY_BAD, NULL, false),
    CASE(SIGNATURE "\x22\x11\0\x0C" V4, PROXY_BAD, NULL, false),
    CASE(SIGNATURE "\x21\x11\xFF\xFF", PROXY_BAD, NULL, false),
};

/* Offers the bytes as a socket would, `piece` at a time with more behind them. Returns what came of
 * it; *ret_taken is what was taken. */
static ProxyResult
read_header(const Case *row, size_t piece, ProxyHeader *header, size_t *ret_taken)
{
	static const char behind[] = "\x16\x03\x01NICK\r\n";
	g_autoptr(GString) offered = g_string_new_len(row->bytes, (gssize)row->length);
	g_autoptr(GString) taken = g_string_new(NULL);
	ProxyResult result = PROXY_MORE;

	g_string_append_len(offered, behind, sizeof behind - 1);
	while (result == PROXY_MORE && taken->len < offered->len) {
		const char *next = offered->str + taken->len;
		size_t there = MIN(piece, offered->len - taken->len);
		size_t share = proxy_header_share(taken, next, there);

		g_assert_cmpuint(share, >, 0);
		g_assert_cmpuint(share, <=, there);
		g_string_append_len(taken, next, (gssize)share);
		result = proxy_header_parse(taken, header);
	}
	*ret_taken = taken->len;
	return result;
}

static void
test_cases(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		for (size_t piece = 1; piece < 100; piece += 1 + piece / 3) {
			ProxyHeader header;
			size_t taken;

			g_assert_cmpint(
			    read_header(&cases[i], piece, &header, &taken), ==, cases[i].result);
			if (cases[i].result != PROXY_DONE)
				continue;
			g_assert_cmpuint(taken, ==, cases[i].length);
			g_assert_true(header.known == (cases[i].address != NULL));
			g_assert_true(header.tls == cases[i].tls);
			if (!header.known)
				continue;
			g_assert_cmpstr(header.address, ==, cases[i].address);
			g_assert_cmpstr(header.host, ==, cases[i].host ? cases[i].host : "");
			g_assert_cmpuint(header.peer_port, ==, 4242);
			g_assert_cmpuint(header.local_port, ==, 6667);
		}
	}
}

static void
test_endless(void)
{
	g_autoptr(GString) text = g_string_new("PROXY ");
	ProxyHeader header;

	while (text->len < 107) {
		g_assert_cmpint(proxy_header_parse(text, &header), ==, PROXY_MORE);
		g_string_append_c(text, 'x');
	}
	g_assert_cmpint(proxy_header_parse(text, &header), ==, PROXY_BAD);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/proxy-header/cases", test_cases);
	g_test_add_func("/proxy-header/endless", test_endless);
	return g_test_run();
}

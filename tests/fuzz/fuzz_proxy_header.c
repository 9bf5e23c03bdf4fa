/* SPDX-License-Identifier: MIT */
/* The first byte is the size of the pieces. What is taken ends with the header, however it comes.
 */
#include "net/proxy_header.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ProxyResult
read_header(const char *data, size_t size, size_t piece, GString *taken, ProxyHeader *header)
{
	ProxyResult result = PROXY_MORE;

	while (result == PROXY_MORE && taken->len < size) {
		size_t there = MIN(piece, size - taken->len);
		size_t share = proxy_header_share(taken, data + taken->len, there);

		g_assert_true(share > 0 && share <= there);
		g_string_append_len(taken, data + taken->len, (gssize)share);
		result = proxy_header_parse(taken, header);
		if (result == PROXY_MORE)
			g_assert_cmpuint(taken->len, <, PROXY_HEADER_MAX);
	}
	return result;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GString) whole = g_string_new(NULL);
	g_autoptr(GString) pieces = g_string_new(NULL);
	ProxyHeader first = {0}, second = {0};
	ProxyResult result;

	if (size < 2)
		return 0;
	result = read_header((const char *)data + 1, size - 1, PROXY_HEADER_MAX, whole, &first);
	g_assert_cmpint(
	    read_header((const char *)data + 1, size - 1, 1 + data[0] % 16u, pieces, &second), ==,
	    result);
	if (result != PROXY_DONE)
		return 0;
	g_assert_cmpmem(whole->str, whole->len, pieces->str, pieces->len);
	g_assert_cmpstr(first.address, ==, second.address);
	g_assert_true(first.known == (*first.address != '\0'));
	return 0;
}

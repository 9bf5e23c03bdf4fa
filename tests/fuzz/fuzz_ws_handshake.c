/* SPDX-License-Identifier: MIT */
/* Whatever the head is, there is one answer, and it is well-formed HTTP. */
#include "net/ws_handshake.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *const origins[] = {(char *)"https://*.example", NULL};
	size_t length = http_head_length((const char *)data, size);
	WsHandshake handshake;

	g_assert_cmpuint(length, <=, size);
	ws_handshake((const char *)data, length, origins, &handshake);
	g_assert_nonnull(handshake.answer);
	g_assert_true(g_str_has_prefix(
	    handshake.answer->str, handshake.status == HTTP_OK ? "HTTP/1.1 101 " : "HTTP/1.1 "));
	g_assert_true(
	    (strstr(handshake.answer->str, " 101 ") != NULL) == (handshake.status == HTTP_OK));
	g_assert_nonnull(strstr(handshake.answer->str, "\r\n\r\n"));
	g_string_free(handshake.answer, TRUE);
	return 0;
}

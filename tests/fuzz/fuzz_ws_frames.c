/* SPDX-License-Identifier: MIT */
/* The first byte chooses the limit, the second the size of the pieces; whole and in pieces must
 * give the same lines and the same answers. */
#include "net/io_sink.h"
#include "net/websocket.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
append_said(WebSocket *socket, GString *seen)
{
	char buffer[512];
	Sendq queue;
	const char *bytes;
	size_t length;
	unsigned lines;

	sendq_init(&queue, 1);
	while ((bytes = websocket_peek(socket, &queue, buffer, sizeof buffer, &length, &lines))) {
		g_string_append_len(seen, bytes, (gssize)length);
		websocket_wrote(socket, length);
	}
	g_assert_true(websocket_is_written(socket));
}

static GString *
read_frames(const uint8_t *data, size_t size, size_t piece, uint32_t line_max)
{
	g_autoptr(WebSocket) socket = websocket_new(WS_LIKE_FIRST, line_max);
	GString *seen = g_string_new(NULL);
	FramerResult result = FRAMER_MORE;

	for (size_t at = 0; at < size && result == FRAMER_MORE; at += piece) {
		size_t part = MIN(piece, size - at);
		g_autofree char *copy = g_memdup2(data + at, part);
		FramerInput input = {copy, part};
		FramerLine line;

		while ((result = websocket_next(socket, &input, &line)) == FRAMER_LINE) {
			g_assert_cmpuint(line.length, >, 0);
			g_assert_cmpuint(line.length, <=, line_max);
			g_assert_cmpint(line.text[line.length], ==, '\0');
			g_assert_null(memchr(line.text, '\n', line.length));
			g_string_append_len(seen, line.text, (gssize)line.length);
			g_string_append_c(seen, (char)('0' + line.flags));
		}
	}
	g_string_append_c(seen, (char)('a' + result));
	append_said(socket, seen);
	return seen;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t line_max;
	GString *whole, *pieces;

	if (size < 3)
		return 0;
	line_max = 1 + data[0] % 200u;
	whole = read_frames(data + 2, size - 2, size, line_max);
	pieces = read_frames(data + 2, size - 2, 1 + data[1] % 16u, line_max);
	g_assert_cmpmem(whole->str, whole->len, pieces->str, pieces->len);
	g_string_free(whole, TRUE);
	g_string_free(pieces, TRUE);
	return 0;
}

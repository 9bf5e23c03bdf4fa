/* SPDX-License-Identifier: MIT */
/* The first byte chooses the limit, the second the size of the pieces; whole and in pieces must
 * give the same lines and, unless the connection is over, the same answers. */
#include "net/io_sink.h"
#include "net/websocket.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
append_said(WebSocket *socket, GString *said)
{
	char buffer[512];
	Sendq queue;
	const char *bytes;
	size_t length;
	unsigned lines;

	sendq_init(&queue, 1);
	while ((bytes = websocket_peek(socket, &queue, buffer, sizeof buffer, &length, &lines))) {
		g_string_append_len(said, bytes, (gssize)length);
		websocket_wrote(socket, length);
	}
	g_assert_true(websocket_is_written(socket));
}

typedef struct Seen {
	GString *lines;
	GString *said;
	bool over;
} Seen;

static Seen
read_frames(const uint8_t *data, size_t size, size_t piece, uint32_t line_max)
{
	g_autoptr(WebSocket) socket = websocket_new(WS_LIKE_FIRST, line_max);
	Seen seen = {g_string_new(NULL), g_string_new(NULL), false};
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
			g_string_append_len(seen.lines, line.text, (gssize)line.length);
			g_string_append_c(seen.lines, (char)('0' + line.flags));
		}
	}
	seen.over = result != FRAMER_MORE;
	append_said(socket, seen.said);
	return seen;
}

static void
seen_free(Seen *seen)
{
	g_string_free(seen->lines, TRUE);
	g_string_free(seen->said, TRUE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint32_t line_max;
	Seen whole, pieces;

	if (size < 3)
		return 0;
	line_max = 1 + data[0] % 200u;
	whole = read_frames(data + 2, size - 2, size, line_max);
	pieces = read_frames(data + 2, size - 2, 1 + data[1] % 16u, line_max);
	g_assert_cmpmem(whole.lines->str, whole.lines->len, pieces.lines->str, pieces.lines->len);
	if (!whole.over && !pieces.over)
		g_assert_cmpmem(
		    whole.said->str, whole.said->len, pieces.said->str, pieces.said->len);
	seen_free(&whole);
	seen_free(&pieces);
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "net/websocket.h"

#include "net/io_sink.h"

#include <string.h>

#define LINE_MAX_BYTES 300u
#define MASK "\x01\x02\x03\x04"

/* A client's frame; `first` holds FIN and the opcode. */
static void
add_frame(GByteArray *stream, unsigned first, const char *payload, size_t length)
{
	guint8 head[4] = {(guint8)first, (guint8)(0x80u | MIN(length, 126)), (guint8)(length >> 8),
	    (guint8)length};

	g_byte_array_append(stream, head, length < 126 ? 2 : 4);
	g_byte_array_append(stream, (const guint8 *)MASK, 4);
	for (size_t i = 0; i < length; i++) {
		guint8 byte = (guint8)(payload[i] ^ MASK[i % 4]);

		g_byte_array_append(stream, &byte, 1);
	}
}

static void
add_text(GByteArray *stream, const char *text)
{
	add_frame(stream, 0x81, text, strlen(text));
}

/* Feeds the stream in pieces: "[line]" for each line, '!' broken, '#' too long, '.' ended. What it
 * has to say goes to `said`, without the queue. */
static char *
feed(WebSocket *socket, const GByteArray *stream, size_t piece, GByteArray *said)
{
	GString *seen = g_string_new(NULL);
	FramerResult result = FRAMER_MORE;
	char buffer[4096];
	Sendq queue;
	size_t length;
	unsigned lines;
	const char *bytes;

	for (size_t at = 0; at < stream->len && result == FRAMER_MORE; at += piece) {
		size_t part = MIN(piece, stream->len - at);
		g_autofree char *copy = g_memdup2(stream->data + at, part);
		FramerInput input = {copy, part};
		FramerLine line;

		while ((result = websocket_next(socket, &input, &line)) == FRAMER_LINE) {
			g_assert_cmpint(line.text[line.length], ==, '\0');
			g_string_append_printf(seen, "[%.*s%s]", (int)line.length, line.text,
			    line.flags & INPUT_HAS_NUL ? "@" : "");
		}
		if (result == FRAMER_MORE)
			g_assert_cmpuint(input.length, ==, 0);
	}
	if (result != FRAMER_MORE)
		g_string_append_c(seen, result == FRAMER_ENDED ? '.' : "?#!"[result - 1]);
	sendq_init(&queue, 1);
	while ((bytes = websocket_peek(socket, &queue, buffer, sizeof buffer, &length, &lines))) {
		g_byte_array_append(said, (const guint8 *)bytes, (guint)length);
		websocket_wrote(socket, length);
	}
	g_assert_true(websocket_is_written(socket));
	return g_string_free(seen, FALSE);
}

/* The same whatever the pieces are. */
static void
assert_fed(const GByteArray *stream, const char *expected, const char *said, size_t said_length)
{
	for (size_t piece = 1; piece <= stream->len; piece += piece < 20 ? 1 : 97) {
		g_autoptr(WebSocket) socket = websocket_new(WS_TEXT, LINE_MAX_BYTES);
		g_autoptr(GByteArray) bytes = g_byte_array_new();
		g_autofree char *seen = feed(socket, stream, piece, bytes);

		g_assert_cmpstr(seen, ==, expected);
		g_assert_cmpmem(bytes->data, bytes->len, said, said_length);
	}
}

static void
test_lines(void)
{
	g_autoptr(GByteArray) stream = g_byte_array_new();
	g_autofree char *longest = g_strnfill(LINE_MAX_BYTES, 'x');
	g_autofree char *expected =
	    g_strdup_printf("[NICK a][two][three][%s][caf\xC3\xA9]", longest);

	add_text(stream, "NICK a");
	add_text(stream, "two\r\n");
	add_text(stream, "");
	add_text(stream, "\r\n");
	add_frame(stream, 0x82, "three\n", 6);
	add_text(stream, longest);
	add_text(stream, "caf\xC3\xA9");
	assert_fed(stream, expected, "", 0);
}

static void
test_fragments_and_pings(void)
{
	g_autoptr(GByteArray) stream = g_byte_array_new();

	add_frame(stream, 0x01, "NI", 2);
	add_frame(stream, 0x89, "ping", 4);
	add_frame(stream, 0x00, "CK", 2);
	add_frame(stream, 0x8A, "unasked", 7);
	add_frame(stream, 0x80, " a", 2);
	add_frame(stream, 0x89, "", 0);
	assert_fed(stream, "[NICK a]", "\x8A\x04ping\x8A\x00", 8);
}

static void
test_closes(void)
{
	g_autoptr(GByteArray) stream = g_byte_array_new();

	add_text(stream, "bye");
	add_frame(stream, 0x88, "\x03\xE8gone", 6);
	add_text(stream, "ghost");
	assert_fed(stream, "[bye].", "\x88\x06\x03\xE8gone", 8);
	g_byte_array_set_size(stream, 0);
	add_frame(stream, 0x88, "", 0);
	assert_fed(stream, ".", "\x88\x00", 2);
}

static void
test_rules(void)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *seen;
		unsigned code;
	} cases[] = {
#define CASE(text, seen, code) {text, sizeof text - 1, seen, code}
	    CASE("\x81\x02hi", "!", 1002),                         /* no mask */
	    CASE("\xC1\x82\0\0\0\0hi", "!", 1002),                 /* RSV1 */
	    CASE("\x83\x82\0\0\0\0hi", "!", 1002),                 /* unknown opcode */
	    CASE("\x80\x82\0\0\0\0hi", "!", 1002),                 /* continues nothing */
	    CASE("\x01\x81\0\0\0\0h\x81\x81\0\0\0\0i", "!", 1002), /* another begins meanwhile */
	    CASE("\x09\x80\0\0\0\0", "!", 1002),                   /* a ping in fragments */
	    CASE("\x89\xFE\0\x7E\0\0\0\0", "!", 1002),             /* a ping over 125 bytes */
	    CASE("\x81\xFE\0\x02\0\0\0\0hi", "!", 1002),           /* a length in too many bytes */
	    CASE("\x81\x81\0\0\0\0\xFF", "!", 1007),               /* no UTF-8 */
	    CASE("\x81\x81\0\0\0\0\xC3", "!", 1007),               /* half a character */
	    CASE("\x81\x85\0\0\0\0a\r\nb\n", "!", 1008),           /* two lines */
	    CASE("\x82\xFE\x01\x2F\0\0\0\0x", "#", 1009),          /* line_max + 3 */
	    CASE("\x82\xFF\0\0\0\1\0\0\0\0\0\0\0\0x", "#", 1009),
	    CASE("\x88\x81\0\0\0\0\x03", "!", 1002),         /* half a code */
	    CASE("\x88\x82\0\0\0\0\x03\xE7", "!", 1002),     /* 999 */
	    CASE("\x88\x82\0\0\0\0\x03\xEC", "!", 1002),     /* 1004, reserved */
	    CASE("\x88\x82\0\0\0\0\x03\xED", "!", 1002),     /* 1005, never sent */
	    CASE("\x88\x82\0\0\0\0\x03\xEE", "!", 1002),     /* 1006, never sent */
	    CASE("\x88\x82\0\0\0\0\x03\xF7", "!", 1002),     /* 1015, never sent */
	    CASE("\x88\x82\0\0\0\0\x07\xD0", "!", 1002),     /* 2000, reserved */
	    CASE("\x88\x82\0\0\0\0\x13\x88", "!", 1002),     /* 5000 */
	    CASE("\x88\x83\0\0\0\0\x03\xE8\xFF", "!", 1007), /* a reason that is no UTF-8 */
	    CASE("\x88\x83\0\0\0\0\x03\xE8\xC3", "!", 1007), /* half a character */
#undef CASE
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GByteArray) stream = g_byte_array_new();
		char said[] = {(char)0x88, 2, (char)(cases[i].code >> 8), (char)cases[i].code};

		g_byte_array_append(stream, (const guint8 *)cases[i].bytes, (guint)cases[i].length);
		assert_fed(stream, cases[i].seen, said, sizeof said);
	}
}

static void
test_nul_and_bytes(void)
{
	g_autoptr(GByteArray) stream = g_byte_array_new();

	add_frame(stream, 0x82, "a\0b", 3);
	add_frame(stream, 0x82, "caf\xE9", 4);
	assert_fed(stream, "[a@][caf\xE9]", "", 0);
}

/* Pings without end from one who does not read. */
static void
test_owed_is_bounded(void)
{
	g_autoptr(WebSocket) socket = websocket_new(WS_TEXT, LINE_MAX_BYTES);
	g_autoptr(GByteArray) stream = g_byte_array_new();
	FramerResult result = FRAMER_MORE;
	FramerLine line;
	unsigned pings = 0;

	add_frame(stream, 0x89, "0123456789", 10);
	for (; result == FRAMER_MORE && pings < 1000; pings++) {
		g_autofree char *copy = g_memdup2(stream->data, stream->len);
		FramerInput input = {copy, stream->len};

		result = websocket_next(socket, &input, &line);
	}
	g_assert_cmpint(result, ==, FRAMER_BROKEN);
	g_assert_cmpuint(pings, <, 400);
}

static void
push(Sendq *queue, const char *text)
{
	g_assert_true(sendq_push(queue, line_new(text, strlen(text))));
}

/* Everything in the queue, written `most` bytes at a time. */
static GByteArray *
written(WebSocket *socket, Sendq *queue, size_t room, size_t most, unsigned *ret_lines)
{
	GByteArray *out = g_byte_array_new();
	g_autofree char *buffer = g_malloc(room);
	const char *bytes;
	size_t length;
	unsigned lines;

	*ret_lines = 0;
	while ((bytes = websocket_peek(socket, queue, buffer, room, &length, &lines))) {
		size_t part = MIN(length, most);

		*ret_lines += lines;
		g_byte_array_append(out, (const guint8 *)bytes, (guint)part);
		websocket_wrote(socket, part);
		memset(buffer, '?', room); /* others use it meanwhile */
	}
	g_assert_true(sendq_is_empty(queue) && websocket_is_written(socket));
	return out;
}

static void
test_output(void)
{
	static const char expected[] = "HTTP\x81\x03one\x81\x03two\x81\x01"
				       "x\x81\x06"
				       "caf\xEF\xBF\xBD\x81\x7E\x00\xC8";
	g_autofree char *filling = g_strnfill(200, 'y');

	for (size_t most = 1; most < 300; most += 1 + most / 7) {
		g_autoptr(WebSocket) socket = websocket_new(WS_TEXT, LINE_MAX_BYTES);
		g_autoptr(GByteArray) out = NULL;
		g_auto(Sendq) queue;
		unsigned lines;

		sendq_init(&queue, 10000);
		websocket_say(socket, g_string_new("HTTP"));
		push(&queue, "one\r\ntwo\r\n");
		push(&queue, "x\n");
		push(&queue, "caf\xE9\r\n");
		push(&queue, filling);
		websocket_close(socket, WS_CLOSE_GOING_AWAY);
		websocket_close(socket, WS_CLOSE_NORMAL);
		out = written(socket, &queue, 210, most, &lines);
		g_assert_cmpuint(lines, ==, 5);
		g_assert_cmpuint(out->len, ==, sizeof expected - 1 + 200 + 4);
		g_assert_cmpmem(out->data, sizeof expected - 1, expected, sizeof expected - 1);
		g_assert_cmpmem(out->data + out->len - 4, 4, "\x88\x02\x03\xE9", 4);
	}
}

static void
test_kinds_of_messages(void)
{
	for (unsigned binary = 0; binary < 2; binary++) {
		g_autoptr(WebSocket) socket = websocket_new(WS_LIKE_FIRST, LINE_MAX_BYTES);
		g_autoptr(GByteArray) stream = g_byte_array_new();
		g_autoptr(GByteArray) said = g_byte_array_new();
		g_autoptr(GByteArray) out = NULL;
		g_autofree char *seen = NULL;
		g_auto(Sendq) queue;
		unsigned lines;

		add_frame(stream, binary ? 0x82 : 0x81, "hi", 2);
		seen = feed(socket, stream, stream->len, said);
		sendq_init(&queue, 10000);
		push(&queue, "\xFF\r\n");
		out = written(socket, &queue, 100, 100, &lines);
		if (binary)
			g_assert_cmpmem(out->data, out->len, "\x82\x01\xFF", 3);
		else
			g_assert_cmpmem(out->data, out->len, "\x81\x03\xEF\xBF\xBD", 5);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/websocket/lines", test_lines);
	g_test_add_func("/websocket/fragments-and-pings", test_fragments_and_pings);
	g_test_add_func("/websocket/closes", test_closes);
	g_test_add_func("/websocket/rules", test_rules);
	g_test_add_func("/websocket/nul-and-bytes", test_nul_and_bytes);
	g_test_add_func("/websocket/owed-is-bounded", test_owed_is_bounded);
	g_test_add_func("/websocket/output", test_output);
	g_test_add_func("/websocket/kinds-of-messages", test_kinds_of_messages);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* The way in is wslay's (frames, fragments, masks, UTF-8, closes); the way out needs a head of two
 * or four bytes and no more. */
#include "net/websocket.h"

#include "net/io_sink.h"
#include "net/ws_text.h"

#include <string.h>
#include <wslay/wslay.h>

#define HEAD_LEAST 2u
#define HEAD_MAX 4u        /* of a frame sent: 126 and two bytes of length */
#define PAYLOAD_MAX 65535u /* of a frame sent */
#define LINE_END 2u        /* of a message that has one, though it should not */
#define OWED_MAX 4096u     /* pongs and closes that wait to be written */

struct WebSocket {
	wslay_event_context_ptr context;
	WsMessages messages;
	uint32_t line_max;
	/* The frame that is being read, as far as is needed to know where it ends. */
	unsigned char head[2];
	unsigned head_got;
	unsigned head_left;
	uint64_t payload_left;
	FramerInput *input; /* during websocket_next() */
	bool full;          /* a message was found: nothing more is read before it is returned */
	bool too_much;      /* the peer pings and does not read */
	bool too_big;       /* a frame says it is longer than any line may be */
	uint16_t
	    bad_close;   /* a close frame breaks a rule: what it is answered with; 0: none does */
	bool many_lines; /* a message held a line end */
	char *line;      /* of the message found, line_length + 1 bytes */
	size_t line_length;
	GByteArray *owed; /* bytes of wslay and the handshake, whole frames */
	GByteArray *rest; /* what was peeked and not written */
	const char *peeked;
	size_t peeked_length;
	uint16_t close_code;
	bool closing; /* a close frame follows the queue's last line */
	bool closed;  /* it is among what was peeked or owed */
};

/* How much of the input belongs to the part of the frame that is being read. */
static size_t
part_length(const WebSocket *socket)
{
	if (socket->head_got < HEAD_LEAST)
		return HEAD_LEAST - socket->head_got;
	return socket->head_left > 0 ? socket->head_left
				     : (size_t)MIN(socket->payload_left, SIZE_MAX);
}

/* The second byte says how long the rest of the head is (RFC 6455 §5.2). */
static void
take_head(WebSocket *socket, const unsigned char *data, size_t length)
{
	unsigned payload;

	memcpy(socket->head + socket->head_got, data, length);
	socket->head_got += (unsigned)length;
	if (socket->head_got < HEAD_LEAST)
		return;
	payload = socket->head[1] & 0x7Fu;
	socket->payload_left = payload < 126 ? payload : 0;
	socket->head_left = (payload == 126      ? 2
				: payload == 127 ? 8
						 : 0) +
			    (socket->head[1] & 0x80u ? 4 : 0);
	/* RFC 6455 5.5.1: there is a code of two bytes or nothing. wslay takes one byte for
	 * nothing. */
	if ((socket->head[0] & 0x0Fu) == WSLAY_CONNECTION_CLOSE && payload == 1)
		socket->bad_close = WS_CLOSE_PROTOCOL_ERROR;
}

/* Length bytes come before the mask's four. */
static void
take_more_head(WebSocket *socket, const unsigned char *data, size_t length)
{
	unsigned mask = socket->head[1] & 0x80u ? 4 : 0;
	unsigned kind = socket->head[0] & 0x0Fu;

	for (size_t i = 0; i < length; i++, socket->head_left--)
		if (socket->head_left > mask)
			socket->payload_left = socket->payload_left << 8 | data[i];
	/* Nobody waits for what would be refused at its end; the top bit is wslay's to judge. */
	if (socket->head_left == 0 && !wslay_is_ctrl_frame(kind) &&
	    socket->payload_left > socket->line_max + LINE_END && socket->payload_left <= INT64_MAX)
		socket->too_big = true;
}

static void
end_frame(WebSocket *socket)
{
	if (socket->head_got == HEAD_LEAST && socket->head_left == 0 && socket->payload_left == 0)
		socket->head_got = 0;
}

static ssize_t
on_receive(wslay_event_context_ptr context, uint8_t *buffer, size_t size, int flags, void *data)
{
	WebSocket *socket = data;
	FramerInput *input = socket->input;
	size_t length = MIN(MIN(size, part_length(socket)), input->length);

	if (socket->full || length == 0) {
		wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
		return -1;
	}
	memcpy(buffer, input->data, length);
	input->data += length;
	input->length -= length;
	if (socket->head_got < HEAD_LEAST)
		take_head(socket, buffer, length);
	else if (socket->head_left > 0)
		take_more_head(socket, buffer, length);
	else
		socket->payload_left -= length;
	end_frame(socket);
	return (ssize_t)length;
}

static ssize_t
on_send(wslay_event_context_ptr context, const uint8_t *bytes, size_t length, int flags, void *data)
{
	WebSocket *socket = data;

	if (socket->owed->len + length > OWED_MAX) {
		socket->too_much = true;
		wslay_event_set_error(context, WSLAY_ERR_CALLBACK_FAILURE);
		return -1;
	}
	g_byte_array_append(socket->owed, bytes, (guint)length);
	return (ssize_t)length;
}

/* RFC 6455 7.4.1 and 7.4.2, and what was registered since; the others are never sent. */
static bool
may_be_sent(unsigned code)
{
	return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
	       (code >= 3000 && code <= 4999);
}

/* Two bytes of a code and a reason in UTF-8, or nothing at all. */
static void
judge_close(WebSocket *socket, const uint8_t *data, size_t length)
{
	if (length < 2)
		return;
	if (!may_be_sent((unsigned)data[0] << 8 | data[1]))
		socket->bad_close = WS_CLOSE_PROTOCOL_ERROR;
	else if (length > 2 && !g_utf8_validate_len((const char *)data + 2, length - 2, NULL))
		socket->bad_close = WS_CLOSE_BAD_DATA;
}

static void
on_message(
    wslay_event_context_ptr context, const struct wslay_event_on_msg_recv_arg *message, void *data)
{
	WebSocket *socket = data;
	size_t length = message->msg_length;

	if (message->opcode == WSLAY_CONNECTION_CLOSE)
		judge_close(socket, message->msg, length);
	if (wslay_is_ctrl_frame(message->opcode))
		return;
	if (socket->messages == WS_LIKE_FIRST)
		socket->messages = message->opcode == WSLAY_BINARY_FRAME ? WS_BINARY : WS_TEXT;
	/* A line end at the end is not meant to be there, and common. */
	if (length > 0 && message->msg[length - 1] == '\n')
		length--;
	if (length > 0 && message->msg[length - 1] == '\r')
		length--;
	if (length == 0)
		return;
	socket->many_lines = memchr(message->msg, '\n', length) != NULL;
	g_free(socket->line);
	socket->line = g_malloc(length + 1);
	memcpy(socket->line, message->msg, length);
	socket->line[length] = '\0';
	socket->line_length = length;
	socket->full = true;
}

WebSocket *
websocket_new(WsMessages messages, uint32_t line_max)
{
	static const struct wslay_event_callbacks callbacks = {
	    .recv_callback = on_receive,
	    .send_callback = on_send,
	    .on_msg_recv_callback = on_message,
	};
	WebSocket *socket = g_new0(WebSocket, 1);

	if (wslay_event_context_server_init(&socket->context, &callbacks, socket) != 0) {
		g_free(socket);
		return NULL;
	}
	socket->messages = messages;
	socket->line_max = line_max;
	socket->owed = g_byte_array_new();
	socket->rest = g_byte_array_new();
	wslay_event_config_set_max_recv_msg_length(socket->context, line_max + LINE_END);
	return socket;
}

void
websocket_free(WebSocket *socket)
{
	if (!socket)
		return;
	wslay_event_context_free(socket->context);
	g_byte_array_unref(socket->owed);
	g_byte_array_unref(socket->rest);
	g_free(socket->line);
	g_free(socket);
}

static FramerResult
give_line(WebSocket *socket, FramerLine *ret_line)
{
	unsigned flags = 0;

	socket->full = false;
	if (socket->many_lines) {
		websocket_close(socket, WS_CLOSE_POLICY);
		return FRAMER_BROKEN;
	}
	if (socket->line_length > socket->line_max) {
		flags |= INPUT_TOO_LONG;
		socket->line_length = socket->line_max;
		socket->line[socket->line_length] = '\0';
	}
	if (memchr(socket->line, '\0', socket->line_length))
		flags |= INPUT_HAS_NUL;
	*ret_line = (FramerLine){socket->line, socket->line_length, flags};
	return FRAMER_LINE;
}

/* What stops with a rule broken ends with our own close frame: wslay's may be without a code. */
static FramerResult
break_off(WebSocket *socket, guint owed_before)
{
	uint16_t code = wslay_event_get_status_code_sent(socket->context);
	bool has_code = wslay_event_get_close_sent(socket->context) && code != 0 &&
			code != WSLAY_CODE_NO_STATUS_RCVD;

	g_byte_array_set_size(socket->owed, owed_before);
	websocket_close(socket, socket->too_big     ? WS_CLOSE_TOO_BIG
				: socket->too_much  ? WS_CLOSE_POLICY
				: socket->bad_close ? (WsClose)socket->bad_close
				: has_code          ? (WsClose)code
						    : WS_CLOSE_PROTOCOL_ERROR);
	return socket->close_code == WS_CLOSE_TOO_BIG ? FRAMER_OVERFLOW : FRAMER_BROKEN;
}

/* Everything wslay has to say: pongs, and the answer to a close. */
static FramerResult
after_receive(WebSocket *socket, int result)
{
	guint owed_before = socket->owed->len;
	bool sent = wslay_event_send(socket->context) == 0;

	if (socket->too_big || socket->too_much || socket->bad_close || !sent)
		return break_off(socket, owed_before);
	if (wslay_event_get_close_received(socket->context)) {
		socket->closing = socket->closed = true;
		return FRAMER_ENDED;
	}
	if (result != 0 || !wslay_event_get_read_enabled(socket->context))
		return break_off(socket, owed_before);
	return FRAMER_MORE;
}

FramerResult
websocket_next(WebSocket *socket, FramerInput *input, FramerLine *ret_line)
{
	FramerResult result = FRAMER_MORE;

	g_clear_pointer(&socket->line, g_free);
	socket->input = input;
	while (result == FRAMER_MORE && input->length > 0 && !socket->full)
		result = after_receive(socket, wslay_event_recv(socket->context));
	socket->input = NULL;
	return socket->full ? give_line(socket, ret_line) : result;
}

void
websocket_say(WebSocket *socket, GString *text)
{
	g_byte_array_append(socket->owed, (const guint8 *)text->str, (guint)text->len);
	g_string_free(text, TRUE);
}

void
websocket_close(WebSocket *socket, WsClose code)
{
	if (socket->closing)
		return;
	socket->closing = true;
	socket->close_code = (uint16_t)code;
}

bool
websocket_is_written(const WebSocket *socket)
{
	return socket->rest->len == 0 && socket->owed->len == 0 && socket->peeked_length == 0 &&
	       socket->closing == socket->closed;
}

static size_t
put_head(char *buffer, unsigned opcode, size_t length)
{
	buffer[0] = (char)(0x80u | opcode);
	if (length < 126) {
		buffer[1] = (char)length;
		return HEAD_LEAST;
	}
	buffer[1] = 126;
	buffer[2] = (char)(length >> 8);
	buffer[3] = (char)(length & 0xFF);
	return HEAD_MAX;
}

/* The first line of what the queue's first entry still holds; *ret_used includes its line end. */
static const char *
first_line(const Sendq *queue, size_t *ret_length, size_t *ret_used)
{
	size_t length;
	const char *text = sendq_first(queue, &length);
	const char *end = memchr(text, '\n', length);

	*ret_used = end ? (size_t)(end - text) + 1 : length;
	*ret_length = end ? (size_t)(end - text) : length;
	if (*ret_length > 0 && text[*ret_length - 1] == '\r')
		--*ret_length;
	return text;
}

/* The queue's next line as one frame; 0 when it does not fit. */
static size_t
put_line(WebSocket *socket, Sendq *queue, char *buffer, size_t room, size_t *ret_used)
{
	bool text = socket->messages != WS_BINARY;
	size_t length, size;
	const char *line = first_line(queue, &length, ret_used);
	bool whole = !text || sendq_first_is_utf8(queue);

	/* A line that is no UTF-8 grows: at most three bytes come for one. */
	length = MIN(length, whole ? PAYLOAD_MAX : PAYLOAD_MAX / 3);
	size = whole ? length : ws_text_repaired_length(line, length);
	if (HEAD_MAX + size > room)
		return 0;
	buffer += put_head(buffer, text ? WSLAY_TEXT_FRAME : WSLAY_BINARY_FRAME, size);
	if (whole)
		memcpy(buffer, line, length);
	else
		ws_text_repair(line, length, buffer);
	return size + (size < 126 ? HEAD_LEAST : HEAD_MAX);
}

static size_t
put_close(WebSocket *socket, char *buffer)
{
	size_t head = put_head(buffer, WSLAY_CONNECTION_CLOSE, 2);

	buffer[head] = (char)(socket->close_code >> 8);
	buffer[head + 1] = (char)(socket->close_code & 0xFF);
	socket->closed = true;
	return head + 2;
}

/* What is owed comes first: it is whole frames, and lines are not late for it. But nothing follows
 * a close frame of wslay's. */
static size_t
fill(WebSocket *socket, Sendq *queue, char *buffer, size_t size, unsigned *lines)
{
	size_t length = MIN(socket->owed->len, size);
	bool last = socket->closed;

	if (length > 0) {
		memcpy(buffer, socket->owed->data, length);
		g_byte_array_remove_range(socket->owed, 0, (guint)length);
	}
	while (!last && !sendq_is_empty(queue)) {
		size_t used;
		size_t part = put_line(socket, queue, buffer + length, size - length, &used);

		if (part == 0)
			return length;
		length += part;
		sendq_consume(queue, used);
		++*lines;
	}
	if (socket->closing && !socket->closed && size - length >= HEAD_LEAST + 2)
		length += put_close(socket, buffer + length);
	return length;
}

const char *
websocket_peek(WebSocket *socket, Sendq *queue, char *buffer, size_t size, size_t *ret_length,
    unsigned *ret_lines)
{
	*ret_lines = 0;
	if (socket->rest->len > 0) {
		socket->peeked = (const char *)socket->rest->data;
		socket->peeked_length = socket->rest->len;
	} else {
		socket->peeked = buffer;
		socket->peeked_length = fill(socket, queue, buffer, size, ret_lines);
	}
	if (socket->closed && socket->owed->len == 0)
		sendq_clear(queue);
	*ret_length = socket->peeked_length;
	return socket->peeked_length > 0 ? socket->peeked : NULL;
}

void
websocket_wrote(WebSocket *socket, size_t length)
{
	if (socket->rest->len > 0)
		g_byte_array_remove_range(socket->rest, 0, (guint)length);
	else if (length < socket->peeked_length)
		g_byte_array_append(socket->rest, (const guint8 *)socket->peeked + length,
		    (guint)(socket->peeked_length - length));
	socket->peeked = NULL;
	socket->peeked_length = 0;
}

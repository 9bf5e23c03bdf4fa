/* SPDX-License-Identifier: MIT */
/*
 * WebSocket: the framer of a connection that speaks WebSocket (RFC 6455, IRCv3 "WebSocket
 * support"): one message is one line without its line end. In: as framer.h, asked for one line at a
 * time; pings are answered, closes too. Out: takes lines off the send queue and puts a frame's head
 * before each. Invariant: what it takes of the input ends where a frame's head or payload ends, so
 * that nothing is read ahead of a line; text messages it sends are valid UTF-8; what it owes the
 * peer besides lines is bounded. Thread: the connection's loop.
 */
#pragma once

#include "net/framer.h"
#include "net/sendq.h"
#include "net/ws_handshake.h"

typedef struct WebSocket WebSocket;

/* Close codes of RFC 6455 §7.4.1 that are used here. */
typedef enum WsClose {
	WS_CLOSE_NORMAL = 1000,
	WS_CLOSE_GOING_AWAY = 1001,
	WS_CLOSE_PROTOCOL_ERROR = 1002,
	WS_CLOSE_BAD_DATA = 1007,
	WS_CLOSE_POLICY = 1008,
	WS_CLOSE_TOO_BIG = 1009,
} WsClose;

/* NULL if there is no memory for it. `line_max`: longer messages end it with WS_CLOSE_TOO_BIG. */
WebSocket *websocket_new(WsMessages messages, uint32_t line_max);
/* NULL is allowed. */
void websocket_free(WebSocket *socket);
/* After FRAMER_ENDED, FRAMER_BROKEN and FRAMER_OVERFLOW, the answer to which is ready to be
 * written, no more input is wanted. */
FramerResult websocket_next(WebSocket *socket, FramerInput *input, FramerLine *ret_line);
/* Bytes that go out before all else: the answer to the handshake. Takes over the text. */
void websocket_say(WebSocket *socket, GString *text);
/* Nothing but a close frame is sent after what the queue holds now. */
void websocket_close(WebSocket *socket, WsClose code);
/* All that was taken from the queue, and all else, is written. */
bool websocket_is_written(const WebSocket *socket);
/* The next bytes to be written: of the queue as many lines as fit into `buffer`. NULL: nothing.
 * They are the same until websocket_wrote() says how many of them are gone; it is called each time.
 * *ret_lines: how many left the queue. */
const char *websocket_peek(WebSocket *socket, Sendq *queue, char *buffer, size_t size,
    size_t *ret_length, unsigned *ret_lines);
void websocket_wrote(WebSocket *socket, size_t length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(WebSocket, websocket_free)

/* SPDX-License-Identifier: MIT */
/*
 * WsHandshake: the opening handshake of a WebSocket, the server's side (RFC 6455 §4.2), with the
 * subprotocols of IRCv3 "WebSocket support". Who is no WebSocket client gets an answer of HTTP and
 * a short page. Thread: any.
 */
#pragma once

#include "net/http_request.h"

/* What is sent; both kinds of messages are taken in any case. */
typedef enum WsMessages {
	WS_LIKE_FIRST, /* no subprotocol was agreed on: as the peer's first message, text until then
			*/
	WS_TEXT,       /* text.ircv3.net */
	WS_BINARY,     /* binary.ircv3.net */
} WsMessages;

typedef struct WsHandshake {
	HttpRequest request; /* its views point into the head */
	HttpStatus status;   /* HTTP_OK: the connection is a WebSocket from here on */
	WsMessages messages;
	GString *answer; /* what the peer is told; the caller's */
} WsHandshake;

/* `origins`: patterns with * and ? of the pages that may connect; NULL or empty: all. Programs,
 * which send no Origin, always may. */
void ws_handshake(const char *head, size_t length, char *const *origins, WsHandshake *ret);
/* The answer for a request that ends before its head is complete. Caller frees. */
GString *ws_refusal(HttpStatus status);

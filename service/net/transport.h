/* SPDX-License-Identifier: MIT */
/*
 * Transport: how a connection's bytes travel (plain socket, TLS, memory in tests). The connection
 * never asks which. Invariant: no call blocks.
 * Thread: the loop that adopted it; made on any thread before that.
 */
#pragma once

#include "base/close_reason.h"
#include "base/slots.h"
#include "net/io_sink.h"
#include "net/tls_context.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum IoResult {
	IO_OK,
	IO_AGAIN,       /* try again when there is input */
	IO_AGAIN_WRITE, /* try again when there is room for output */
	IO_EOF,
	IO_FAILED, /* the transport's `failure` says why */
} IoResult;

typedef struct Transport Transport;
struct IoLoop;

typedef struct TransportOps {
	const char *name;
	/* NULL: ready at once. */
	IoResult (*handshake)(Transport *transport);
	IoResult (*receive)(Transport *transport, void *buffer, size_t size, size_t *ret_length);
	/* One write; what of it was taken is in *ret_length when IO_OK. After IO_AGAIN_WRITE the
	 * same bytes come again, perhaps with more behind them. */
	IoResult (*send)(Transport *transport, const void *data, size_t length, size_t *ret_length);
	/* No more output (FIN, close_notify); NULL: nothing to do, close at once. */
	void (*finish)(Transport *transport);
	/* Adds what it knows of the peer; NULL: nothing. */
	void (*describe)(Transport *transport, ConnInfo *info);
	/* The connection exists; for transports without a descriptor, which call io_loop_ready().
	 */
	void (*attached)(Transport *transport, struct IoLoop *loop, Handle conn);
	/* Closes the descriptor and frees the transport. */
	void (*free)(Transport *transport);
} TransportOps;

struct Transport {
	const TransportOps *ops;
	int descriptor;      /* -1: none; the loop is told by io_loop_ready() */
	bool pending;        /* after receive: more is buffered inside than was returned */
	CloseReason failure; /* after IO_FAILED */
	int error;           /* errno after IO_FAILED, 0 if it has none */
};

/* Both take over the descriptor, a connected stream socket that does not block. */
Transport *transport_plain_new(int descriptor);
/* NULL when OpenSSL gives no session; the descriptor is closed then. Without `asks` no certificate
 * is asked of the client: browsers give up a WebSocket that is asked for one. */
Transport *transport_tls_new(int descriptor, TlsContext *context, bool asks);
/* NULL is allowed. */
void transport_free(Transport *transport);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Transport, transport_free)

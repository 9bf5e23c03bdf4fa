/* SPDX-License-Identifier: MIT */
#include "memory_transport.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

typedef struct MemoryEnd {
	Transport base;
	MemoryPeer *peer;
} MemoryEnd;

struct MemoryPeer {
	pthread_mutex_t mutex; /* guards all below */
	unsigned holders;      /* the client and the transport */
	MemoryFaults faults;
	GString *input;  /* to the service */
	GString *output; /* from it */
	size_t was_read;
	size_t was_written;
	unsigned writes;
	bool ended;  /* the client sends no more */
	bool closed; /* the service's end is gone */
	bool given;
	IoLoop *loop; /* while attached */
	Handle conn;
};

static void
release(MemoryPeer *peer)
{
	bool last;

	pthread_mutex_lock(&peer->mutex);
	last = --peer->holders == 0;
	pthread_mutex_unlock(&peer->mutex);
	if (!last)
		return;
	g_string_free(peer->input, TRUE);
	g_string_free(peer->output, TRUE);
	pthread_mutex_destroy(&peer->mutex);
	g_free(peer);
}

/* The loop is told under the lock: once the transport is freed, nobody calls its loop. */
static void
announce(MemoryPeer *peer)
{
	if (peer->loop)
		io_loop_ready(peer->loop, peer->conn);
}

static IoResult
memory_receive(Transport *transport, void *buffer, size_t size, size_t *ret_length)
{
	MemoryPeer *peer = ((MemoryEnd *)transport)->peer;
	IoResult result = IO_OK;
	size_t length;

	pthread_mutex_lock(&peer->mutex);
	length = MIN(size, peer->input->len);
	if (peer->faults.read_most)
		length = MIN(length, peer->faults.read_most);
	if (peer->faults.reset_after)
		length = MIN(length, peer->faults.reset_after - peer->was_read);
	if (peer->faults.reset_after && peer->was_read == peer->faults.reset_after) {
		transport->failure = CLOSE_RESET;
		transport->error = ECONNRESET;
		result = IO_FAILED;
	} else if (length == 0) {
		result = peer->ended ? IO_EOF : IO_AGAIN;
	} else {
		memcpy(buffer, peer->input->str, length);
		g_string_erase(peer->input, 0, (gssize)length);
		peer->was_read += length;
		*ret_length = length;
	}
	pthread_mutex_unlock(&peer->mutex);
	return result;
}

static IoResult
memory_send(Transport *transport, const void *data, size_t length, size_t *ret_length)
{
	MemoryPeer *peer = ((MemoryEnd *)transport)->peer;
	IoResult result = IO_OK;
	size_t offered = length;

	pthread_mutex_lock(&peer->mutex);
	if (peer->faults.write_most)
		length = MIN(length, peer->faults.write_most);
	if (peer->faults.room)
		length = MIN(length, peer->faults.room - MIN(peer->faults.room, peer->output->len));
	if (peer->faults.refuse_after && peer->was_written >= peer->faults.refuse_after) {
		transport->failure = CLOSE_RESET;
		transport->error = EPIPE;
		result = IO_FAILED;
	} else if (length == 0) {
		result = IO_AGAIN_WRITE;
	} else {
		g_string_append_len(peer->output, data, (gssize)length);
		peer->was_written += length;
		peer->writes++;
		*ret_length = length;
		if (length < offered && !peer->faults.room)
			announce(peer); /* as a socket that has room again */
	}
	pthread_mutex_unlock(&peer->mutex);
	return result;
}

static void
memory_attached(Transport *transport, IoLoop *loop, Handle conn)
{
	MemoryPeer *peer = ((MemoryEnd *)transport)->peer;

	pthread_mutex_lock(&peer->mutex);
	peer->loop = loop;
	peer->conn = conn;
	announce(peer);
	pthread_mutex_unlock(&peer->mutex);
}

static void
memory_free(Transport *transport)
{
	MemoryEnd *end = (MemoryEnd *)transport;

	pthread_mutex_lock(&end->peer->mutex);
	end->peer->loop = NULL;
	end->peer->closed = true;
	pthread_mutex_unlock(&end->peer->mutex);
	release(end->peer);
	g_free(end);
}

static const TransportOps memory_ops = {
    .name = "memory",
    .receive = memory_receive,
    .send = memory_send,
    .attached = memory_attached,
    .free = memory_free,
};

MemoryPeer *
memory_peer_new(const MemoryFaults *faults)
{
	MemoryPeer *peer = g_new0(MemoryPeer, 1);

	pthread_mutex_init(&peer->mutex, NULL);
	peer->holders = 1;
	peer->input = g_string_new(NULL);
	peer->output = g_string_new(NULL);
	if (faults)
		peer->faults = *faults;
	return peer;
}

void
memory_peer_free(MemoryPeer *peer)
{
	if (!peer)
		return;
	memory_peer_close(peer);
	release(peer);
}

Transport *
memory_peer_transport(MemoryPeer *peer)
{
	MemoryEnd *end = g_new0(MemoryEnd, 1);

	g_assert(!peer->given);
	end->base.ops = &memory_ops;
	end->base.descriptor = -1;
	end->peer = peer;
	pthread_mutex_lock(&peer->mutex);
	peer->given = true;
	peer->holders++;
	pthread_mutex_unlock(&peer->mutex);
	return &end->base;
}

void
memory_peer_send(MemoryPeer *peer, const void *data, size_t length)
{
	pthread_mutex_lock(&peer->mutex);
	g_string_append_len(peer->input, data, (gssize)length);
	announce(peer);
	pthread_mutex_unlock(&peer->mutex);
}

void
memory_peer_send_text(MemoryPeer *peer, const char *text)
{
	memory_peer_send(peer, text, strlen(text));
}

void
memory_peer_close(MemoryPeer *peer)
{
	pthread_mutex_lock(&peer->mutex);
	peer->ended = true;
	announce(peer);
	pthread_mutex_unlock(&peer->mutex);
}

GString *
memory_peer_receive(MemoryPeer *peer)
{
	GString *got;

	pthread_mutex_lock(&peer->mutex);
	got = peer->output;
	peer->output = g_string_new(NULL);
	if (peer->faults.room)
		announce(peer);
	pthread_mutex_unlock(&peer->mutex);
	return got;
}

bool
memory_peer_is_closed(MemoryPeer *peer)
{
	bool closed;

	pthread_mutex_lock(&peer->mutex);
	closed = peer->closed;
	pthread_mutex_unlock(&peer->mutex);
	return closed;
}

unsigned
memory_peer_writes(MemoryPeer *peer)
{
	unsigned writes;

	pthread_mutex_lock(&peer->mutex);
	writes = peer->writes;
	pthread_mutex_unlock(&peer->mutex);
	return writes;
}

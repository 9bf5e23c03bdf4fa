/* SPDX-License-Identifier: MIT */
#include "net/transport.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static IoResult
failed(Transport *transport, CloseReason reason)
{
	bool reset = errno == ECONNRESET || errno == EPIPE;

	transport->failure = reset ? CLOSE_RESET : reason;
	transport->error = errno;
	return IO_FAILED;
}

static IoResult
plain_receive(Transport *transport, void *buffer, size_t size, size_t *ret_length)
{
	ssize_t got;

	do
		got = recv(transport->descriptor, buffer, size, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return IO_AGAIN;
	if (got < 0)
		return failed(transport, CLOSE_READ_FAILED);
	*ret_length = (size_t)got;
	return got == 0 ? IO_EOF : IO_OK;
}

static IoResult
plain_send(Transport *transport, const void *data, size_t length, size_t *ret_length)
{
	ssize_t sent;

	do
		sent = send(transport->descriptor, data, length, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return IO_AGAIN_WRITE;
	if (sent < 0)
		return failed(transport, CLOSE_WRITE_FAILED);
	*ret_length = (size_t)sent;
	return IO_OK;
}

static void
plain_finish(Transport *transport)
{
	shutdown(transport->descriptor, SHUT_WR);
}

static void
plain_free(Transport *transport)
{
	close(transport->descriptor);
	g_free(transport);
}

static const TransportOps plain_ops = {
    .name = "plain",
    .receive = plain_receive,
    .send = plain_send,
    .finish = plain_finish,
    .free = plain_free,
};

Transport *
transport_plain_new(int descriptor)
{
	Transport *transport = g_new0(Transport, 1);

	transport->ops = &plain_ops;
	transport->descriptor = descriptor;
	return transport;
}

void
transport_free(Transport *transport)
{
	if (transport)
		transport->ops->free(transport);
}

/* SPDX-License-Identifier: MIT */
#include "net/transport.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A transport over one end of a pair; the other is the peer's. */
static Transport *
pair_new(int *ret_peer)
{
	int pair[2];

	g_assert_cmpint(
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), ==, 0);
	*ret_peer = pair[1];
	return transport_plain_new(pair[0]);
}

static void
test_receive(void)
{
	int peer;
	g_autoptr(Transport) transport = pair_new(&peer);
	char buffer[3];
	size_t length = 99;

	g_assert_cmpint(transport->ops->receive(transport, buffer, 3, &length), ==, IO_AGAIN);
	g_assert_cmpuint(length, ==, 99);
	g_assert_cmpint(send(peer, "abcd", 4, 0), ==, 4);
	g_assert_cmpint(transport->ops->receive(transport, buffer, 3, &length), ==, IO_OK);
	g_assert_cmpmem(buffer, length, "abc", 3);
	close(peer);
	g_assert_cmpint(transport->ops->receive(transport, buffer, 3, &length), ==, IO_OK);
	g_assert_cmpmem(buffer, length, "d", 1);
	g_assert_cmpint(transport->ops->receive(transport, buffer, 3, &length), ==, IO_EOF);
}

static void
test_send(void)
{
	int peer;
	g_autoptr(Transport) transport = pair_new(&peer);
	g_autofree char *data = g_strnfill(1 << 20, 'x');
	char got[4];
	size_t length;

	g_assert_cmpint(transport->ops->send(transport, "abc", 3, &length), ==, IO_OK);
	g_assert_cmpuint(length, ==, 3);
	g_assert_cmpint(recv(peer, got, sizeof got, 0), ==, 3);
	while (transport->ops->send(transport, data, 1 << 20, &length) == IO_OK)
		g_assert_cmpuint(length, >, 0);
	g_assert_cmpint(
	    transport->ops->send(transport, data, 1 << 20, &length), ==, IO_AGAIN_WRITE);
	close(peer);
	/* No signal ends the process: the answer does. */
	g_assert_cmpint(transport->ops->send(transport, "x", 1, &length), ==, IO_FAILED);
	g_assert_cmpint(transport->failure, ==, CLOSE_RESET);
	g_assert_cmpint(transport->error, ==, EPIPE);
}

static void
test_finish(void)
{
	int peer;
	g_autoptr(Transport) transport = pair_new(&peer);
	char buffer[4];
	size_t length;

	transport->ops->finish(transport);
	g_assert_cmpint(recv(peer, buffer, sizeof buffer, 0), ==, 0);
	g_assert_cmpint(send(peer, "late", 4, 0), ==, 4);
	g_assert_cmpint(transport->ops->receive(transport, buffer, 4, &length), ==, IO_OK);
	close(peer);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/transport-plain/receive", test_receive);
	g_test_add_func("/transport-plain/send", test_send);
	g_test_add_func("/transport-plain/finish", test_finish);
	return g_test_run();
}

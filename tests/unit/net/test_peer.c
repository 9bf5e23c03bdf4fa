/* SPDX-License-Identifier: MIT */
#include "net/peer.h"

#include <arpa/inet.h>
#include <glib.h>
#include <unistd.h>

static void
assert_ipv6(const char *address, const char *shown)
{
	struct sockaddr_storage storage = {0};
	struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)&storage;
	ConnInfo info = {0};

	ipv6->sin6_family = AF_INET6;
	ipv6->sin6_port = htons(4711);
	g_assert_cmpint(inet_pton(AF_INET6, address, &ipv6->sin6_addr), ==, 1);
	peer_describe(-1, &storage, &info);
	g_assert_cmpstr(info.address, ==, shown);
	g_assert_cmpuint(info.peer_port, ==, 4711);
	g_assert_false(info.unix_socket);
}

static void
test_ipv6(void)
{
	assert_ipv6("2001:db8:0:0::1", "2001:db8::1");
	assert_ipv6("::ffff:192.0.2.3", "192.0.2.3");
}

static void
test_ipv4(void)
{
	struct sockaddr_storage storage = {0};
	struct sockaddr_in *ipv4 = (struct sockaddr_in *)&storage;
	ConnInfo info = {0};

	ipv4->sin_family = AF_INET;
	ipv4->sin_port = htons(99);
	g_assert_cmpint(inet_pton(AF_INET, "192.0.2.3", &ipv4->sin_addr), ==, 1);
	peer_describe(-1, &storage, &info);
	g_assert_cmpstr(info.address, ==, "192.0.2.3");
	g_assert_cmpuint(info.peer_port, ==, 99);
}

static void
test_unix(void)
{
	struct sockaddr_storage storage = {.ss_family = AF_UNIX};
	ConnInfo info = {0};
	int pair[2];

	g_assert_cmpint(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
	peer_describe(pair[0], &storage, &info);
	g_assert_true(info.unix_socket);
	g_assert_cmpuint(info.uid, ==, getuid());
	g_assert_cmpint(info.pid, ==, getpid());
	close(pair[0]);
	close(pair[1]);
	/* Nobody is asked: nobody is known, not root. */
	info = (ConnInfo){0};
	peer_describe(-1, &storage, &info);
	g_assert_cmpuint(info.uid, ==, (uid_t)-1);
	g_assert_cmpuint(info.n_groups, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/peer/ipv6", test_ipv6);
	g_test_add_func("/peer/ipv4", test_ipv4);
	g_test_add_func("/peer/unix", test_unix);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "net/listen_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int
option(int descriptor, int level, int name)
{
	int value = -1;
	socklen_t size = sizeof value;

	g_assert_cmpint(getsockopt(descriptor, level, name, &value, &size), ==, 0);
	return value;
}

static void
test_tcp(void)
{
	static const char *const addresses[] = {"127.0.0.1", "0.0.0.0", "::1", "::"};

	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_autoptr(GError) error = NULL;
		int descriptor = listen_socket_tcp(addresses[i], 0, true, 5, &error);

		g_assert_no_error(error);
		g_assert_cmpint(option(descriptor, SOL_SOCKET, SO_ACCEPTCONN), ==, 1);
		g_assert_cmpint(option(descriptor, IPPROTO_TCP, TCP_NODELAY), ==, 1);
		g_assert_cmpint(fcntl(descriptor, F_GETFL) & O_NONBLOCK, !=, 0);
		g_assert_cmpint(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, !=, 0);
		g_assert_cmpuint(listen_socket_port(descriptor), >, 0);
		if (strchr(addresses[i], ':'))
			g_assert_cmpint(option(descriptor, IPPROTO_IPV6, IPV6_V6ONLY), ==, 1);
		close(descriptor);
	}
}

static void
test_tcp_errors(void)
{
	g_autoptr(GError) in_use = NULL;
	g_autoptr(GError) malformed = NULL;
	int descriptor = listen_socket_tcp("127.0.0.1", 0, false, 5, NULL);
	uint16_t port = listen_socket_port(descriptor);
	g_autofree char *expected =
	    g_strdup_printf("cannot bind to 127.0.0.1:%u: Address already in use", port);

	g_assert_cmpint(listen_socket_tcp("127.0.0.1", port, false, 5, &in_use), ==, -1);
	g_assert_cmpstr(in_use->message, ==, expected);
	g_assert_cmpint(listen_socket_tcp("localhost", port, false, 5, &malformed), ==, -1);
	g_assert_cmpstr(malformed->message, ==,
	    "cannot listen on \"localhost\": not a numeric IPv4 or IPv6 address");
	close(descriptor);
}

static void
test_unix(void)
{
	g_autofree char *directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(directory, "socket", NULL);
	g_autofree char *long_path = g_strnfill(200, 'x');
	g_autoptr(GError) error = NULL;
	g_autoptr(GError) living = NULL;
	g_autoptr(GError) file = NULL;
	g_autoptr(GError) too_long = NULL;
	struct stat status;
	int first, second;

	first = listen_socket_unix(path, 0660, getgid(), 5, &error);
	g_assert_no_error(error);
	g_assert_cmpint(stat(path, &status), ==, 0);
	g_assert_cmpuint(status.st_mode & 07777, ==, 0660);
	g_assert_cmpint(listen_socket_unix(path, 0660, (gid_t)-1, 5, &living), ==, -1);
	g_assert_error(living, G_FILE_ERROR, G_FILE_ERROR_EXIST);
	close(first);

	/* What a process that is gone left behind is replaced. */
	second = listen_socket_unix(path, 0600, (gid_t)-1, 5, &error);
	g_assert_no_error(error);
	g_assert_cmpint(listen_socket_port(second), ==, 0);
	close(second);
	g_unlink(path);

	g_assert_true(g_file_set_contents(path, "mine", -1, NULL));
	g_assert_cmpint(listen_socket_unix(path, 0600, (gid_t)-1, 5, &file), ==, -1);
	g_assert_error(file, G_FILE_ERROR, G_FILE_ERROR_EXIST);
	g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
	g_assert_cmpint(listen_socket_unix(long_path, 0600, (gid_t)-1, 5, &too_long), ==, -1);
	g_assert_error(too_long, G_FILE_ERROR, G_FILE_ERROR_NAMETOOLONG);
	g_unlink(path);
	g_rmdir(directory);
}

static void
test_adopt(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	g_autoptr(GError) error = NULL;
	g_autoptr(GError) not_listening = NULL;
	g_autoptr(GError) no_socket = NULL;
	int descriptor = socket(AF_INET, SOCK_STREAM, 0);
	int null = open("/dev/null", O_RDONLY);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	g_assert_cmpint(bind(descriptor, (struct sockaddr *)&address, sizeof address), ==, 0);
	g_assert_false(listen_socket_adopt(descriptor, &not_listening));
	g_assert_error(not_listening, G_FILE_ERROR, G_FILE_ERROR_INVAL);
	g_assert_false(listen_socket_adopt(null, &no_socket));
	g_assert_nonnull(no_socket);
	g_assert_cmpint(listen(descriptor, 5), ==, 0);
	g_assert_true(listen_socket_adopt(descriptor, &error));
	g_assert_cmpint(fcntl(descriptor, F_GETFL) & O_NONBLOCK, !=, 0);
	g_assert_cmpint(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, !=, 0);
	close(descriptor);
	close(null);
}

static void
test_is_at(void)
{
	g_autofree char *directory = g_dir_make_tmp("listen-at-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(directory, "socket", NULL);
	int four = listen_socket_tcp("127.0.0.1", 0, false, 5, NULL);
	int six = listen_socket_tcp("::1", 0, true, 5, NULL);
	int local = listen_socket_unix(path, 0600, (gid_t)-1, 5, NULL);
	uint16_t port = listen_socket_port(four);

	g_assert_true(listen_socket_is_at(four, "127.0.0.1", port));
	g_assert_false(listen_socket_is_at(four, "127.0.0.2", port));
	g_assert_false(listen_socket_is_at(four, "127.0.0.1", (uint16_t)(port ^ 1)));
	g_assert_false(listen_socket_is_at(four, "::1", port));
	g_assert_false(listen_socket_is_at(four, "localhost", port));
	g_assert_false(listen_socket_is_at(four, path, 0));
	if (six >= 0) {
		g_assert_true(listen_socket_is_at(six, "::1", listen_socket_port(six)));
		g_assert_true(listen_socket_is_at(six, "0:0::1", listen_socket_port(six)));
		g_assert_false(listen_socket_is_at(six, "::", listen_socket_port(six)));
		close(six);
	}
	g_assert_true(listen_socket_is_at(local, path, 0));
	g_assert_false(listen_socket_is_at(local, directory, 0));
	close(local);
	g_assert_false(listen_socket_is_at(local, path, 0));
	close(four);
	g_unlink(path);
	g_rmdir(directory);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/listen-socket/tcp", test_tcp);
	g_test_add_func("/listen-socket/tcp-errors", test_tcp_errors);
	g_test_add_func("/listen-socket/unix", test_unix);
	g_test_add_func("/listen-socket/adopt", test_adopt);
	g_test_add_func("/listen-socket/is-at", test_is_at);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "base/activation.h"

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition))                                                                  \
			_exit(__LINE__ % 200 + 1);                                                 \
	} while (0)

static void
announce(const char *process, const char *count, const char *names)
{
	setenv("LISTEN_PID", process, 1);
	setenv("LISTEN_FDS", count, 1);
	setenv("LISTEN_FDNAMES", names, 1);
}

/* Runs in a child of its own, whose descriptors from 3 on are ours to choose. */
static void
child(void)
{
	ActivatedSocket sockets[ACTIVATION_MAX];
	g_autofree char *self = g_strdup_printf("%d", getpid());
	int pair[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	CHECK(dup2(pair[0], 13) == 13 && dup2(pair[1], 14) == 14);
	CHECK(dup2(13, 3) == 3 && dup2(14, 4) == 4);
	close(5);
	announce(self, "3", "irc:");
	CHECK(activation_take(sockets) == 2); /* the third is no descriptor */
	CHECK(sockets[0].descriptor == 3 && g_str_equal(sockets[0].name, "irc"));
	CHECK(sockets[1].descriptor == 4 && g_str_equal(sockets[1].name, "unknown"));
	CHECK(fcntl(3, F_GETFD) & FD_CLOEXEC);
	CHECK(!getenv("LISTEN_FDS") && !getenv("LISTEN_PID") && !getenv("LISTEN_FDNAMES"));
	CHECK(activation_take(sockets) == 0);
	announce("1", "2", "irc");
	CHECK(activation_take(sockets) == 0);
	announce(self, "-1", "irc");
	CHECK(activation_take(sockets) == 0);
	announce(self, "100000", "irc");
	CHECK(activation_take(sockets) == 0);
	_exit(0);
}

static void
test_take(void)
{
	int status;
	pid_t process = fork();

	g_assert_cmpint(process, >=, 0);
	if (process == 0)
		child();
	g_assert_cmpint(waitpid(process, &status, 0), ==, process);
	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/activation/take", test_take);
	return g_test_run();
}

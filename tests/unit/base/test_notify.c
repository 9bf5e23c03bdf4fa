/* SPDX-License-Identifier: MIT */
#include "base/notify.h"

#include <glib/gstdio.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A service manager's socket at a path, or abstract if it begins with @; NOTIFY_SOCKET names it. */
static int
manager_new(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t length = strlen(path);
	int manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, length);
	if (path[0] == '@')
		address.sun_path[0] = '\0';
	g_assert_cmpint(bind(manager, (struct sockaddr *)&address,
			    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
	    ==, 0);
	setenv("NOTIFY_SOCKET", path, 1);
	return manager;
}

static void
assert_told(int manager, const char *expected)
{
	char got[3000];
	ssize_t length = recv(manager, got, sizeof got, MSG_DONTWAIT);

	g_assert_cmpmem(got, length, expected, strlen(expected));
}

static void
test_path(void)
{
	g_autofree char *directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(directory, "notify", NULL);
	int manager = manager_new(path);
	g_autoptr(Notify) notify = notify_open();
	Clock clock = clock_frozen(0);

	g_assert_nonnull(notify);
	notify_ready(notify, "listening\non 6667");
	assert_told(manager, "READY=1\nSTATUS=listening on 6667\n");
	notify_reloading(notify, &clock);
	assert_told(manager, "RELOADING=1\nMONOTONIC_USEC=1000000\n");
	notify_ready(notify, NULL);
	assert_told(manager, "READY=1\n");
	notify_watchdog(notify);
	assert_told(manager, "WATCHDOG=1\n");
	notify_status(notify, "3 users");
	assert_told(manager, "STATUS=3 users\n");
	notify_stopping(notify, "bye");
	assert_told(manager, "STOPPING=1\nSTATUS=bye\n");
	close(manager);
	notify_watchdog(notify); /* nobody listens any more: no harm */
	g_unlink(path);
	g_rmdir(directory);
}

static void
test_abstract(void)
{
	g_autofree char *name = g_strdup_printf("@chatd-test-notify-%d", getpid());
	int manager = manager_new(name);
	g_autoptr(Notify) notify = notify_open();

	notify_ready(notify, NULL);
	assert_told(manager, "READY=1\n");
	close(manager);
}

static void
test_without_manager(void)
{
	unsetenv("NOTIFY_SOCKET");
	g_assert_null(notify_open());
	setenv("NOTIFY_SOCKET", "relative", 1);
	g_assert_null(notify_open());
	notify_ready(NULL, "x");
	notify_close(NULL);
}

static void
test_watchdog_interval(void)
{
	g_autofree char *self = g_strdup_printf("%d", getpid());

	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	g_assert_cmpint(notify_watchdog_interval(), ==, 0);
	setenv("WATCHDOG_USEC", "30000000", 1);
	g_assert_cmpint(notify_watchdog_interval(), ==, 30 * CLOCK_SECOND);
	setenv("WATCHDOG_PID", self, 1);
	g_assert_cmpint(notify_watchdog_interval(), ==, 30 * CLOCK_SECOND);
	setenv("WATCHDOG_PID", "1", 1);
	g_assert_cmpint(notify_watchdog_interval(), ==, 0);
	unsetenv("WATCHDOG_PID");
	setenv("WATCHDOG_USEC", "soon", 1);
	g_assert_cmpint(notify_watchdog_interval(), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/notify/path", test_path);
	g_test_add_func("/notify/abstract", test_abstract);
	g_test_add_func("/notify/without-manager", test_without_manager);
	g_test_add_func("/notify/watchdog-interval", test_watchdog_interval);
	return g_test_run();
}

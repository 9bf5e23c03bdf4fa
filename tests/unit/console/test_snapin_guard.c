/* SPDX-License-Identifier: MIT */
/* The marker outlives a killed process; calls nest; a long call is told. */
#include "snapin_guard.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char *path;

static void
check_no_crash(void)
{
	SnapinCrash *crash = NULL;
	SnapinGuard *guard = snapin_guard_new(path, &crash);

	g_assert_null(crash);
	snapin_guard_free(guard);
}

static void
die_in_call(int with_signal, gboolean after_call)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		SnapinGuard *guard = snapin_guard_new(path, NULL);
		SnapinCall outer = snapin_call_begin(guard, "demo", "activate");
		SnapinCall inner = snapin_call_begin(guard, "other", "cell_text");

		snapin_call_end(&inner);
		if (after_call)
			snapin_call_end(&outer);
		signal(with_signal, SIG_DFL); /* as without a sanitizer */
		setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
		kill(getpid(), with_signal);
		_exit(1);
	}
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status));
}

static void
test_killed_in_call(void)
{
	const int signals[] = {SIGKILL, SIGTERM, SIGSEGV};

	for (gsize i = 0; i < G_N_ELEMENTS(signals); i++) {
		g_autoptr(SnapinCrash) crash = NULL;
		SnapinGuard *guard;

		die_in_call(signals[i], FALSE);
		guard = snapin_guard_new(path, &crash);
		g_assert_nonnull(crash);
		g_assert_cmpstr(crash->id, ==, "demo");
		g_assert_cmpstr(crash->call, ==, "activate");
		g_assert_cmpint(ABS(crash->when - g_get_real_time() / G_USEC_PER_SEC), <, 60);
		snapin_guard_free(guard);
		check_no_crash();
	}
}

static void
test_killed_between_calls(void)
{
	die_in_call(SIGKILL, TRUE);
	check_no_crash();
}

/* A second console must not take the first one's call for a crash. */
static void
test_two_consoles(void)
{
	SnapinGuard *first = snapin_guard_new(path, NULL);
	SnapinCall call = snapin_call_begin(first, "demo", "expand");
	SnapinCrash *crash = NULL;
	SnapinGuard *second = snapin_guard_new(path, &crash);

	g_assert_null(crash);
	snapin_guard_free(second);
	snapin_call_end(&call);
	snapin_guard_free(first);
	check_no_crash();
}

static void
test_no_file(void)
{
	SnapinGuard *guard = snapin_guard_new("/nonexistent/marker", NULL);
	SnapinCall call = snapin_call_begin(guard, "demo", "expand");
	SnapinCall nothing = snapin_call_begin(NULL, "demo", "expand");

	snapin_call_end(&nothing);
	snapin_call_end(&call);
	snapin_guard_free(guard);
}

static void
on_blocked(const char *id, const char *call, guint milliseconds, gpointer user_data)
{
	g_assert_cmpstr(id, ==, "demo");
	g_assert_cmpstr(call, ==, "expand");
	*(guint *)user_data = milliseconds;
}

static void
test_blocked(void)
{
	SnapinGuard *guard = snapin_guard_new(path, NULL);
	guint blocked = 0;

	snapin_guard_set_blocked(guard, on_blocked, &blocked);
	{
		g_auto(SnapinCall) call = snapin_call_begin(guard, "demo", "expand");
	}
	g_assert_cmpuint(blocked, ==, 0);
	g_test_expect_message(
	    G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "snap-in demo has been blocking*expand");
	{
		g_auto(SnapinCall) call = snapin_call_begin(guard, "demo", "expand");
		gint64 end = g_get_monotonic_time() + 1300 * 1000;

		while (g_get_monotonic_time() < end)
			g_usleep(10 * 1000);
	}
	g_test_assert_expected_messages();
	g_assert_cmpuint(blocked, >=, 1300);
	snapin_guard_free(guard);
}

int
main(int argc, char **argv)
{
	int status;
	g_autofree char *folder = NULL;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("snapin-guard-XXXXXX", NULL);
	path = g_build_filename(folder, "marker", NULL);
	g_test_add_func("/snapin-guard/killed-in-call", test_killed_in_call);
	g_test_add_func("/snapin-guard/killed-between-calls", test_killed_between_calls);
	g_test_add_func("/snapin-guard/two-consoles", test_two_consoles);
	g_test_add_func("/snapin-guard/no-file", test_no_file);
	g_test_add_func("/snapin-guard/blocked", test_blocked);
	status = g_test_run();
	g_unlink(path);
	g_rmdir(folder);
	g_free(path);
	return status;
}

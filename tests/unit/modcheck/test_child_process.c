/* SPDX-License-Identifier: MIT */
#include "modcheck/child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", NULL};

static ChildResult
run_shell(const char *script, guint milliseconds, gboolean wants_report)
{
	const char *arguments[] = {"/bin/sh", "-c", script, NULL};
	ChildRequest request = {arguments, environment, milliseconds, wants_report};
	g_autoptr(GError) error = NULL;
	ChildResult result;

	g_assert_true(child_run(&request, &result, &error));
	g_assert_no_error(error);
	return result;
}

static void
test_exit_and_output(void)
{
	ChildResult result = run_shell("echo out; echo err >&2; exit 7", 10000, FALSE);

	g_assert_cmpint(result.exit_status, ==, 7);
	g_assert_cmpint(result.signal, ==, 0);
	g_assert_false(result.timed_out);
	g_assert_cmpstr(result.output->str, ==, "out\nerr\n");
	child_result_clear(&result);
}

static void
test_signal(void)
{
	ChildResult result = run_shell("kill -SEGV $$", 10000, FALSE);

	g_assert_cmpint(result.signal, ==, SIGSEGV);
	child_result_clear(&result);
}

static void
test_report(void)
{
	ChildResult result = run_shell("echo told >&3; echo said", 10000, TRUE);

	g_assert_cmpstr(result.report->str, ==, "told\n");
	g_assert_cmpstr(result.output->str, ==, "said\n");
	child_result_clear(&result);
}

/* Its children go with it; one that keeps the pipe open does not keep us. */
static void
test_time_limit(void)
{
	gint64 start = g_get_monotonic_time();
	ChildResult result = run_shell("sleep 1000 & echo $!; wait", 300, FALSE);
	pid_t grandchild = (pid_t)g_ascii_strtoll(result.output->str, NULL, 10);

	g_assert_true(result.timed_out);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 10 * G_USEC_PER_SEC);
	g_assert_cmpint(grandchild, >, 1);
	for (guint i = 0; kill(grandchild, 0) == 0 && i < 1000; i++) {
		g_autofree char *path = g_strdup_printf("/proc/%d/stat", (int)grandchild);
		g_autofree char *text = NULL;

		/* Dead but not yet reaped by its new parent counts as gone. */
		if (g_file_get_contents(path, &text, NULL, NULL) && strstr(text, ") Z "))
			break;
		g_usleep(10000);
		g_assert_cmpuint(i, <, 999);
	}
	child_result_clear(&result);
}

static void
test_child_that_leaves_a_child(void)
{
	gint64 start = g_get_monotonic_time();
	ChildResult result = run_shell("sleep 1000 & exit 3", 20000, FALSE);

	g_assert_cmpint(result.exit_status, ==, 3);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 10 * G_USEC_PER_SEC);
	child_result_clear(&result);
}

static void
test_endless_output(void)
{
	ChildResult result = run_shell("yes | head -c 5000000; echo x >&2", 20000, FALSE);

	g_assert_cmpuint(result.output->len, ==, 1024 * 1024);
	g_assert_cmpint(result.exit_status, ==, 0);
	child_result_clear(&result);
}

static void
test_what_it_gets(void)
{
	int ours =
	    open("/dev/null", O_RDONLY); /* not close-on-exec: must not reach it all the same */
	ChildResult result =
	    run_shell("ulimit -c; ls /proc/self/fd | tr '\\n' ' '; tty; env | sort", 10000, FALSE);

	/* 3 is the folder that ls itself reads. */
	g_assert_true(g_str_has_prefix(result.output->str, "0\n0 1 2 3 not a tty\n"));
	g_assert_nonnull(strstr(result.output->str, "LC_ALL=C\n"));
	g_assert_null(strstr(result.output->str, "HOME="));
	child_result_clear(&result);
	close(ours);
}

static void
test_absent_program(void)
{
	const char *arguments[] = {"/nowhere/program", NULL};
	ChildRequest request = {arguments, environment, 1000, FALSE};
	g_autoptr(GError) error = NULL;
	ChildResult result;

	g_assert_false(child_run(&request, &result, &error));
	g_assert_cmpstr(
	    error->message, ==, "/nowhere/program could not be started: No such file or directory");
}

static void
test_environment(void)
{
	g_auto(GStrv) cleaned = NULL;

	g_setenv("LD_PRELOAD", "", TRUE);
	g_setenv("DISPLAY", ":9", TRUE);
	g_setenv("CHAT_KEPT", "1", TRUE);
	cleaned = child_environment();
	g_assert_null(g_environ_getenv(cleaned, "LD_PRELOAD"));
	g_assert_null(g_environ_getenv(cleaned, "DISPLAY"));
	g_assert_cmpstr(g_environ_getenv(cleaned, "CHAT_KEPT"), ==, "1");
	g_unsetenv("LD_PRELOAD");
}

static gpointer
run_many(gpointer data)
{
	for (int i = 0; i < 10; i++) {
		ChildResult result = run_shell("echo a; exit 5", 20000, TRUE);

		g_assert_cmpint(result.exit_status, ==, 5);
		g_assert_cmpstr(result.output->str, ==, "a\n");
		child_result_clear(&result);
	}
	return NULL;
}

static void
test_threads(void)
{
	GThread *threads[4];

	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		threads[i] = g_thread_new("run", run_many, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(threads); i++)
		g_thread_join(threads[i]);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/child_process/exit-and-output", test_exit_and_output);
	g_test_add_func("/child_process/signal", test_signal);
	g_test_add_func("/child_process/report", test_report);
	g_test_add_func("/child_process/time-limit", test_time_limit);
	g_test_add_func("/child_process/leaves-a-child", test_child_that_leaves_a_child);
	g_test_add_func("/child_process/endless-output", test_endless_output);
	g_test_add_func("/child_process/what-it-gets", test_what_it_gets);
	g_test_add_func("/child_process/absent-program", test_absent_program);
	g_test_add_func("/child_process/environment", test_environment);
	g_test_add_func("/child_process/threads", test_threads);
	return g_test_run();
}

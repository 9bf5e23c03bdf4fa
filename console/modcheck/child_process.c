/* SPDX-License-Identifier: MIT */
#include "modcheck/child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_OUTPUT (1024u * 1024u)
#define MOST_REPORT (64u * 1024u)
#define START_DESCRIPTOR 4
#define WITHOUT_PIDFD_MILLISECONDS 10

enum { OUTPUT, REPORT, START, N_PIPES };

typedef struct Pipes {
	int ends[N_PIPES][2]; /* read, write; -1: closed. All above the child's own descriptors */
	int null;
} Pipes;

static void
close_end(int *end)
{
	if (*end >= 0)
		close(*end);
	*end = -1;
}

static void
pipes_clear(Pipes *pipes)
{
	for (guint i = 0; i < N_PIPES; i++) {
		close_end(&pipes->ends[i][0]);
		close_end(&pipes->ends[i][1]);
	}
	close_end(&pipes->null);
}

/* So high that no dup2() in the child can hit one that is still needed. */
static gboolean
move_up(int *end)
{
	int moved = fcntl(*end, F_DUPFD_CLOEXEC, START_DESCRIPTOR + 6);

	close_end(end);
	*end = moved;
	return moved >= 0;
}

static gboolean
pipes_open(Pipes *pipes)
{
	memset(pipes, -1, sizeof *pipes);
	pipes->null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (pipes->null < 0 || !move_up(&pipes->null))
		return FALSE;
	for (guint i = 0; i < N_PIPES; i++) {
		if (pipe2(pipes->ends[i], O_CLOEXEC))
			return FALSE;
		if (!move_up(&pipes->ends[i][0]) || !move_up(&pipes->ends[i][1]))
			return FALSE;
		fcntl(pipes->ends[i][0], F_SETFL, O_NONBLOCK);
	}
	return TRUE;
}

/* Between fork and exec only what is safe in a signal handler may be called. */
G_GNUC_NORETURN static void
become_child(const ChildRequest *request, const Pipes *pipes, pid_t parent)
{
	struct sigaction standard = {.sa_handler = SIG_DFL};
	struct rlimit no_core = {0, 0};
	sigset_t none;
	int error;

	setsid();
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	for (int number = 1; number < NSIG; number++)
		sigaction(number, &standard, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	setrlimit(RLIMIT_CORE, &no_core);
	dup2(pipes->null, STDIN_FILENO);
	dup2(pipes->ends[OUTPUT][1], STDOUT_FILENO);
	dup2(pipes->ends[OUTPUT][1], STDERR_FILENO);
	if (request->wants_report)
		dup2(pipes->ends[REPORT][1], CHILD_REPORT_DESCRIPTOR);
	else
		close(CHILD_REPORT_DESCRIPTOR);
	dup3(pipes->ends[START][1], START_DESCRIPTOR, O_CLOEXEC);
	close_range(START_DESCRIPTOR + 1, ~0u, 0);
	execve(request->arguments[0], (char *const *)request->arguments,
	    (char *const *)request->environment);
	error = errno;
	if (write(START_DESCRIPTOR, &error, sizeof error) < 0)
		_exit(126);
	_exit(127);
}

/* Returns FALSE at the end of the stream. */
static gboolean
drain(int descriptor, GString *text, gsize most)
{
	char buffer[4096];
	ssize_t n;

	while ((n = read(descriptor, buffer, sizeof buffer)) > 0)
		if (text->len < most)
			g_string_append_len(text, buffer, (gssize)MIN((gsize)n, most - text->len));
	return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static gboolean
has_ended(pid_t child)
{
	siginfo_t info = {0};

	/* Not reaped yet: its number must stay taken until its session has been killed. */
	return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       info.si_pid == child;
}

static void
watch(pid_t child, Pipes *pipes, const ChildRequest *request, ChildResult *result)
{
	gint64 deadline = g_get_monotonic_time() + (gint64)request->milliseconds * 1000;
	int handle = pidfd_open(child, 0);

	while (!has_ended(child)) {
		gint64 left = (deadline - g_get_monotonic_time() + 999) / 1000;
		struct pollfd polled[] = {
		    {handle, POLLIN, 0},
		    {pipes->ends[OUTPUT][0], POLLIN, 0},
		    {pipes->ends[REPORT][0], POLLIN, 0},
		};

		if (left <= 0) {
			result->timed_out = TRUE;
			break;
		}
		if (handle < 0)
			left = MIN(left, WITHOUT_PIDFD_MILLISECONDS);
		if (poll(polled, G_N_ELEMENTS(polled), (int)left) <= 0)
			continue;
		if (polled[1].revents && !drain(polled[1].fd, result->output, MOST_OUTPUT))
			close_end(&pipes->ends[OUTPUT][0]);
		if (polled[2].revents && !drain(polled[2].fd, result->report, MOST_REPORT))
			close_end(&pipes->ends[REPORT][0]);
	}
	close_end(&handle);
}

static void
finish(pid_t child, Pipes *pipes, ChildResult *result)
{
	int status = 0;

	if (kill(-child, SIGKILL))
		kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	if (pipes->ends[OUTPUT][0] >= 0)
		drain(pipes->ends[OUTPUT][0], result->output, MOST_OUTPUT);
	if (pipes->ends[REPORT][0] >= 0)
		drain(pipes->ends[REPORT][0], result->report, MOST_REPORT);
	result->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	result->exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

static gboolean
set_error(GError **error, const char *program, int code)
{
	g_set_error(error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, "%s could not be started: %s",
	    program, g_strerror(code));
	return FALSE;
}

gboolean
child_run(const ChildRequest *request, ChildResult *ret_result, GError **error)
{
	ChildResult result = {.output = g_string_new(NULL), .report = g_string_new(NULL)};
	pid_t parent = getpid();
	Pipes pipes;
	pid_t child = -1;
	int failure = 0;

	if (!pipes_open(&pipes) || (child = fork()) < 0) {
		failure = errno;
		pipes_clear(&pipes);
		child_result_clear(&result);
		return set_error(error, request->arguments[0], failure);
	}
	if (child == 0)
		become_child(request, &pipes, parent);
	for (guint i = 0; i < N_PIPES; i++)
		close_end(&pipes.ends[i][1]);
	watch(child, &pipes, request, &result);
	finish(child, &pipes, &result);
	if (read(pipes.ends[START][0], &failure, sizeof failure) != sizeof failure)
		failure = 0;
	pipes_clear(&pipes);
	if (failure) {
		child_result_clear(&result);
		return set_error(error, request->arguments[0], failure);
	}
	*ret_result = result;
	return TRUE;
}

void
child_result_clear(ChildResult *result)
{
	if (result->output)
		g_string_free(result->output, TRUE);
	if (result->report)
		g_string_free(result->report, TRUE);
	*result = (ChildResult){0};
}

char **
child_environment(void)
{
	static const char *const removed[] = {
	    "LD_PRELOAD",
	    "LD_AUDIT",
	    "LD_DEBUG",
	    "LD_DEBUG_OUTPUT",
	    "LD_BIND_NOW",
	    "LD_PROFILE",
	    "LD_SHOW_AUXV",
	    "LD_TRACE_LOADED_OBJECTS",
	    "LD_VERBOSE",
	    "LD_WARN",
	    "DISPLAY",
	    "WAYLAND_DISPLAY",
	    "XAUTHORITY",
	    "DBUS_SESSION_BUS_ADDRESS",
	};
	char **environment = g_get_environ();

	for (guint i = 0; i < G_N_ELEMENTS(removed); i++)
		environment = g_environ_unsetenv(environment, removed[i]);
	return environment;
}

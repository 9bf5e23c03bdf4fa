/* SPDX-License-Identifier: MIT */
#include "load_server.h"

#include <errno.h>
#include <glib.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND INT64_C(1000000000)
#define PATIENCE (10 * SECOND)

int64_t
load_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND + now.tv_nsec;
}

static void
pause_shortly(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
}

static bool
accepts(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool connected = connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0;

	close(fd);
	return connected;
}

static G_GNUC_NORETURN void
become(char **command)
{
	const char *log = g_getenv("LOAD_SERVER_LOG");

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!freopen(log ? log : "/dev/null", "a", stderr) || !freopen("/dev/null", "r", stdin))
		_exit(126);
	dup2(STDERR_FILENO, STDOUT_FILENO);
	execvp(command[0], command);
	_exit(127);
}

bool
load_server_start(LoadServer *server, char **command, uint16_t port)
{
	int64_t begin = load_now();
	int status;

	*server = (LoadServer){.port = port};
	if (accepts(port)) {
		fprintf(stderr, "bench_load: port %u is in use already\n", port);
		return false;
	}
	server->pid = fork();
	if (server->pid == 0)
		become(command);
	while (!accepts(port)) {
		if (waitpid(server->pid, &status, WNOHANG) == server->pid ||
		    load_now() - begin > PATIENCE) {
			fprintf(stderr, "bench_load: %s does not accept on port %u\n", command[0],
			    port);
			kill(server->pid, SIGKILL);
			return false;
		}
		pause_shortly();
	}
	server->start_time = load_now() - begin;
	if (clock_getcpuclockid(server->pid, &server->cpu_clock)) {
		fprintf(stderr, "bench_load: no CPU clock for process %d\n", server->pid);
		return false;
	}
	return true;
}

bool
load_server_stop(LoadServer *server)
{
	int64_t begin = load_now();
	int status = 0;

	kill(server->pid, SIGTERM);
	while (waitpid(server->pid, &status, WNOHANG) == 0) {
		if (load_now() - begin > PATIENCE) {
			fprintf(stderr, "bench_load: the server ignores SIGTERM\n");
			kill(server->pid, SIGKILL);
			waitpid(server->pid, &status, 0);
			return false;
		}
		pause_shortly();
	}
	server->stop_time = load_now() - begin;
	if ((WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM) ||
	    (WIFEXITED(status) && WEXITSTATUS(status))) {
		fprintf(stderr, "bench_load: the server ended with wait status %#x\n",
		    (unsigned)status);
		return false;
	}
	return true;
}

int64_t
load_server_cpu(const LoadServer *server)
{
	struct timespec used = {0};

	if (clock_gettime(server->cpu_clock, &used))
		g_error("the server died");
	return used.tv_sec * SECOND + used.tv_nsec;
}

int64_t
load_server_state_cpu(const LoadServer *server)
{
	g_autofree char *path =
	    g_strdup_printf("/proc/%d/task/%d/schedstat", (int)server->pid, (int)server->pid);
	g_autofree char *text = NULL;

	/* proc(5): nanoseconds on a processor, then waiting for one. */
	return g_file_get_contents(path, &text, NULL, NULL) ? g_ascii_strtoll(text, NULL, 10) : 0;
}

int64_t
load_server_memory(const LoadServer *server)
{
	g_autofree char *path = g_strdup_printf("/proc/%d/statm", server->pid);
	g_autofree char *text = NULL;
	long total, resident;

	if (!g_file_get_contents(path, &text, NULL, NULL) ||
	    sscanf(text, "%ld %ld", &total, &resident) != 2)
		g_error("%s cannot be read", path);
	return (int64_t)resident * sysconf(_SC_PAGESIZE);
}

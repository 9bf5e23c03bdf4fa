/* SPDX-License-Identifier: MIT */
#include "net/listener.h"

#include "loop_fixture.h"
#include "net/listen_socket.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static void
test_accept_and_talk(void)
{
	LoopFixture fixture;
	g_autoptr(GString) got = g_string_new(NULL);
	uint16_t port;
	int client;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	fixture.echo = true;
	port = fixture_listen(&fixture, NULL);
	client = fixture_connect(port);
	g_assert_cmpint(send(client, "hello\r\nwor", 10, 0), ==, 10);
	FIXTURE_UNTIL(&fixture, fixture_receive(client, got) && got->len == 6);
	g_assert_cmpint(send(client, "ld\r\n", 4, 0), ==, 4);
	FIXTURE_UNTIL(&fixture, fixture_receive(client, got) && got->len == 12);
	g_assert_cmpstr(got->str, ==, "hello\nworld\n");
	g_assert_cmpuint(fixture_conn(&fixture, 0)->info.listener, ==, 7);
	g_assert_cmpuint(fixture_conn(&fixture, 0)->info.local_port, ==, port);
	g_assert_cmpstr(fixture_conn(&fixture, 0)->info.address, ==, "127.0.0.1");
	close(client);
	FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	g_assert_cmpint(fixture_conn(&fixture, 0)->reason, ==, CLOSE_PEER);
	fixture_clear(&fixture);
}

/* The last line arrives although the peer sent what nobody reads any more. */
static void
test_close_with_unread_input(void)
{
	LoopFixture fixture;
	g_autoptr(GString) got = g_string_new(NULL);
	g_autofree char *flood = g_strnfill(100000, 'x');
	int client;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	client = fixture_connect(fixture_listen(&fixture, NULL));
	FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == 1);
	fixture_deliver(&fixture, 0, DELIVERY_LIMITS, 1000, NULL);
	fixture_turns(&fixture, 2);
	g_assert_cmpint(send(client, flood, 100000, 0), >, 0);
	fixture_deliver(&fixture, 0, DELIVERY_CLOSE, CLOSE_KILLED, "ERROR :bye\r\n");
	FIXTURE_UNTIL(&fixture, !fixture_receive(client, got));
	g_assert_cmpstr(got->str, ==, "ERROR :bye\r\n");
	FIXTURE_UNTIL(&fixture, fixture_is_closed(&fixture, 0));
	close(client);
	FIXTURE_UNTIL(&fixture, io_stats_get(&io_loop_stats(fixture.loop)->connections) == 0);
	fixture_clear(&fixture);
}

static void
test_unix_credentials(void)
{
	LoopFixture fixture;
	g_autofree char *directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(directory, "socket", NULL);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	IoListen listen = {.id = 9};
	const ConnInfo *info;
	gid_t groups[CONN_GROUPS_MAX];
	int client, n_groups = getgroups(CONN_GROUPS_MAX, groups);

	fixture_init(&fixture, &fixture_profile, NULL, false);
	listen.descriptor = listen_socket_unix(path, 0660, (gid_t)-1, 16, NULL);
	g_assert_cmpint(listen.descriptor, >=, 0);
	io_loop_listen(fixture.loop, &listen);
	g_strlcpy(address.sun_path, path, sizeof address.sun_path);
	client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	g_assert_cmpint(connect(client, (struct sockaddr *)&address, sizeof address), ==, 0);
	FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == 1);
	info = &fixture_conn(&fixture, 0)->info;
	g_assert_true(info->unix_socket);
	g_assert_cmpuint(info->uid, ==, getuid());
	g_assert_cmpuint(info->gid, ==, getgid());
	g_assert_cmpint(info->pid, ==, getpid());
	g_assert_cmpuint(info->n_groups, ==, n_groups);
	g_assert_cmpmem(
	    info->groups, info->n_groups * sizeof(gid_t), groups, (size_t)n_groups * sizeof(gid_t));
	g_assert_cmpstr(info->address, ==, "");
	close(client);
	fixture_clear(&fixture);
	g_unlink(path);
	g_rmdir(directory);
}

static void
test_unlisten(void)
{
	LoopFixture fixture;
	g_autoptr(GString) got = g_string_new(NULL);
	uint16_t port;
	int client, again;
	g_autoptr(GError) error = NULL;

	fixture_init(&fixture, &fixture_profile, NULL, false);
	fixture.echo = true;
	port = fixture_listen(&fixture, NULL);
	client = fixture_connect(port);
	FIXTURE_UNTIL(&fixture, fixture_count(&fixture) == 1);
	io_loop_unlisten(fixture.loop, 7);
	fixture_turns(&fixture, 2);
	again = listen_socket_tcp("127.0.0.1", port, false, 1, &error);
	g_assert_no_error(error);
	close(again);
	g_assert_cmpint(send(client, "still\n", 6, 0), ==, 6);
	FIXTURE_UNTIL(&fixture, fixture_receive(client, got) && got->len == 6);
	close(client);
	fixture_clear(&fixture);
}

#define STARVED_CLIENTS 12

typedef struct Starved {
	LoopFixture fixture;
	int clients[STARVED_CLIENTS];
	struct rlimit before;
	GString *got[STARVED_CLIENTS];
} Starved;

/* Clients have their descriptors before the limit falls; the service then has `room` more. */
static void
starve(Starved *starved, unsigned room)
{
	struct sockaddr_storage address;
	socklen_t size = sizeof address;
	struct rlimit lowered;
	IoListen listen = {.id = 7};
	int next;

	fixture_init(&starved->fixture, &fixture_profile, NULL, false);
	starved->fixture.echo = true;
	listen.descriptor = listen_socket_tcp("127.0.0.1", 0, false, 64, NULL);
	g_assert_cmpint(getsockname(listen.descriptor, (struct sockaddr *)&address, &size), ==, 0);
	io_loop_listen(starved->fixture.loop, &listen);
	fixture_turns(&starved->fixture, 2);
	for (int i = 0; i < STARVED_CLIENTS; i++) {
		starved->clients[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		starved->got[i] = g_string_new(NULL);
	}
	next = fcntl(STDIN_FILENO, F_DUPFD, 3);
	close(next);
	g_assert_cmpint(getrlimit(RLIMIT_NOFILE, &starved->before), ==, 0);
	lowered = starved->before;
	lowered.rlim_cur = (rlim_t)next + room;
	g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &lowered), ==, 0);
	for (int i = 0; i < STARVED_CLIENTS; i++) {
		g_assert_cmpint(
		    connect(starved->clients[i], (struct sockaddr *)&address, size), ==, 0);
		fcntl(starved->clients[i], F_SETFL, O_NONBLOCK);
	}
}

static void
starved_clear(Starved *starved)
{
	setrlimit(RLIMIT_NOFILE, &starved->before);
	for (int i = 0; i < STARVED_CLIENTS; i++) {
		if (starved->clients[i] >= 0)
			close(starved->clients[i]);
		g_string_free(starved->got[i], TRUE);
	}
	fixture_clear(&starved->fixture);
}

static unsigned
count_told(Starved *starved)
{
	unsigned told = 0;

	for (int i = 0; i < STARVED_CLIENTS; i++) {
		fixture_receive(starved->clients[i], starved->got[i]);
		told += strcmp(starved->got[i]->str, fixture_profile.no_descriptor) == 0;
	}
	return told;
}

static void
test_out_of_descriptors(void)
{
	Starved starved;
	const IoStats *stats;
	gint64 began, wall;
	clock_t cpu_began;
	double cpu;

	starve(&starved, 3);
	stats = io_loop_stats(starved.fixture.loop);
	FIXTURE_UNTIL(&starved.fixture, io_stats_get(&stats->descriptor_pauses) == 1);
	g_assert_cmpuint(fixture_count(&starved.fixture), ==, 3);

	began = g_get_monotonic_time();
	cpu_began = clock();
	do
		fixture_wait(&starved.fixture);
	while (g_get_monotonic_time() - began < 1200 * 1000);
	cpu = (double)(clock() - cpu_began) / CLOCKS_PER_SEC;
	wall = g_get_monotonic_time() - began;
	g_assert_cmpfloat(cpu, <, 0.02 * (double)wall / G_USEC_PER_SEC);
	g_assert_cmpuint(starved.fixture.n_logged, ==, 1);
	g_assert_cmpuint(io_stats_get(&stats->descriptor_pauses), <=, 8);
	g_assert_cmpuint(
	    count_told(&starved), ==, io_stats_get(&stats->closed[CLOSE_OUT_OF_DESCRIPTORS]));
	g_assert_cmpuint(count_told(&starved), >=, 4);

	/* Those already on are served meanwhile. */
	g_assert_cmpint(send(starved.clients[0], "PING\n", 5, 0), ==, 5);
	FIXTURE_UNTIL(&starved.fixture,
	    fixture_receive(starved.clients[0], starved.got[0]) && starved.got[0]->len == 5);

	/* One leaves: the next is taken at once. */
	began = g_get_monotonic_time();
	close(starved.clients[1]);
	starved.clients[1] = -1;
	FIXTURE_UNTIL(&starved.fixture, fixture_count(&starved.fixture) >= 4);
	g_assert_cmpint(g_get_monotonic_time() - began, <, G_USEC_PER_SEC);
	starved_clear(&starved);
}

/* A descriptor that somebody else gave back is found without a close of ours. */
static void
test_descriptor_freed_elsewhere(void)
{
	Starved starved;
	gint64 began;

	starve(&starved, 2);
	FIXTURE_UNTIL(&starved.fixture,
	    io_stats_get(&io_loop_stats(starved.fixture.loop)->descriptor_pauses) == 1);
	g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &starved.before), ==, 0);
	began = g_get_monotonic_time();
	FIXTURE_UNTIL(&starved.fixture,
	    fixture_count(&starved.fixture) +
		    io_stats_get(
			&io_loop_stats(starved.fixture.loop)->closed[CLOSE_OUT_OF_DESCRIPTORS]) ==
		STARVED_CLIENTS);
	g_assert_cmpint(g_get_monotonic_time() - began, <, G_USEC_PER_SEC);
	starved_clear(&starved);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/listener/accept-and-talk", test_accept_and_talk);
	g_test_add_func("/listener/close-with-unread-input", test_close_with_unread_input);
	g_test_add_func("/listener/unix-credentials", test_unix_credentials);
	g_test_add_func("/listener/unlisten", test_unlisten);
	g_test_add_func("/listener/out-of-descriptors", test_out_of_descriptors);
	g_test_add_func("/listener/descriptor-freed-elsewhere", test_descriptor_freed_elsewhere);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/*
 * One scenario against one server; prints what it cost as a line of JSON.
 * Usage: bench_load SCENARIO PORT COMMAND [ARGUMENT...]
 */
#include "load_clients.h"
#include "load_server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define PADDING "the quick brown fox jumps over the lazy dog and then sleeps"

typedef struct Scenario Scenario;
struct Scenario {
	const char *name;
	void (*run)(const Scenario *scenario, const LoadServer *server);
	unsigned clients;
	unsigned channels;
	unsigned senders; /* per channel, at most LOAD_SLOTS */
	unsigned burst;   /* lines of one sender in one write */
	unsigned rounds;
};

static void
report(const Scenario *scenario, const char *unit, uint64_t units, int64_t cpu, int64_t wall)
{
	printf("{\"scenario\": \"%s\", \"unit\": \"%s\", \"units\": %" G_GUINT64_FORMAT
	       ", \"cpu_ns_per_unit\": %.2f, \"wall_ms\": %.2f",
	    scenario->name, unit, units, (double)cpu / (double)units, (double)wall / 1e6);
}

/* The same of the state thread alone, on the same line. */
static void
report_state(uint64_t units, int64_t cpu)
{
	printf(", \"state_ns_per_unit\": %.2f", (double)cpu / (double)units);
}

static void
send_burst(
    LoadClients *clients, const Scenario *scenario, unsigned channel, unsigned slot, unsigned first)
{
	LoadClient *sender = &clients->all[channel + slot * scenario->channels];
	g_autoptr(GString) text = g_string_sized_new(128 * scenario->burst);

	for (unsigned i = 0; i < scenario->burst; i++)
		g_string_append_printf(
		    text, "PRIVMSG #bench%u :%u %u " PADDING "\r\n", channel, slot, first + i);
	if (clients->sent_at)
		clients->sent_at[first] = load_now();
	/* The sender gets no copy, so its own slot counts what it sends. */
	sender->expected[slot] += scenario->burst;
	load_client_send(clients, sender, text->str, text->len);
}

/* Every sender of every channel sends its burst; returns when all of it has come to everybody. */
static uint64_t
round_of_talk(LoadClients *clients, const Scenario *scenario, unsigned round)
{
	unsigned members = scenario->clients / scenario->channels;
	uint64_t lines = (uint64_t)scenario->channels * scenario->senders * scenario->burst;
	uint64_t deliveries = lines * (members - 1), target = clients->delivered + deliveries;

	for (unsigned channel = 0; channel < scenario->channels; channel++) {
		for (unsigned slot = 0; slot < scenario->senders; slot++)
			send_burst(clients, scenario, channel, slot, round * scenario->burst);
	}
	load_clients_wait(clients, &clients->delivered, target, "deliveries");
	return deliveries;
}

static void
run_fan_out(const Scenario *scenario, const LoadServer *server)
{
	unsigned warm_up = scenario->rounds / 10;
	uint64_t delivered = 0;
	int64_t cpu = 0, state = 0, begin = 0;
	LoadClients clients;

	load_clients_connect(&clients, server->port, scenario->clients, 200);
	load_clients_join(&clients, scenario->channels);
	for (unsigned round = 0; round < warm_up + scenario->rounds; round++) {
		if (round == warm_up) {
			delivered = 0;
			cpu = load_server_cpu(server);
			state = load_server_state_cpu(server);
			begin = load_now();
		}
		delivered += round_of_talk(&clients, scenario, round);
	}
	cpu = load_server_cpu(server) - cpu;
	state = load_server_state_cpu(server) - state;
	report(scenario, "delivered line", delivered, cpu, load_now() - begin);
	report_state(delivered, state);
	load_clients_close(&clients);
}

/* A line of every channel's first member each 10 ms, whatever has come back meanwhile: two members
 * each, so that what a line costs besides its delivery shows. All of them must be told, however
 * slow the disk is. */
static void
run_paced(const Scenario *scenario, const LoadServer *server)
{
	const int64_t interval = 10 * INT64_C(1000000);
	uint64_t due = (uint64_t)scenario->rounds * scenario->channels;
	int64_t cpu, state, begin;
	LoadClients clients;

	load_clients_connect(&clients, server->port, scenario->clients, 200);
	load_clients_join(&clients, scenario->channels);
	cpu = load_server_cpu(server);
	state = load_server_state_cpu(server);
	begin = load_now();
	for (unsigned round = 0; round < scenario->rounds; round++) {
		load_clients_run(&clients, begin + (int64_t)round * interval);
		for (unsigned channel = 0; channel < scenario->channels; channel++)
			send_burst(&clients, scenario, channel, 0, round);
	}
	load_clients_wait(&clients, &clients.delivered, due, "deliveries");
	cpu = load_server_cpu(server) - cpu;
	state = load_server_state_cpu(server) - state;
	report(scenario, "line", due, cpu, load_now() - begin);
	report_state(due, state);
	printf(", \"lines\": %" G_GUINT64_FORMAT, due);
	load_clients_close(&clients);
}

static int
compare_times(const void *a, const void *b)
{
	gint64 first = *(const gint64 *)a, second = *(const gint64 *)b;

	return first < second ? -1 : first > second;
}

/* One line every 10 ms, of one sender, whatever has come back meanwhile. */
static void
run_latency(const Scenario *scenario, const LoadServer *server)
{
	const int64_t interval = 10 * INT64_C(1000000);
	uint64_t due = (uint64_t)scenario->rounds * (scenario->clients - 1);
	int64_t cpu, begin;
	LoadClients clients;
	GArray *taken;

	load_clients_connect(&clients, server->port, scenario->clients, 200);
	load_clients_join(&clients, 1);
	taken = clients.latencies = g_array_sized_new(FALSE, FALSE, sizeof(gint64), (guint)due);
	clients.sent_at = g_new0(int64_t, scenario->rounds);
	cpu = load_server_cpu(server);
	begin = load_now();
	for (unsigned round = 0; round < scenario->rounds; round++) {
		load_clients_run(&clients, begin + (int64_t)round * interval);
		send_burst(&clients, scenario, 0, 0, round);
	}
	load_clients_wait(&clients, &clients.delivered, due, "deliveries");
	cpu = load_server_cpu(server) - cpu;
	qsort(taken->data, taken->len, sizeof(gint64), compare_times);
	report(scenario, "delivered line", due, cpu, load_now() - begin);
	printf(", \"p50_us\": %.1f, \"p99_us\": %.1f, \"longest_us\": %.1f",
	    (double)g_array_index(taken, gint64, taken->len / 2) / 1e3,
	    (double)g_array_index(taken, gint64, taken->len * 99 / 100) / 1e3,
	    (double)g_array_index(taken, gint64, taken->len - 1) / 1e3);
	load_clients_close(&clients);
}

/* All clients join one channel at once; the k-th of n sees k's to n's join: n(n+1)/2 lines. */
static void
run_joins(const Scenario *scenario, const LoadServer *server)
{
	uint64_t count = scenario->clients;
	int64_t cpu, begin;
	LoadClients clients;

	load_clients_connect(&clients, server->port, scenario->clients, 200);
	load_clients_barrier(&clients);
	cpu = load_server_cpu(server);
	begin = load_now();
	for (unsigned i = 0; i < scenario->clients; i++)
		load_client_send(&clients, &clients.all[i], "JOIN #bench0\r\n", 14);
	load_clients_wait(&clients, &clients.joins, count * (count + 1) / 2, "lines of JOIN");
	cpu = load_server_cpu(server) - cpu;
	report(scenario, "join", count, cpu, load_now() - begin);
	load_clients_close(&clients);
}

static void
run_registrations(const Scenario *scenario, const LoadServer *server)
{
	int64_t cpu = load_server_cpu(server), begin = load_now();
	LoadClients clients;

	load_clients_connect(&clients, server->port, scenario->clients, 500);
	cpu = load_server_cpu(server) - cpu;
	report(scenario, "client", scenario->clients, cpu, load_now() - begin);
	load_clients_close(&clients);
}

static void
run_idle_memory(const Scenario *scenario, const LoadServer *server)
{
	int64_t before = load_server_memory(server), cpu = load_server_cpu(server);
	int64_t begin = load_now();
	LoadClients clients;

	load_clients_connect(&clients, server->port, scenario->clients, 100);
	load_clients_join(&clients, scenario->channels);
	report(scenario, "client", scenario->clients, load_server_cpu(server) - cpu,
	    load_now() - begin);
	printf(", \"bytes_per_client\": %.1f",
	    (double)(load_server_memory(server) - before) / scenario->clients);
	load_clients_close(&clients);
}

/* A question about a full channel, one after the other, by one of its members. */
static void
ask(const Scenario *scenario, const LoadServer *server, const char *question)
{
	LoadClients clients;
	int64_t cpu, begin;

	load_clients_connect(&clients, server->port, scenario->clients, 200);
	load_clients_join(&clients, 1);
	cpu = load_server_cpu(server);
	begin = load_now();
	for (unsigned round = 0; round < scenario->rounds; round++) {
		uint64_t target = clients.ends + 1;

		load_client_send(&clients, &clients.all[0], question, strlen(question));
		load_clients_wait(&clients, &clients.ends, target, question);
	}
	cpu = load_server_cpu(server) - cpu;
	report(scenario, "answer", scenario->rounds, cpu, load_now() - begin);
	load_clients_close(&clients);
}

static void
run_names(const Scenario *scenario, const LoadServer *server)
{
	ask(scenario, server, "NAMES #bench0\r\n");
}

static void
run_who(const Scenario *scenario, const LoadServer *server)
{
	ask(scenario, server, "WHO #bench0\r\n");
}

/* name, function, clients, channels, senders per channel, lines per write, rounds */
static const Scenario scenarios[] = {
    {"fan-out-2000-in-20", run_fan_out, 2000, 20, 1, 5, 80},
    {"fan-out-200-in-1", run_fan_out, 200, 1, 4, 5, 250},
    {"one-line-at-a-time", run_fan_out, 200, 1, 1, 1, 800},
    {"talk-20000-lines-a-second", run_paced, 400, 200, 1, 1, 600},
    {"latency-100-lines", run_latency, 200, 1, 1, 1, 300},
    {"joins-1000", run_joins, 1000, 1, 0, 0, 1},
    {"register-5000", run_registrations, 5000, 0, 0, 0, 1},
    {"idle-10000", run_idle_memory, 10000, 100, 0, 0, 1},
    {"names-1000", run_names, 1000, 1, 0, 0, 200},
    {"who-1000", run_who, 1000, 1, 0, 0, 50},
};

static const Scenario *
find_scenario(const char *name)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(scenarios); i++) {
		if (strcmp(scenarios[i].name, name) == 0)
			return &scenarios[i];
	}
	return NULL;
}

static int
usage(void)
{
	fprintf(stderr, "usage: bench_load SCENARIO PORT COMMAND [ARGUMENT...]\nscenarios:");
	for (unsigned i = 0; i < G_N_ELEMENTS(scenarios); i++)
		fprintf(stderr, " %s", scenarios[i].name);
	fputc('\n', stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	const Scenario *scenario = argc > 3 ? find_scenario(argv[1]) : NULL;
	int port = argc > 3 ? atoi(argv[2]) : 0;
	struct rlimit limit;
	LoadServer server;

	if (!scenario || port < 1 || port > 65535)
		return usage();
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	if (!load_server_start(&server, argv + 3, (uint16_t)port))
		return 1;
	scenario->run(scenario, &server);
	if (!load_server_stop(&server))
		return 1;
	printf(", \"start_ms\": %.2f, \"stop_ms\": %.2f}\n", (double)server.start_time / 1e6,
	    (double)server.stop_time / 1e6);
	return 0;
}

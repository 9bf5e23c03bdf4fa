/* SPDX-License-Identifier: MIT */
#include "server_private.h"
#include "state_key.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTORS "/proc/self/fd"

static uint64_t
resident_bytes(void)
{
	g_autofree char *text = NULL;
	unsigned long long size, resident;

	/* proc(5), statm: pages in all, pages resident */
	if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL) ||
	    sscanf(text, "%llu %llu", &size, &resident) != 2)
		return 0;
	return resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

static unsigned
descriptors_limit(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? (unsigned)MIN(limit.rlim_cur, G_MAXUINT) : 0;
}

/* Linux tells the number as the size of the directory since 6.2; before that it is counted. */
static unsigned
descriptors_used(void)
{
	struct stat facts;
	unsigned used = 0;
	DIR *directory;

	if (stat(DESCRIPTORS, &facts) == 0 && facts.st_size > 0)
		return (unsigned)facts.st_size;
	directory = opendir(DESCRIPTORS);
	if (!directory)
		return 0;
	while (readdir(directory))
		used++;
	closedir(directory);
	/* Less ".", ".." and the directory itself. */
	return used - 3;
}

static uint64_t
sum(const Server *server, size_t offset)
{
	uint64_t total = 0;

	/* Asked while the server is being built, there are no loops yet. */
	for (unsigned i = 0; server->loops && i < server->n_loops; i++) {
		const char *stats = (const char *)io_loop_stats(server->loops[i]);

		total += io_stats_get((const _Atomic uint64_t *)(const void *)(stats + offset));
	}
	return total;
}

static void
fill_listeners(Server *server, HostStatus *status)
{
	if (!server->status_listeners)
		server->status_listeners = g_array_new(FALSE, TRUE, sizeof(HostListener));
	g_array_set_size(server->status_listeners, 0);
	for (unsigned i = 0; server->listeners && i < listeners_count(server->listeners); i++) {
		ListenerState state;
		HostListener row;

		listeners_state(server->listeners, i, &state);
		row = (HostListener){
		    .name = state.name,
		    .address = state.address,
		    .port = state.port,
		    .kind = state.kind,
		    .tls = state.tls,
		    .state = state.error ? "failed" : "open",
		    .error = state.error,
		    .connections = gate_listener_connections(server->gate, state.id),
		};
		g_array_append_val(server->status_listeners, row);
	}
	status->listeners = (HostListener *)(void *)server->status_listeners->data;
	status->n_listeners = server->status_listeners->len;
}

static void
fill_database(Server *server, HostStatus *status)
{
	g_clear_pointer(&server->status_database, g_free);
	status->database_path = server->database_path;
	status->database_state = "ok";
	if (!server->store)
		status->database_state = "nothing is stored: there is no state directory";
	else if (store_is_failing(server->store, &server->status_database) ||
		 (server->history && history_is_failing(server->history, &server->status_database)))
		status->database_state = server->status_database;
}

static const HostStatus *
host_status(Host *host)
{
	Server *server = host->data;
	HostStatus *status = &server->status;

	*status = (HostStatus){
	    .memory_bytes = resident_bytes(),
	    .descriptors_used = descriptors_used(),
	    .descriptors_limit = descriptors_limit(),
	    .io_threads = server->n_loops - 1,
	    .turn_longest = server->turn_longest,
	    .bytes_in = sum(server, offsetof(IoStats, bytes_in)),
	    .bytes_out = sum(server, offsetof(IoStats, bytes_out)),
	    .lines_in = sum(server, offsetof(IoStats, lines_in)),
	    .lines_out = sum(server, offsetof(IoStats, lines_out)),
	    .closed = server->status_closed,
	    .config_path = server->config_path,
	};
	for (unsigned i = 0; i < CLOSE_REASONS; i++)
		server->status_closed[i] =
		    sum(server, offsetof(IoStats, closed) + i * sizeof(uint64_t));
	fill_listeners(server, status);
	fill_database(server, status);
	return status;
}

static bool
host_reload(Host *host, const char *who, void (*done)(void *data, const HostReload *reload),
    void *done_data)
{
	return server_reload(host->data, who, done, done_data);
}

static void
host_stop(Host *host, const char *reason)
{
	server_stop(host->data, reason);
}

static void
host_resume(
    Host *host, Handle session, const char *label, HostContinuation go_on, const void *answer)
{
	Server *server = host->data;

	if (server->gate)
		gate_continue(server->gate, session, label, go_on, answer);
}

static void
host_tell(Host *host, Handle session, HostContinuation tell, const void *data)
{
	Server *server = host->data;

	if (server->gate)
		gate_tell(server->gate, session, tell, data);
}

static void
host_as_service(Host *host, HostContinuation go_on, const void *data)
{
	Ctx ctx = server_ctx(host->data);

	go_on(&ctx, data);
}

static void
host_show_channel(Host *host, Handle session, const Channel *channel)
{
	Server *server = host->data;

	if (server->gate)
		gate_show_channel(server->gate, session, channel);
}

static bool
host_traffic(
    Host *host, unsigned loop, uint32_t from, uint32_t most, HostTrafficThen then, void *data)
{
	Server *server = host->data;
	TrafficQuestion question = {.from = from, .most = most};

	if (loop >= server->n_loops || !server->gate)
		return false;
	question.id = gate_ask_traffic(server->gate, then, data);
	io_loop_count(server->loops[loop], &question);
	return true;
}

static void
host_when_read(Host *host, Handle session, HostReadThen then, void *data)
{
	Server *server = host->data;

	gate_when_read(server->gate, session, then, data);
}

static void
host_country(Host *host, const char *address, char ret_country[static COUNTRY_SIZE])
{
	const Server *server = host->data;

	country_find(server->countries, address, ret_country);
}

static bool
host_decoy_key(Host *host, unsigned char *ret_key, size_t size)
{
	const Server *server = host->data;

	g_assert(size == STATE_KEY_SIZE);
	if (!server->state_dir)
		return false;
	state_key_load(
	    server->state_dir, "decoy.key", server->options.random, server->options.log, ret_key);
	return true;
}

void
server_offer_countries(Server *server)
{
	server->host.country = server->countries ? host_country : NULL;
}

void
server_fill_host(Server *server)
{
	server->host = (Host){
	    .data = server,
	    .pool = server->pool,
	    .reload = host_reload,
	    .resume = host_resume,
	    .tell = host_tell,
	    .as_service = host_as_service,
	    .show_channel = host_show_channel,
	    .stop = host_stop,
	    .status = host_status,
	    .decoy_key = host_decoy_key,
	    .traffic = host_traffic,
	    .when_read = host_when_read,
	};
	server_offer_countries(server);
}

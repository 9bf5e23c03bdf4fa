/* SPDX-License-Identifier: MIT */
#include "harness.h"

#include "domain/community.h"
#include "memory_transport.h"
#include "server_private.h"
#include "settings/keyfile.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

#define START_OF_TIME (INT64_C(1500000000) * CLOCK_SECOND)
#define PATIENCE (20 * G_USEC_PER_SEC)

/* Loops on threads of their own read the clock while the test moves it. */
typedef struct SharedClock {
	Clock clock; /* first: the server holds a pointer to it */
	_Atomic int64_t moved;
} SharedClock;

typedef struct Connection {
	MemoryPeer *peer;
	GString *received; /* what has come and was not taken */
} Connection;

struct Harness {
	SharedClock clock;
	Random random;
	Log *log;
	Server *server;
	GArray *connections; /* of Connection */
	char *folder;
};

static int64_t
shared_wall(const Clock *clock)
{
	return START_OF_TIME + ((const SharedClock *)clock)->moved;
}

static int64_t
shared_monotonic(const Clock *clock)
{
	return CLOCK_SECOND + ((const SharedClock *)clock)->moved;
}

static bool
write_file(const Harness *harness, const char *name, const char *text, GError **error)
{
	g_autofree char *path = g_build_filename(harness->folder, name, NULL);
	g_autofree char *parent = g_path_get_dirname(path);

	g_mkdir_with_parents(parent, 0700);
	return g_file_set_contents(path, text, -1, error);
}

/* Its own settings stand in the file, the test's beside it, so that sections may meet. */
static bool
write_settings(const Harness *harness, const char *settings, GError **error)
{
	static const char own[] = "[limits]\nflood_burst = 10000\nflood_rate = 10000\n";

	return write_file(harness, "chatd.conf", strstr(settings, "flood_") ? "" : own, error) &&
	       write_file(harness, "conf.d/50-test.conf", settings, error);
}

Harness *
harness_new(const char *settings, int io_threads, GError **error)
{
	g_autoptr(Harness) harness = g_new0(Harness, 1);
	g_autofree char *config = NULL;
	g_autofree char *state = NULL;
	ServerOptions options = {.no_listeners = true, .io_threads = io_threads};

	harness->clock.clock = (Clock){.wall = shared_wall, .monotonic = shared_monotonic};
	harness->random = random_seeded(1);
	harness->connections = g_array_new(FALSE, FALSE, sizeof(Connection));
	harness->log = log_new(&harness->clock.clock);
	if (g_getenv("CHAT_TEST_LOG"))
		log_add_sink(harness->log, LOG_LEVEL_DEBUG, log_sink_stderr, NULL);
	harness->folder = g_dir_make_tmp("chat-harness-XXXXXX", error);
	if (!harness->folder || !write_settings(harness, settings, error))
		return NULL;
	config = g_build_filename(harness->folder, "chatd.conf", NULL);
	options.clock = &harness->clock.clock;
	options.random = &harness->random;
	options.log = harness->log;
	options.config_path = config;
	/* Who sets something of the history wants one; others run without a disk. */
	if (strstr(settings, "[history]")) {
		state = g_build_filename(harness->folder, "state", NULL);
		options.state_dir = state;
	}
	harness->server = server_new(&options, error);
	if (!harness->server)
		return NULL;
	return g_steal_pointer(&harness);
}

static void
remove_folder(const char *folder)
{
	static const char *const names[] = {"conf.d/50-test.conf", "conf.d", "chatd.conf",
	    "state/chatd.db", "state/history.db", "state", "."};

	for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(folder, names[i], NULL);

		g_remove(path);
	}
	g_rmdir(folder);
}

void
harness_free(Harness *harness)
{
	if (!harness)
		return;
	if (harness->server)
		server_free(harness->server);
	for (unsigned i = 0; i < harness->connections->len; i++) {
		Connection *connection = &g_array_index(harness->connections, Connection, i);

		memory_peer_free(connection->peer);
		g_string_free(connection->received, TRUE);
	}
	g_array_unref(harness->connections);
	log_free(harness->log);
	if (harness->folder)
		remove_folder(harness->folder);
	g_free(harness->folder);
	g_free(harness);
}

Server *
harness_server(Harness *harness)
{
	return harness->server;
}

static MemoryPeer *
adopt(Harness *harness, const TranscriptRow *client, unsigned loop)
{
	MemoryPeer *peer = memory_peer_new(NULL);
	ConnInfo info = {.peer_port = 1024, .local_port = 6667};

	g_strlcpy(info.address, client->address, sizeof(info.address));
	if (client->certificate)
		g_strlcpy(info.certificate_fingerprint, client->certificate,
		    sizeof info.certificate_fingerprint);
	if (client->host)
		g_strlcpy(info.tls_host, client->host, sizeof info.tls_host);
	info.tls = info.private_link = client->tls || client->certificate;
	io_loop_adopt(server_loop(harness->server, loop), memory_peer_transport(peer), NULL, &info,
	    SERVER_PROFILE_CLIENT);
	return peer;
}

static unsigned
harness_connect(void *data, const TranscriptRow *client)
{
	Harness *harness = data;
	unsigned number = harness->connections->len;
	Connection connection = {
	    adopt(harness, client, number % server_loops(harness->server)), g_string_new(NULL)};

	g_array_append_val(harness->connections, connection);
	return number;
}

static void
harness_send(void *data, unsigned connection, const char *bytes, size_t length)
{
	Harness *harness = data;

	memory_peer_send(
	    g_array_index(harness->connections, Connection, connection).peer, bytes, length);
}

/* One turn of the state thread; lets other threads work when nothing came of it. */
static void
turn(Harness *harness, unsigned *idle)
{
	server_turn(harness->server, false);
	if (++*idle > 4)
		g_usleep(100);
}

/* The closed flag is read first: what came before the end is taken then, too. */
static bool
fetch(Connection *connection)
{
	bool closed = memory_peer_is_closed(connection->peer);
	GString *bytes = memory_peer_receive(connection->peer);

	g_string_append_len(connection->received, bytes->str, (gssize)bytes->len);
	g_string_free(bytes, TRUE);
	return closed;
}

static char *
harness_receive(void *data, unsigned number)
{
	Harness *harness = data;
	Connection *connection = &g_array_index(harness->connections, Connection, number);
	gint64 deadline = g_get_monotonic_time() + PATIENCE;
	unsigned idle = 0;

	for (;;) {
		bool closed = fetch(connection);
		char *end = strstr(connection->received->str, "\r\n");

		if (end) {
			char *line = g_strndup(
			    connection->received->str, (gsize)(end - connection->received->str));

			g_string_erase(connection->received, 0, (gssize)strlen(line) + 2);
			return line;
		}
		if (closed) {
			g_assert_cmpuint(connection->received->len, ==, 0);
			return NULL;
		}
		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		turn(harness, &idle);
	}
}

static void
wait_for_sessions(Harness *harness, unsigned most)
{
	const Community *community = server_community(harness->server);
	gint64 deadline = g_get_monotonic_time() + PATIENCE;
	unsigned idle = 0;

	while (slots_count(community->sessions) > most) {
		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		turn(harness, &idle);
	}
}

static void
harness_close(void *data, unsigned number)
{
	Harness *harness = data;
	unsigned sessions = slots_count(server_community(harness->server)->sessions);

	memory_peer_close(g_array_index(harness->connections, Connection, number).peer);
	wait_for_sessions(harness, sessions - 1);
}

static bool
harness_settle(void *data)
{
	Harness *harness = data;
	gint64 deadline = g_get_monotonic_time() + PATIENCE;
	unsigned idle = 0;

	if (server_is_settled(harness->server))
		return false;
	while (!server_is_settled(harness->server)) {
		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		turn(harness, &idle);
	}
	return true;
}

/* A connection that asks for a PONG and goes: its loop and the state thread have turned since. */
static void
probe(Harness *harness, unsigned loop)
{
	unsigned number = harness->connections->len, sessions;
	const TranscriptRow prober = {.address = (char *)"192.0.2.255"};
	Connection connection = {adopt(harness, &prober, loop), g_string_new(NULL)};

	g_array_append_val(harness->connections, connection);
	memory_peer_send_text(connection.peer, "PING probe\r\n");
	for (;;) {
		g_autofree char *line = harness_receive(harness, number);

		g_assert_nonnull(line);
		if (strstr(line, " PONG "))
			break;
	}
	sessions = slots_count(server_community(harness->server)->sessions);
	memory_peer_close(connection.peer);
	wait_for_sessions(harness, sessions - 1);
}

static void
harness_advance(void *data, int64_t microseconds)
{
	Harness *harness = data;

	harness->clock.moved += microseconds;
	for (unsigned i = 0; i < server_loops(harness->server); i++)
		probe(harness, i);
}

typedef struct Change {
	bool done;
	guint errors;
} Change;

static void
reload_done(void *data, const HostReload *reload)
{
	Change *change = data;

	change->done = true;
	change->errors = reload->errors->len;
}

/* The change stands in a file of its own, as an administrator's would beside the packaged one. */
static void
write_change(const Harness *harness, const char *section, const char *setting)
{
	g_autofree char *path = g_build_filename(harness->folder, "conf.d/50-test.conf", NULL);
	g_auto(GStrv) parts = g_strsplit(setting, "=", 2);
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(KeyFile) file = NULL;
	g_autofree char *text = NULL;
	g_autofree char *changed = NULL;
	gsize length;

	g_assert_true(g_file_get_contents(path, &text, &length, NULL));
	file = keyfile_parse(text, length, "test", errors);
	g_assert_true(keyfile_set(file, section, g_strstrip(parts[0]), g_strstrip(parts[1])));
	changed = keyfile_text(file, &length);
	g_assert_true(g_file_set_contents(path, changed, (gssize)length, NULL));
}

static void
harness_change(void *data, const char *section, const char *setting)
{
	Harness *harness = data;
	gint64 deadline = g_get_monotonic_time() + PATIENCE;
	Change change = {0};
	unsigned idle = 0;

	write_change(harness, section, setting);
	g_assert_true(server_reload(harness->server, "test", reload_done, &change));
	while (!change.done) {
		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		turn(harness, &idle);
	}
	g_assert_cmpuint(change.errors, ==, 0);
	for (unsigned i = 0; i < server_loops(harness->server); i++)
		probe(harness, i);
}

/* What another program does to one of the files: the service's own connection meets it. */
static void
run_sql(sqlite3 *database, const char *sql)
{
	char *problem = NULL;

	if (sqlite3_exec(database, sql, NULL, NULL, &problem) != SQLITE_OK)
		g_error("%s: %s", sql, problem);
}

/* The rows of the first column. */
static GPtrArray *
names(sqlite3 *database, const char *sql)
{
	GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *statement;

	g_assert_cmpint(sqlite3_prepare_v2(database, sql, -1, &statement, NULL), ==, SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		g_ptr_array_add(found, g_strdup((const char *)sqlite3_column_text(statement, 0)));
	sqlite3_finalize(statement);
	return found;
}

static void
refuse_writes(sqlite3 *database)
{
	static const char *const events[] = {"INSERT", "UPDATE", "DELETE"};
	g_autoptr(GPtrArray) tables =
	    names(database, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND "
			    "type = 'table' AND name NOT LIKE 'sqlite%'");

	for (guint i = 0; i < tables->len; i++) {
		for (unsigned k = 0; k < G_N_ELEMENTS(events); k++) {
			g_autofree char *sql =
			    g_strdup_printf("CREATE TRIGGER refuse_%u_%u BEFORE %s ON \"%s\" "
					    "BEGIN SELECT RAISE(ABORT, 'disk full'); END",
				i, k, events[k], (const char *)tables->pdata[i]);

			run_sql(database, sql);
		}
	}
}

static void
accept_writes(sqlite3 *database)
{
	g_autoptr(GPtrArray) triggers = names(database,
	    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'refuse%'");

	for (guint i = 0; i < triggers->len; i++) {
		g_autofree char *sql =
		    g_strdup_printf("DROP TRIGGER %s", (const char *)triggers->pdata[i]);

		run_sql(database, sql);
	}
}

static void
harness_disk(void *data, bool refuses)
{
	static const char *const files[] = {"chatd.db", "history.db"};
	const Harness *harness = data;

	for (unsigned i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *path = g_build_filename(harness->folder, "state", files[i], NULL);
		sqlite3 *database;

		g_assert_cmpint(
		    sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
		sqlite3_busy_timeout(database, PATIENCE / 1000);
		(refuses ? refuse_writes : accept_writes)(database);
		sqlite3_close(database);
	}
}

World
harness_world(Harness *harness)
{
	return (World){harness, harness_connect, harness_send, harness_receive, harness_close,
	    harness_settle, harness_advance, harness_change, harness_disk};
}

/* SPDX-License-Identifier: MIT */
#include "server.h"

#include "server_private.h"

#include "act/read_marker.h"
#include "act/services.h"
#include "domain/lookalikes.h"
#include "event_audit.h"
#include "event_log.h"
#include "listener_rules.h"
#include "presence_keeper.h"
#include "proto/casemap.h"
#include "settings/settings_error.h"
#include "settings/settings_files.h"
#include "settings/settings_load.h"
#include "state_key.h"

#include <errno.h>
#include <unistd.h>

G_DEFINE_QUARK(server - error - quark, server_error)

char *
server_errors_text(const GPtrArray *errors)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < errors->len; i++) {
		g_autofree char *line = settings_error_text(g_ptr_array_index(errors, i));

		g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", line);
	}
	return g_string_free(text, FALSE);
}

static bool
fail_config(const GPtrArray *errors, GError **error)
{
	g_autofree char *text = server_errors_text(errors);

	g_set_error_literal(error, SERVER_ERROR, SERVER_ERROR_CONFIG, text);
	return false;
}

static bool
load_settings(Server *server, GError **error)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();

	if (server->config_path)
		server->settings = settings_load(server->config_path, errors);
	else
		server->settings = settings_defaults();
	if (!server->settings)
		return fail_config(errors, error);
	if (!settings_check_files(server->settings, server->config_dir, errors))
		return fail_config(errors, error);
	/* Before anything is compared, and before there are threads. */
	casemap_choose(settings_community(server->settings)->casemapping == COMPARE_PRECIS
			   ? CASEMAP_PRECIS
			   : CASEMAP_ASCII);
	return true;
}

/* Only names of other scripts than ASCII can be made to look like another's. */
static bool
watch_looks(Server *server, GError **error)
{
	g_autoptr(Lookalikes) nicks = NULL;
	g_autoptr(Lookalikes) owned = NULL;

	if (casemap_chosen() != CASEMAP_PRECIS ||
	    settings_community(server->settings)->confusables == CONFUSABLES_ALLOW)
		return true;
	nicks = lookalikes_new(error);
	owned = nicks ? lookalikes_new(error) : NULL;
	if (!owned)
		return false;
	/* Their names are nobody's to resemble. */
	for (ServiceIndex i = 0; i < SERVICES; i++) {
		lookalikes_add(nicks, service_row(i)->voice.nick);
		lookalikes_add(owned, service_row(i)->voice.nick);
	}
	directory_set_lookalikes(server->community->directory, g_steal_pointer(&nicks));
	accounts_set_lookalikes(server->community->accounts, g_steal_pointer(&owned));
	return true;
}

void
server_prepare_cloaks(Server *server)
{
	Community *community = server->community;

	if (!server->settings->cloak->enabled || community->cloak_key)
		return;
	community->cloak_key = g_malloc(CLOAK_KEY_SIZE);
	state_key_load(server->state_dir, "cloak.key", server->options.random, server->options.log,
	    community->cloak_key);
}

static bool
make_community(Server *server, GError **error)
{
	int64_t now = clock_wall(server->options.clock);
	ServerTexts texts = {0};
	const char *key, *file;

	if (!server_texts_read(&texts, settings_community(server->settings), server->config_dir,
		&key, &file, error))
		return false;
	server->timers = timers_new();
	server->community = community_new(server->settings, server->timers, now);
	if (!watch_looks(server, error))
		return false;
	server->community->has_history = server->history != NULL;
	server_set_channel_due(server);
	if (server->history && !act_load_read_markers(server->community, server->history, error))
		return false;
	server_texts_apply(&texts, server->community, server->settings);
	server_prepare_cloaks(server);
	return !server->store || server_load_store(server, now, error);
}

static bool
open_countries(Server *server, GError **error)
{
	g_autoptr(GError) problem = NULL;

	server->countries = settings_countries(server->settings, server->config_dir, &problem);
	if (!problem)
		return true;
	g_propagate_error(error, g_steal_pointer(&problem));
	return false;
}

static bool
make_mailbox_and_base(Server *server, GError **error)
{
	struct event_config *config = event_config_new();

	/* A frozen clock must not be asked behind our back, and time is only read once per turn. */
	event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
	server->base = event_base_new_with_config(config);
	event_config_free(config);
	server->answers = mailbox_new();
	if (!server->base || !server->answers) {
		g_set_error(error, SERVER_ERROR, SERVER_ERROR_START, "no event loop: %s",
		    g_strerror(errno));
		return false;
	}
	server->pool = work_pool_new(server->settings->service->worker_threads, server->answers);
	return true;
}

static size_t
console_unsent(void *data, Handle conn)
{
	Server *server = data;

	return io_loop_unsent(server->loops[0], conn);
}

static void
make_recorder(Server *server)
{
	const RecorderSetup setup = {
	    .history = server->history,
	    .records = &server->records,
	    .community = server->community,
	    .timers = server->timers,
	    .clock = server->options.clock,
	    .counters = &server->out.counters,
	    .log = server->options.log,
	};

	server->recorder = recorder_new(&setup);
	bus_subscribe(server->out.bus, recorder_event, server->recorder);
}

static void
make_control(Server *server)
{
	const ControlSetup setup = {
	    .community = server->community,
	    .out = &server->out,
	    .host = &server->host,
	    .records = server->store ? &server->records : NULL,
	    .random = server->options.random,
	    .clock = server->options.clock,
	    .log = server->options.log,
	    .log_ring = server->log_ring,
	    .own_uid = geteuid(),
	};

	log_ring_set_source(server->log_ring, server->community->server_name);
	log_ring_attach(server->log_ring, server->answers);
	server->control = control_new(&setup);
	bus_subscribe(server->out.bus, control_event, server->control);
	bus_subscribe(server->out.bus, event_audit, server);
	bus_subscribe(server->out.bus, event_log, server->options.log);
	if (server->history)
		make_recorder(server);
}

static bool
make_gate(Server *server, GError **error)
{
	const GateSetup setup = {
	    .community = server->community,
	    .out = &server->out,
	    .host = &server->host,
	    .records = server->store ? &server->records : NULL,
	    .control = server->control,
	    .random = server->options.random,
	    .clock = server->options.clock,
	    .log = server->options.log,
	    .n_loops = server->n_loops,
	    .console_unsent = console_unsent,
	    .console_data = server,
	    .console_sendq = SERVER_CONTROL_SENDQ,
	    .client_credit = SERVER_CLIENT_CREDIT,
	    .control_listeners = SERVER_CONTROL_IDS,
	};

	server->gate = gate_new(&setup, error);
	return server->gate != NULL;
}

static bool
make_loops(Server *server, GError **error)
{
	IoConfig config;

	server->peer_limits = peer_limits_new();
	listener_rules_limit_peers(server->settings, server->peer_limits);
	server_profiles(server, server->settings, &config);
	server->loops = g_new0(IoLoop *, server->n_loops);
	for (unsigned i = 0; i < server->n_loops; i++) {
		server->loops[i] = io_loop_new(
		    i, i == 0 ? server->base : NULL, &config, gate_sink(server->gate, i), error);
		if (!server->loops[i] || (i > 0 && !io_loop_start(server->loops[i], error)))
			return false;
	}
	return true;
}

static bool
make_listeners(Server *server, GError **error)
{
	ActivatedSocket sockets[ACTIVATION_MAX];
	g_autoptr(GPtrArray) errors = settings_errors_new();
	const ListenersSetup setup = {
	    .own = server->loops[0],
	    .clients = server->n_loops > 1 ? server->loops + 1 : server->loops,
	    .n_clients = MAX(1, server->n_loops - 1),
	    .client_profile = SERVER_PROFILE_CLIENT,
	    .control_profile = SERVER_PROFILE_CONTROL,
	    .control_ids = SERVER_CONTROL_IDS,
	    .host = server->community->server_name,
	    .state_dir = server->state_dir,
	    .runtime_dir = server->runtime_dir,
	    .log = server->options.log,
	    .clock = server->options.clock,
	};

	server->listeners = listeners_new(&setup);
	if (server->options.no_listeners)
		return true;
	/* Whoever sees it listen may ask it to end. */
	server_arm_signals(server);
	listeners_adopt(server->listeners, sockets, activation_take(sockets));
	if (!listeners_apply(server->listeners, server->settings, server->config_dir, errors))
		return fail_config(errors, error);
	listeners_tell_unused(server->listeners);
	return true;
}

static bool
build(Server *server, GError **error)
{
	unsigned threads;

	if (!load_settings(server, error) || !make_mailbox_and_base(server, error) ||
	    !server_open_store(server, error) || !make_community(server, error) ||
	    !open_countries(server, error))
		return false;
	threads = server->options.io_threads >= 0 ? (unsigned)server->options.io_threads
						  : server->settings->service->io_threads;
	server->n_loops = 1 + MIN(threads, CONN_LOOPS_MAX - 1);
	out_init(&server->out, server->n_loops);
	server_fill_host(server);
	make_control(server);
	if (!server_make_presences(server, error) || !make_gate(server, error) ||
	    !make_loops(server, error) || !make_listeners(server, error))
		return false;
	server_arm(server);
	server_begin_due(server);
	return true;
}

static char *
directory_of(const char *path)
{
	return path ? g_path_get_dirname(path) : NULL;
}

Server *
server_new(const ServerOptions *options, GError **error)
{
	Server *server = g_new0(Server, 1);
	GError *problem = NULL;

	server->options = *options;
	server->config_path = g_strdup(options->config_path);
	server->config_dir = directory_of(options->config_path);
	server->state_dir = g_strdup(options->state_dir);
	server->runtime_dir = g_strdup(options->runtime_dir);
	server->log_ring = options->log_ring ? options->log_ring : log_ring_new();
	if (!build(server, &problem)) {
		server_free(server);
		g_propagate_error(error, problem);
		return NULL;
	}
	return server;
}

static void
free_loops(Server *server)
{
	for (unsigned i = 0; server->loops && i < server->n_loops; i++) {
		if (i > 0 && server->loops[i])
			io_loop_stop(server->loops[i]);
	}
	if (server->gate)
		gate_receive(server->gate);
	server_drop_cap_news(server);
	g_clear_pointer(&server->listeners, listeners_free);
	for (unsigned i = 0; server->loops && i < server->n_loops; i++)
		io_loop_free(server->loops[i]);
	g_clear_pointer(&server->peer_limits, peer_limits_free);
	/* What late answers ask of the host then is answered without them. */
	g_clear_pointer(&server->loops, g_free);
}

static void
free_events(Server *server)
{
	struct event *events[] = {server->wake, server->answer_event, server->gate_event,
	    server->signals[0], server->signals[1], server->signals[2]};

	for (unsigned i = 0; i < G_N_ELEMENTS(events); i++)
		if (events[i])
			event_free(events[i]);
	if (server->base)
		event_base_free(server->base);
}

void
server_free(Server *server)
{
	if (!server)
		return;
	free_loops(server);
	if (server->control)
		control_stop(server->control);
	g_clear_pointer(&server->gate, gate_free);
	if (server->keeper)
		presence_keeper_end_turn(server->keeper);
	server->records.returns = NULL;
	g_clear_pointer(&server->pool, work_pool_free);
	server->host.pool = NULL;
	server->records.history = NULL;
	g_clear_pointer(&server->history, history_close);
	/* What was done to a message is in the audit: the store hears of it while it is there. */
	server_take_answers(server);
	g_clear_pointer(&server->store, store_close);
	/* What jobs still had to say is heard before what they would say it to is gone. */
	server_take_answers(server);
	log_ring_attach(server->log_ring, NULL);
	server_take_answers(server);
	records_clear(&server->records);
	g_clear_pointer(&server->recorder, recorder_free);
	g_clear_pointer(&server->erasures, erasures_free);
	g_clear_pointer(&server->keeper, presence_keeper_free);
	g_clear_pointer(&server->control, control_free);
	if (!server->options.log_ring)
		log_ring_free(server->log_ring);
	g_clear_pointer(&server->community, community_free);
	if (server->out.bus)
		out_clear(&server->out);
	g_clear_pointer(&server->countries, country_close);
	g_clear_pointer(&server->timers, timers_free);
	g_clear_pointer(&server->settings, settings_free);
	free_events(server);
	g_clear_pointer(&server->answers, mailbox_free);
	g_clear_pointer(&server->notify, notify_close);
	g_clear_pointer(&server->status_listeners, g_array_unref);
	g_free(server->status_database);
	g_free(server->config_path);
	g_free(server->config_dir);
	g_free(server->state_dir);
	g_free(server->runtime_dir);
	g_free(server->database_path);
	g_free(server);
}

IoLoop *
server_loop(Server *server, unsigned number)
{
	return server->loops[server->n_loops > 1 ? number + 1 : 0];
}

unsigned
server_loops(const Server *server)
{
	return MAX(1, server->n_loops - 1);
}

const Settings *
server_settings(const Server *server)
{
	return server->settings;
}

struct Community *
server_community(Server *server)
{
	return server->community;
}

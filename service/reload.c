/* SPDX-License-Identifier: MIT */
#include "server_private.h"

#include "act/country_review.h"
#include "act/operator_review.h"
#include "act/presence.h"

#include "listener_rules.h"
#include "settings/settings_diff.h"
#include "settings/settings_error.h"
#include "settings/settings_files.h"
#include "settings/settings_load.h"

#define CHANGES_LOGGED 100u /* of one reload */

/* Reading and checking may wait for the disk and runs as a job; putting in force does not. */
struct Reload {
	Job job;
	Server *server;
	char *config_path;
	char *config_dir;
	char *who;
	void (*done)(void *data, const HostReload *reload);
	void *done_data;
	Settings *settings; /* NULL if there were errors */
	ServerTexts texts;
	CountryDatabase *countries; /* NULL: none */
	GPtrArray *errors;
};

static void
reload_free(Reload *reload)
{
	g_free(reload->config_path);
	g_free(reload->config_dir);
	g_free(reload->who);
	g_clear_pointer(&reload->settings, settings_free);
	server_texts_clear(&reload->texts);
	country_close(reload->countries);
	g_ptr_array_unref(reload->errors);
	g_free(reload);
}

/* They were checked a moment ago, and may be others by now. */
static void
read_texts(Reload *reload)
{
	const SettingsCommunity *own = settings_community(reload->settings);
	g_autoptr(GError) error = NULL;
	const char *key, *file;

	if (!server_texts_read(&reload->texts, own, reload->config_dir, &key, &file, &error))
		settings_errors_add(reload->errors, own->origin.file, own->origin.line, "community",
		    key, file, "%s", error->message);
}

static void
open_countries(Reload *reload)
{
	const SettingsService *service = reload->settings->service;
	g_autoptr(GError) error = NULL;

	reload->countries = settings_countries(reload->settings, reload->config_dir, &error);
	if (error)
		settings_errors_add(reload->errors, service->origin.file, service->origin.line,
		    "service", "geoip_database", service->geoip_database, "%s", error->message);
}

/* Pool thread. */
static void
reload_run(Job *job)
{
	Reload *reload = (Reload *)job;

	reload->settings = settings_load(reload->config_path, reload->errors);
	if (!reload->settings)
		return;
	settings_check_files(reload->settings, reload->config_dir, reload->errors);
	read_texts(reload);
	if (reload->errors->len == 0)
		open_countries(reload);
	if (reload->errors->len > 0)
		g_clear_pointer(&reload->settings, settings_free);
}

/* How long an answer may become is reckoned by the new one (cmd/room.c). */
static void
apply_send_queue(Server *server)
{
	uint32_t sendq = (uint32_t)server->settings->limits->sendq;
	const Session *session;
	uint32_t cursor = 0;

	while ((session = slots_next(server->community->sessions, &cursor)))
		if (session->stage == SESSION_REGISTERED)
			outbox_limits(&server->out.outbox, session->conn, sendq);
}

static void
apply_limits(Server *server)
{
	IoConfig config;

	apply_send_queue(server);
	listener_rules_limit_peers(server->settings, server->peer_limits);
	server_profiles(server, server->settings, &config);
	for (unsigned i = 0; i < server->n_loops; i++)
		for (unsigned profile = 0; profile < SERVER_PROFILES; profile++)
			io_loop_set_profile(server->loops[i], profile, &config.profiles[profile]);
}

/* A slice per turn; the next one is due at once. */
static void
tell_cap_news(Timer *timer, void *data)
{
	Server *server = data;
	Ctx ctx = server_ctx(server);

	if (cap_news_tell(server->cap_news, &ctx))
		timers_set(server->timers, timer, clock_monotonic(server->options.clock),
		    tell_cap_news, server);
	else
		g_clear_pointer(&server->cap_news, cap_news_free);
}

void
server_drop_cap_news(Server *server)
{
	if (server->cap_news)
		timers_cancel(server->timers, &server->cap_news_timer);
	g_clear_pointer(&server->cap_news, cap_news_free);
}

/* Who was not told of an earlier change is told of it first, or he would hear of the second one
 * against what he does not know. */
static void
finish_cap_news(Server *server, Ctx *ctx)
{
	while (server->cap_news && cap_news_tell(server->cap_news, ctx))
		;
	server_drop_cap_news(server);
}

/* What became of each setting; secrets are masked in the list already. */
static void
log_changes(Server *server, const GPtrArray *changes)
{
	for (guint i = 0; i < MIN(changes->len, CHANGES_LOGGED); i++) {
		const SettingsChange *change = g_ptr_array_index(changes, i);

		log_event(server->options.log, LOG_LEVEL_INFO, "config", "CONFIG_CHANGED", NULL,
		    "[%s] %s: %s -> %s", change->section,
		    change->row ? change->row->key : "section",
		    change->from ? change->from : "(none)", change->to ? change->to : "(none)");
	}
}

/* The file may be another under the same name. */
static void
apply_countries(Reload *reload, Ctx *ctx)
{
	Server *server = reload->server;
	bool had_some = server->countries != NULL;

	country_close(server->countries);
	server->countries = g_steal_pointer(&reload->countries);
	server_offer_countries(server);
	if (had_some || server->countries)
		act_review_countries(ctx);
}

/* All of it or nothing: the listeners are the only part that can still fail. */
static GPtrArray *
put_in_force(Reload *reload)
{
	Server *server = reload->server;
	Settings *old = server->settings;
	GPtrArray *changes;
	Ctx ctx;
	g_autofree char *text = NULL;
	Event event;

	if (!server->options.no_listeners && !listeners_apply(server->listeners, reload->settings,
						 reload->config_dir, reload->errors))
		return NULL;
	changes = settings_diff(old, reload->settings);
	ctx = server_ctx(server);
	finish_cap_news(server, &ctx);
	server->cap_news = cap_news_new(&ctx);
	server->settings = g_steal_pointer(&reload->settings);
	server_texts_apply(&reload->texts, server->community, server->settings);
	server_prepare_cloaks(server);
	apply_limits(server);
	ctx = server_ctx(server);
	tell_cap_news(&server->cap_news_timer, server);
	event = ctx_event(&ctx, EVENT_CONFIGURATION);
	event.by = reload->who;
	text = changes->len > 0 ? g_strdup_printf("%u", changes->len) : NULL;
	event.text = text;
	announce(&ctx, &event);
	log_changes(server, changes);
	act_review_operators(&ctx, old);
	apply_countries(reload, &ctx);
	presence_end_all_over(&ctx);
	settings_free(old);
	return changes;
}

static void
log_errors(const Reload *reload)
{
	Log *log = reload->server->options.log;

	for (guint i = 0; i < reload->errors->len; i++) {
		g_autofree char *text = settings_error_text(g_ptr_array_index(reload->errors, i));

		log_event(log, LOG_LEVEL_ERROR, "config", "CONFIG_ERROR", NULL, "%s", text);
	}
	if (reload->errors->len > 0)
		log_event(log, LOG_LEVEL_ERROR, "config", "CONFIG_REFUSED", NULL,
		    "Nothing was changed: the configuration has %u error%s", reload->errors->len,
		    reload->errors->len == 1 ? "" : "s");
}

/* State thread. */
static void
reload_done(Job *job)
{
	Reload *reload = (Reload *)job;
	Server *server = reload->server;
	g_autoptr(GPtrArray) changes = NULL;
	HostReload outcome;

	server->reload = NULL;
	if (!work_is_cancelled(job) && server->gate) {
		if (reload->settings)
			changes = put_in_force(reload);
		counter_add(&server->out.counters,
		    reload->errors->len > 0 ? COUNTER_RELOADS_FAILED : COUNTER_RELOADS, 1);
		log_errors(reload);
		if (!changes)
			changes = g_ptr_array_new();
		outcome = (HostReload){.errors = reload->errors, .changes = changes};
		if (reload->done)
			reload->done(reload->done_data, &outcome);
		notify_ready(server->notify, NULL);
	}
	reload_free(reload);
}

bool
server_reload(Server *server, const char *who, void (*done)(void *data, const HostReload *reload),
    void *done_data)
{
	Reload *reload;

	if (server->reload || !server->config_path)
		return false;
	reload = g_new0(Reload, 1);
	reload->job.run = reload_run;
	reload->job.done = reload_done;
	reload->server = server;
	reload->config_path = g_strdup(server->config_path);
	reload->config_dir = g_strdup(server->config_dir);
	reload->who = g_strdup(who);
	reload->done = done;
	reload->done_data = done_data;
	reload->errors = settings_errors_new();
	if (!work_submit(server->pool, WORK_FILES, &reload->job, G_MAXUINT)) {
		reload_free(reload);
		return false;
	}
	server->reload = reload;
	notify_reloading(server->notify, server->options.clock);
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "control_fixture.h"

#include "act/verbs.h"
#include "domain/accounts.h"
#include "domain/channel.h"
#include "domain/directory.h"
#include "domain/session.h"
#include "domain/user.h"
#include "settings/settings_diff.h"
#include "settings/settings_load.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <unistd.h>

#define FROZEN (INT64_C(1500000000) * CLOCK_SECOND) /* 2017-07-14T02:40:00.000Z */

static void
publish(ControlFixture *fixture, const Event *event)
{
	out_publish(&fixture->out, fixture->community, event, NULL);
}

static void
run_reload(Timer *timer, void *data)
{
	ControlFixture *fixture = data;
	HostReload outcome = {.errors = settings_errors_new()};
	Settings *next = settings_load(fixture->config_path, outcome.errors);
	Event event = {.kind = EVENT_CONFIGURATION, .time = FROZEN, .source = "test"};

	if (next && fixture->refuse_reload) {
		settings_errors_add(outcome.errors, fixture->config_path, 1, "listener x", "port",
		    "1", "the port is taken");
		g_clear_pointer(&next, settings_free);
		fixture->refuse_reload = false;
	}
	if (next) {
		char **motd = g_new0(char *, 1);

		outcome.changes = settings_diff(fixture->settings, next);
		community_set_settings(fixture->community, next, motd);
		settings_free(fixture->settings);
		fixture->settings = next;
		event.by = fixture->reload.who;
		publish(fixture, &event);
	}
	fixture->reload.done(fixture->reload.data, &outcome);
	g_clear_pointer(&fixture->reload.who, g_free);
	g_ptr_array_unref(outcome.errors);
	if (outcome.changes)
		g_ptr_array_unref(outcome.changes);
}

static bool
host_reload(
    Host *host, const char *who, void (*done)(void *data, const HostReload *reload), void *data)
{
	ControlFixture *fixture = host->data;

	if (timer_is_set(&fixture->reload.timer))
		return false;
	fixture->reload.done = done;
	fixture->reload.data = data;
	fixture->reload.who = g_strdup(who);
	timers_set(fixture->timers, &fixture->reload.timer, clock_monotonic(&fixture->clock),
	    run_reload, fixture);
	return true;
}

static void
host_stop(Host *host, const char *reason)
{
	ControlFixture *fixture = host->data;

	g_free(fixture->stop_reason);
	fixture->stop_reason = g_strdup(reason);
}

static const HostStatus *
host_status(Host *host)
{
	ControlFixture *fixture = host->data;

	fixture->listener = (HostListener){.name = "main",
	    .address = "127.0.0.1",
	    .port = 6667,
	    .kind = LISTENER_CLIENT,
	    .state = "open",
	    .connections = 7};
	fixture->status = (HostStatus){.descriptors_used = 9,
	    .descriptors_limit = 1024,
	    .listeners = &fixture->listener,
	    .n_listeners = 1,
	    .config_path = fixture->config_path,
	    .database_path = store_path(fixture->store),
	    .database_state = "ok"};
	return &fixture->status;
}

static void
start_service(ControlFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autofree char *path = g_build_filename(fixture->folder, "chatd.db", NULL);
	ControlSetup setup;

	fixture->settings = settings_load(fixture->config_path, errors);
	g_assert_cmpuint(errors->len, ==, 0);
	fixture->store = store_open(path, fixture->answers, &error);
	g_assert_no_error(error);
	fixture->pool = work_pool_new(2, fixture->answers);
	fixture->records = (Records){fixture->store, fixture->pool};
	fixture->timers = timers_new();
	fixture->community = community_new(fixture->settings, fixture->timers, FROZEN);
	out_init(&fixture->out, 1);
	fixture->host = (Host){.data = fixture,
	    .pool = fixture->pool,
	    .reload = host_reload,
	    .stop = host_stop,
	    .status = host_status};
	setup = (ControlSetup){.community = fixture->community,
	    .out = &fixture->out,
	    .host = &fixture->host,
	    .records = &fixture->records,
	    .random = &fixture->random,
	    .clock = &fixture->clock,
	    .log = fixture->log,
	    .log_ring = fixture->ring,
	    .own_uid = (uid_t)-2};
	log_ring_attach(fixture->ring, fixture->answers);
	fixture->control = control_new(&setup);
	bus_subscribe(fixture->out.bus, control_event, fixture->control);
}

static void
finish_answers(ControlFixture *fixture)
{
	MailItem *next;

	for (MailItem *item = mailbox_take(fixture->answers); item; item = next) {
		next = item->next;
		work_finish(item);
	}
}

static void
stop_service(ControlFixture *fixture)
{
	control_stop(fixture->control);
	work_pool_free(fixture->pool);
	finish_answers(fixture);
	store_close(fixture->store);
	finish_answers(fixture);
	records_clear(&fixture->records);
	timers_cancel(fixture->timers, &fixture->reload.timer);
	control_free(fixture->control);
	log_ring_attach(fixture->ring, NULL);
	finish_answers(fixture);
	community_free(fixture->community);
	out_clear(&fixture->out);
	timers_free(fixture->timers);
	settings_free(fixture->settings);
	g_clear_pointer(&fixture->reload.who, g_free);
}

void
control_fixture_init(ControlFixture *fixture, const char *config)
{
	g_autoptr(GError) error = NULL;

	*fixture = (ControlFixture){0};
	fixture->folder = g_dir_make_tmp("chat-control-XXXXXX", &error);
	g_assert_no_error(error);
	fixture->config_path = g_build_filename(fixture->folder, "chatd.conf", NULL);
	g_assert_true(g_file_set_contents(fixture->config_path, config ? config : "", -1, &error));
	fixture->clock = clock_frozen(FROZEN);
	fixture->random = random_seeded(1);
	fixture->log = log_new(&fixture->clock);
	fixture->ring = log_ring_new();
	log_add_sink(fixture->log, LOG_LEVEL_INFO, log_ring_sink, fixture->ring);
	fixture->answers = mailbox_new();
	start_service(fixture);
}

void
control_fixture_restart(ControlFixture *fixture)
{
	stop_service(fixture);
	start_service(fixture);
}

static void
remove_folder(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(folder, name, NULL);

		if (g_file_test(path, G_FILE_TEST_IS_DIR))
			remove_folder(path);
		else
			g_unlink(path);
	}
	g_dir_close(dir);
	g_assert_cmpint(g_rmdir(folder), ==, 0);
}

void
control_fixture_clear(ControlFixture *fixture)
{
	stop_service(fixture);
	log_free(fixture->log);
	log_ring_free(fixture->ring);
	mailbox_free(fixture->answers);
	remove_folder(fixture->folder);
	g_free(fixture->folder);
	g_free(fixture->config_path);
	g_free(fixture->stop_reason);
}

void
control_fixture_turn(ControlFixture *fixture)
{
	struct pollfd ready = {.fd = mailbox_descriptor(fixture->answers), .events = POLLIN};
	int64_t now = clock_monotonic(&fixture->clock);

	/* Time stands still unless nothing but time can go on. */
	if (timers_next(fixture->timers) > now && poll(&ready, 1, 20) == 0)
		clock_advance(&fixture->clock, 20 * CLOCK_MILLISECOND);
	finish_answers(fixture);
	timers_run(fixture->timers, clock_monotonic(&fixture->clock));
}

User *
control_fixture_user(ControlFixture *fixture, const char *nick)
{
	UserFacts facts = {.nick = nick,
	    .username = "~u",
	    .real_name = "Real Name",
	    .host = "host.example",
	    .address = "192.0.2.7"};
	SessionPeer peer = {.address = (char *)"192.0.2.7",
	    .peer_port = 50000,
	    .local_port = 6667,
	    .tls = true,
	    .tls_cipher = (char *)"TLS_AES_256_GCM_SHA384"};
	Session *session = session_new((Handle){1, 1}, &peer, FROZEN, 0);
	User *user = user_new(&facts, FROZEN);
	Event event = {
	    .kind = EVENT_CONNECTED, .time = FROZEN, .user = user, .source = user->prefix};

	session->handle = slots_add(fixture->community->sessions, session);
	directory_add_user(fixture->community->directory, user);
	session_set_user(session, user);
	user->spoke_at = clock_monotonic(&fixture->clock);
	publish(fixture, &event);
	return user;
}

static Ctx
service_ctx(ControlFixture *fixture)
{
	return (Ctx){.community = fixture->community,
	    .out = &fixture->out,
	    .host = &fixture->host,
	    .random = &fixture->random,
	    .actor = {.kind = ACTOR_SERVICE, .name = "service"},
	    .now = FROZEN};
}

Channel *
control_fixture_channel(ControlFixture *fixture, const char *name)
{
	Ctx ctx = service_ctx(fixture);

	return act_make_channel(&ctx, name);
}

void
control_fixture_join(ControlFixture *fixture, User *user, Channel *channel)
{
	Event event = {.kind = EVENT_JOIN,
	    .time = FROZEN,
	    .user = user,
	    .source = user->prefix,
	    .channel = channel};

	channel_add_member(channel, user, FROZEN);
	publish(fixture, &event);
}

void
control_fixture_login(ControlFixture *fixture, User *user, const char *account)
{
	Event event = {.kind = EVENT_ACCOUNT, .time = FROZEN, .user = user, .source = user->prefix};

	user_set_account(user, accounts_find(fixture->community->accounts, account));
	event.text = user->account;
	publish(fixture, &event);
}

char *
control_fixture_config(const ControlFixture *fixture)
{
	char *text = NULL;

	g_assert_true(g_file_get_contents(fixture->config_path, &text, NULL, NULL));
	return text;
}

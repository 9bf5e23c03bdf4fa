/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"

#include "out/held_back.h"

#include <glib/gstdio.h>
#include <poll.h>

static const HostStatus *
give_status(Host *host)
{
	return &((ActFixture *)host->data)->status;
}

static void
resume(Host *host, Handle handle, const char *label, HostContinuation go_on, const void *answer)
{
	ActFixture *fixture = host->data;
	Session *session = slots_get(fixture->community->sessions, handle);
	Reply reply;
	Ctx ctx;

	if (!session || session->stage == SESSION_CLOSING)
		return;
	session->pending = false;
	fixture_begin(fixture, session, &ctx, &reply);
	ctx.voice = session->voice;
	g_strlcpy(reply.label, label, sizeof reply.label);
	go_on(&ctx, answer);
	/* As the gate does it. */
	if (session->pending)
		reply_abandon(&reply);
	else
		fixture_end(fixture, &ctx);
	held_back_release(&fixture->out.outbox, session);
}

static void
tell(Host *host, Handle handle, HostContinuation tell_it, const void *data)
{
	ActFixture *fixture = host->data;
	Session *session = slots_get(fixture->community->sessions, handle);
	Reply reply;
	Ctx ctx;

	if (!session || session->stage != SESSION_REGISTERED)
		return;
	fixture_begin(fixture, session, &ctx, &reply);
	tell_it(&ctx, data);
	fixture_end(fixture, &ctx);
}

static void
as_service(Host *host, HostContinuation go_on, const void *data)
{
	Ctx ctx = fixture_administrator(host->data);

	go_on(&ctx, data);
}

/* What it shows is the cmd layer's, which is not here; transcripts see it. */
static void
show_channel(Host *host, Handle session, const Channel *channel)
{
}

/* There are no loops. */
static bool
no_traffic(
    Host *host, unsigned loop, uint32_t from, uint32_t most, HostTrafficThen then, void *data)
{
	return false;
}

static void
when_read(Host *host, Handle session, HostReadThen then, void *data)
{
	ActFixture *fixture = host->data;

	g_assert(!fixture->reader);
	fixture->reader = then;
	fixture->reader_data = data;
}

void
fixture_wait_for_readers(ActFixture *fixture)
{
	fixture->host.when_read = when_read;
}

void
fixture_has_read(ActFixture *fixture, Session *session, bool gone)
{
	HostReadThen then = fixture->reader;

	session->reading.unread = 0;
	fixture->reader = NULL;
	then(fixture->reader_data, gone);
}

void
fixture_init(ActFixture *fixture)
{
	*fixture = (ActFixture){
	    .settings = settings_defaults(),
	    .timers = timers_new(),
	    .random = random_seeded(1),
	    .now = FIXTURE_NOW,
	    .received = g_ptr_array_new(),
	};
	fixture->community = community_new(fixture->settings, fixture->timers, FIXTURE_NOW);
	fixture->host = (Host){.data = fixture,
	    .traffic = no_traffic,
	    .status = give_status,
	    .resume = resume,
	    .tell = tell,
	    .as_service = as_service,
	    .show_channel = show_channel};
	out_init(&fixture->out, 1);
}

void
fixture_finish_answers(ActFixture *fixture)
{
	MailItem *next;

	for (MailItem *item = mailbox_take(fixture->answers); item; item = next) {
		next = item->next;
		work_finish(item);
	}
}

void
fixture_add_pool(ActFixture *fixture)
{
	if (!fixture->answers)
		fixture->answers = mailbox_new();
	fixture->host.pool = work_pool_new(1, fixture->answers);
}

void
fixture_add_store(ActFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;

	fixture->folder = g_dir_make_tmp("chat-act-XXXXXX", &error);
	g_assert_no_error(error);
	path = g_build_filename(fixture->folder, "chatd.db", NULL);
	if (!fixture->answers)
		fixture->answers = mailbox_new();
	fixture->records.store = store_open(path, fixture->answers, &error);
	g_assert_no_error(error);
}

void
fixture_add_history(ActFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = NULL;

	if (!fixture->folder)
		fixture_add_store(fixture);
	if (!fixture->host.pool)
		fixture_add_pool(fixture);
	fixture->records.pool = fixture->host.pool;
	path = g_build_filename(fixture->folder, "history.db", NULL);
	fixture->records.history = history_open(path, fixture->answers, &error);
	g_assert_no_error(error);
}

void
fixture_settle_history(ActFixture *fixture)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	history_submit(fixture->records.history);
	while (fixture->records.asked > 0 || !history_is_settled(fixture->records.history)) {
		struct pollfd wait = {.fd = mailbox_descriptor(fixture->answers), .events = POLLIN};

		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		poll(&wait, 1, 100);
		fixture_finish_answers(fixture);
	}
}

GPtrArray *
fixture_stored(ActFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *rows = store_read_channels(fixture->records.store, &error);

	g_assert_no_error(error);
	return rows;
}

void
fixture_settle(ActFixture *fixture, const Session *session)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;

	while (session->pending) {
		struct pollfd wait = {.fd = mailbox_descriptor(fixture->answers), .events = POLLIN};

		g_assert_cmpint(g_get_monotonic_time(), <, deadline);
		poll(&wait, 1, 100);
		fixture_finish_answers(fixture);
	}
}

static void
remove_store(ActFixture *fixture)
{
	const char *name;
	GDir *folder;

	folder = g_dir_open(fixture->folder, 0, NULL);
	while ((name = g_dir_read_name(folder))) {
		g_autofree char *path = g_build_filename(fixture->folder, name, NULL);

		g_unlink(path);
	}
	g_dir_close(folder);
	g_rmdir(fixture->folder);
	g_free(fixture->folder);
}

void
fixture_clear(ActFixture *fixture)
{
	History *history = fixture->records.history;

	g_clear_pointer(&fixture->host.pool, work_pool_free);
	fixture->records.history = NULL;
	history_close(history);
	store_close(fixture->records.store);
	if (fixture->answers)
		fixture_finish_answers(fixture);
	records_clear(&fixture->records);
	mailbox_free(fixture->answers);
	if (fixture->folder)
		remove_store(fixture);
	community_free(fixture->community);
	out_clear(&fixture->out);
	timers_free(fixture->timers);
	settings_free(fixture->settings);
	for (guint i = 0; i < fixture->received->len; i++)
		g_string_free(g_ptr_array_index(fixture->received, i), TRUE);
	g_ptr_array_unref(fixture->received);
	g_free(fixture->refusal);
}

Session *
fixture_connect(ActFixture *fixture)
{
	SessionPeer peer = {.address = (char *)"192.0.2.1", .certificate_fingerprint = (char *)""};
	Handle conn = {.index = fixture->connections++, .generation = 1};
	Session *session = session_new(conn, &peer, fixture->now, fixture->now);

	session->handle = slots_add(fixture->community->sessions, session);
	fixture->community->registering++;
	g_ptr_array_add(fixture->received, g_string_new(NULL));
	return session;
}

Session *
fixture_user(ActFixture *fixture, const char *nick)
{
	Session *session = fixture_connect(fixture);
	Registration *said = session->registration;
	Reply reply;
	Ctx ctx;

	fixture_begin(fixture, session, &ctx, &reply);
	g_assert_cmpint(act_nick(&ctx, NULL, nick), ==, OUTCOME_DONE);
	said->username = g_strconcat("~", nick, NULL);
	said->real_name = g_strdup(nick);
	g_assert_cmpint(act_try_register(&ctx, session), ==, OUTCOME_DONE);
	g_assert_nonnull(session->user);
	fixture_end(fixture, &ctx);
	return session;
}

void
fixture_begin(ActFixture *fixture, Session *session, Ctx *ret_ctx, Reply *reply)
{
	*ret_ctx = (Ctx){
	    .community = fixture->community,
	    .out = &fixture->out,
	    .host = &fixture->host,
	    .records = fixture->folder ? &fixture->records : NULL,
	    .random = &fixture->random,
	    .actor = {ACTOR_USER, session->user, session, session_name(session)},
	    .reply = reply,
	    .now = fixture->now,
	    .monotonic = fixture->now,
	};
	reply_begin(reply, fixture->community, &fixture->out.outbox, &fixture->random, session,
	    fixture->now, NULL);
}

void
fixture_end(ActFixture *fixture, Ctx *ctx)
{
	reply_end(ctx->reply);
}

static void
keep_refusal(void *data, unsigned numeric, const char *name, const char *text)
{
	ActFixture *fixture = data;

	g_free(fixture->refusal);
	fixture->refusal = g_strdup_printf("%s %s", name, text);
}

Ctx
fixture_administrator(ActFixture *fixture)
{
	return (Ctx){
	    .community = fixture->community,
	    .out = &fixture->out,
	    .host = &fixture->host,
	    .records = fixture->folder ? &fixture->records : NULL,
	    .random = &fixture->random,
	    .actor = {.kind = ACTOR_ADMINISTRATOR, .name = "root (uid 0)"},
	    .sink = {.data = fixture, .refuse = keep_refusal},
	    .now = fixture->now,
	    .monotonic = fixture->now,
	};
}

static void
take_deliveries(ActFixture *fixture)
{
	size_t count;
	const Delivery *deliveries = outbox_take(&fixture->out.outbox, 0, &count);

	for (size_t i = 0; i < count; i++) {
		const Delivery *delivery = &deliveries[i];
		GString *text = g_ptr_array_index(fixture->received, delivery->conn.index);

		if (!delivery->line)
			continue;
		g_string_append_len(text, delivery->line->data, delivery->line->length);
		line_unref(delivery->line);
	}
}

char *
fixture_read(ActFixture *fixture, const Session *session)
{
	GString *text;
	char *lines;

	take_deliveries(fixture);
	text = g_ptr_array_index(fixture->received, session->conn.index);
	g_string_replace(text, "\r\n", "|", 0);
	lines = g_strdup(text->str);
	g_string_truncate(text, 0);
	return lines;
}

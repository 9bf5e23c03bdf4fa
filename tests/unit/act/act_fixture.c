/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"

static const HostStatus *
give_status(Host *host)
{
	return &((ActFixture *)host->data)->status;
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
	fixture->host = (Host){.data = fixture, .status = give_status};
	out_init(&fixture->out, 1);
}

void
fixture_clear(ActFixture *fixture)
{
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

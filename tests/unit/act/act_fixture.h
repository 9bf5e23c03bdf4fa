/* SPDX-License-Identifier: MIT */
/*
 * ActFixture: a community with users whose sessions are read like connections, for tests of verbs
 * and commands: the real domain, events and outbox; only sockets and the gate are missing.
 */
#pragma once

#include "act/records.h"
#include "act/verbs.h"
#include "proto/message.h"

#define FIXTURE_NOW (INT64_C(1500000000) * 1000000)

typedef struct ActFixture {
	Settings *settings;
	Timers *timers;
	Community *community;
	Out out;
	Random random;
	Host host;
	HostStatus status;
	uint32_t connections;
	int64_t now;
	GPtrArray *received; /* GString of each connection; all it was sent */
	Records records;
	Mailbox *answers;
	char *folder; /* of the store; NULL: there is none */
	/* Who waits for a session to read (Host.when_read), until fixture_has_read(); NULL: nobody.
	 */
	void (*reader)(void *data, bool gone);
	void *reader_data;
	char *refusal; /* what the sink of an administrator was told last: "ERR_X text" */
} ActFixture;

void fixture_init(ActFixture *fixture);
void fixture_clear(ActFixture *fixture);
/* From here on there is a pool for jobs. */
void fixture_add_pool(ActFixture *fixture);
/* From here on registered channels are kept, in a folder of its own. */
void fixture_add_store(ActFixture *fixture);
/* From here on there is a history, beside the store, and a pool to read it. */
void fixture_add_history(ActFixture *fixture);
/* Ends the turn and waits until every question to the history is answered. */
void fixture_settle_history(ActFixture *fixture);
/* The channels as they are stored now; caller frees. */
GPtrArray *fixture_stored(ActFixture *fixture);
/* Finishes jobs and writes whose answers are there. */
void fixture_finish_answers(ActFixture *fixture);
/* Finishes jobs and writes until the session is not pending; fails the test after ten seconds. */
void fixture_settle(ActFixture *fixture, const Session *session);
/* From here on who is behind with reading is waited for. */
void fixture_wait_for_readers(ActFixture *fixture);
/* The session has read all it was sent, or is gone; who waited for that goes on. */
void fixture_has_read(ActFixture *fixture, Session *session, bool gone);
/* A session that is not registered. */
Session *fixture_connect(ActFixture *fixture);
/* A registered user of that nick and user name, nothing of the welcome to be read. */
Session *fixture_user(ActFixture *fixture, const char *nick);
/* A Ctx of the session, with a reply under way: end it with fixture_end(). */
void fixture_begin(ActFixture *fixture, Session *session, Ctx *ret_ctx, Reply *reply);
void fixture_end(ActFixture *fixture, Ctx *ctx);
/* A Ctx of an administrator called "root (uid 0)". */
Ctx fixture_administrator(ActFixture *fixture);
/* What the session was sent since the last call, lines ended by "|". Caller frees. */
char *fixture_read(ActFixture *fixture, const Session *session);
/* Compares and frees. */
#define fixture_expect(fixture, session, text)                                                     \
	do {                                                                                       \
		g_autofree char *got = fixture_read((fixture), (session));                         \
		g_assert_cmpstr(got, ==, (text));                                                  \
	} while (0)

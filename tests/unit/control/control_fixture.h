/* SPDX-License-Identifier: MIT */
/*
 * ControlFixture: a control socket over a real community, event bus, store, worker pool and
 * configuration file in a folder of its own; a host that reloads that file. Only the sockets are
 * missing: what a session sends lands in its TestPeer. Invariant: control_fixture_clear() leaves
 * nothing behind. Thread: the test's is the state thread.
 */
#pragma once

#include "act/host.h"
#include "act/records.h"
#include "control/control_server.h"
#include "control/json_text.h"
#include "domain/community.h"
#include "out/out.h"

typedef struct ControlFixture {
	char *folder;
	char *config_path;
	Clock clock;
	Random random;
	Log *log;
	LogRing *ring;
	Mailbox *answers;
	WorkPool *pool;
	Store *store;
	Records records;
	Timers *timers;
	Settings *settings;
	Community *community;
	Out out;
	Host host;
	HostStatus status;
	HostListener listener;
	Control *control;
	char *stop_reason;  /* what host->stop was given */
	bool refuse_reload; /* the next reload fails as if a port were taken */
	struct {
		void (*done)(void *data, const HostReload *reload);
		void *data;
		char *who;
		Timer timer;
	} reload;
} ControlFixture;

/* One connection's end. */
typedef struct TestPeer {
	ControlFixture *fixture;
	ControlSession *session;
	GQueue lines; /* of json_t, oldest first */
	bool closed;
	CloseReason reason;
	size_t unsent;   /* what its output says of itself */
	size_t bytes;    /* of all lines */
	bool count_only; /* lines are not understood and kept, only their bytes counted */
} TestPeer;

/* `config` is the file's text; NULL: "". */
void control_fixture_init(ControlFixture *fixture, const char *config);
void control_fixture_clear(ControlFixture *fixture);
/* Stops and starts the control part, as a restart does. */
void control_fixture_restart(ControlFixture *fixture);
/* Runs timers and answers once. */
void control_fixture_turn(ControlFixture *fixture);
/* A registered user with a session. */
User *control_fixture_user(ControlFixture *fixture, const char *nick);
Channel *control_fixture_channel(ControlFixture *fixture, const char *name);
/* The account is there. */
void control_fixture_login(ControlFixture *fixture, User *user, const char *account);
void control_fixture_join(ControlFixture *fixture, User *user, Channel *channel);
char *control_fixture_config(const ControlFixture *fixture);

/* Opens as uid 0 unless `uid` says otherwise, without groups. */
void test_peer_open(TestPeer *peer, ControlFixture *fixture, uid_t uid);
/* The same without waiting until its role is known. */
void test_peer_prepare(TestPeer *peer, ControlFixture *fixture, const ControlPeer *who);
void test_peer_open_as(TestPeer *peer, ControlFixture *fixture, const ControlPeer *who);
void test_peer_close(TestPeer *peer);
void test_peer_send(TestPeer *peer, const char *line);
/* The oldest line not yet taken; turns until there is one, ten seconds at most. Caller frees. */
json_t *test_peer_next(TestPeer *peer);
/* NULL if there is none now. */
json_t *test_peer_poll(TestPeer *peer);
/* Calls a method with parameters as JSON text (NULL: none) and waits for the answer. */
json_t *test_peer_call(TestPeer *peer, const char *method, const char *params);
/* The same; fails the test if it is an error; gives `result`, which the caller frees. */
json_t *test_peer_result(TestPeer *peer, const char *method, const char *params);
/* The same; fails the test unless it is this error; gives its message, which the caller frees. */
char *test_peer_error(TestPeer *peer, const char *method, const char *params, int code);
/* "a.b.0.c" inside a value; NULL if it is not there. Borrowed. */
json_t *json_at(const json_t *value, const char *path);
const char *json_text_at(const json_t *value, const char *path);

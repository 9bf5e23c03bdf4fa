/* SPDX-License-Identifier: MIT */
/*
 * OutFixture: a community with users and channels made by hand, and an outbox to look into.
 * Invariant: the handle of session number n's connection is {n, 1} on loop 0. Thread: one.
 */
#pragma once

#include "base/random.h"
#include "domain/channel.h"
#include "domain/community.h"
#include "domain/session.h"
#include "domain/user.h"
#include "out/out.h"

#define FIXTURE_TIME INT64_C(1500000000000000) /* 2017-07-14T02:40:00Z */

typedef struct OutFixture {
	Settings *settings;
	Timers *timers;
	Community *community;
	Out out;
	Random random;
	uint32_t n_users;
} OutFixture;

void out_fixture_set_up(OutFixture *fixture, gconstpointer data);
void out_fixture_tear_down(OutFixture *fixture, gconstpointer data);
/* A registered user with nick!~u@host and these capabilities. */
User *out_fixture_user(OutFixture *fixture, const char *nick, uint64_t caps);
/* One more session of the user, with these capabilities. */
Session *out_fixture_session(OutFixture *fixture, User *user, uint64_t caps);
Channel *out_fixture_channel(OutFixture *fixture, const char *name);
Member *out_fixture_join(Channel *channel, User *user, uint64_t ranks);
/* An event by that user (NULL: the service), with his session as its origin. */
Event out_fixture_event(EventKind kind, User *user);
/* What was queued since the last call for this user, as one text with "\r\n"; what is for others
 * stays. Caller frees. */
char *out_fixture_sent(OutFixture *fixture, const User *user);
/* Forgets what was queued; returns how many deliveries there were. */
size_t out_fixture_drop(OutFixture *fixture);

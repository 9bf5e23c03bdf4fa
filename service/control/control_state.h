/* SPDX-License-Identifier: MIT */
/*
 * The insides of Control and ControlSession, for the files of this folder only. Invariants: a call
 * in session->calls points back at its session; a held push waits only while a call is in flight;
 * `lost` topics are told by one resync as soon as the reader has caught up.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"
#include "control/control_server.h"
#include "control/json_text.h"
#include "control/log_sources.h"
#include "control/method.h"

typedef struct ConfigQueue ConfigQueue;
typedef struct ConfigWatch ConfigWatch;
typedef struct ListRunner ListRunner;
typedef struct Subscriptions Subscriptions;

/* What can be subscribed to; names in push.c. */
typedef enum Topic {
	TOPIC_USER,
	TOPIC_CHANNEL,
	TOPIC_MEMBER,
	TOPIC_ACCOUNT,
	TOPIC_CONFIG,
	TOPIC_SERVICE,
	TOPIC_LOG, /* log.event; not in the list of service.subscribe */
	TOPICS
} Topic;

struct Control {
	ControlSetup setup;
	GPtrArray *sessions; /* borrowed */
	GPtrArray *calls;    /* all that have not ended, also those nobody waits for; borrowed */
	ListRunner *lists;
	Subscriptions *subscriptions;
	ConfigQueue *config;
	ConfigWatch *watch;
	GHashTable *started; /* config_values() at the start: what restart rows still are */
	GHashTable *known;   /* the same, as last told to subscribers */
	Timer calm;          /* looks whether slow readers have caught up */
	const char *state;
	bool stopping; /* nothing is begun any more */
};

struct ControlSession {
	Control *control;
	ControlPeer peer;
	ControlOutput output;
	unsigned role;
	char *who;           /* "anna (uid 1000)" */
	char *issuer;        /* rpc.set_issuer; NULL: none */
	struct Judge *judge; /* under way: `role` is not known or may be another (judge.h) */
	GQueue early;        /* of EarlyLine: input that waits for it */
	size_t early_bytes;
	bool closing;
	bool judged;        /* `role` holds */
	bool ended;         /* no request comes any more */
	GPtrArray *calls;   /* in flight; borrowed */
	GHashTable *timers; /* rpc_timers.c; NULL: none was ever set */
	unsigned topics;    /* bits of Topic */
	LogSources *log_sources;
	GQueue held; /* of Line: pushes while a call is in flight */
	size_t held_bytes;
	unsigned lost; /* bits of Topic */
};

/* control_server.c */
/* The pool for jobs; NULL when nothing is begun any more. */
WorkPool *control_pool(const Control *control);

/* control_session.c */
/* Sends an answer line unless the session is closing; the reference goes along. */
void session_send(ControlSession *session, Line *line);
/* A call ended: pushes that were held may go, and a session whose peer ended. */
void session_call_ended(ControlSession *session);
/* Other settings are in force: who has no role any more is told and closed; until that is known
 * the sessions' input waits. */
void control_judge_roles(Control *control);
/* Who acts, with the issuer if there is one. Caller frees. */
char *session_actor_name(const ControlSession *session);

/* push.c */
const char *topic_name(Topic topic);
/* Sends the push to every session that subscribed to the topic. Steals the reference. */
void control_push(Control *control, Topic topic, json_t *result);
/* The same of what each role sees otherwise: made once for each that listens. */
void control_push_by_role(Control *control, Topic topic,
    json_t *(*make)(const Control *control, unsigned role, const void *object), const void *object);
bool control_is_followed(const Control *control, Topic topic);
void session_push(ControlSession *session, Topic topic, Line *line);
void session_flush_held(ControlSession *session);
/* Forgets what is held and lost of these topics: the session has another list. */
void session_set_topics(ControlSession *session, unsigned topics);
/* Listener of the log ring; `data` is a Control. */
void control_log_entry(void *data, const LogEntry *entry);

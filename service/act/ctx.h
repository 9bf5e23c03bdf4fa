/* SPDX-License-Identifier: MIT */
/*
 * Ctx: all a verb may know besides its arguments: who asks, when, and where refusals go. A verb is
 * deterministic: time, ids and randomness come from here only.
 * Invariant: lives for one command; holds no reference. `reply` is NULL unless a client asked.
 * Thread: state.
 */
#pragma once

#include "act/host.h"
#include "base/random.h"
#include "domain/channel.h"
#include "domain/community.h"
#include "domain/session.h"
#include "domain/user.h"
#include "out/out.h"
#include "proto/numerics.h"

#include <stdbool.h>

typedef enum Outcome {
	OUTCOME_DONE,
	OUTCOME_REFUSED, /* the sink was told why */
	OUTCOME_CLOSE,   /* the session is closing */
	OUTCOME_PENDING, /* a job goes on with it; this session's further input waits */
} Outcome;

typedef enum ActorKind {
	ACTOR_USER,          /* operators are users with privileges */
	ACTOR_ADMINISTRATOR, /* control socket; needs no seat; acts in the service's name */
	ACTOR_SERVICE,       /* the service itself: timers, start */
} ActorKind;

typedef struct Actor {
	ActorKind kind;
	User *user;       /* ACTOR_USER after registration; else NULL */
	Session *session; /* whose command it is; NULL for the others */
	const char *name; /* for records: nick, "root (uid 0)", "service" */
} Actor;

/* A refusal: the numeric, its name ("ERR_NOSUCHCHANNEL") and what follows the nick in it. */
typedef struct RefusalSink {
	void *data;
	void (*refuse)(void *data, unsigned numeric, const char *name, const char *text);
} RefusalSink;

struct Records;

/* A built-in service (NickServ) through which somebody asks: what he is answered are its NOTICEs.
 * Constant. */
typedef struct Voice {
	const char *nick;
} Voice;

/* nick!user@host. Caller frees. */
char *voice_prefix(const Community *community, const Voice *voice) G_GNUC_WARN_UNUSED_RESULT;

/* Refusals of a verb that another one asks (may it be said?), told as that one's FAIL. */
typedef struct FailAs {
	const char *command; /* "EDIT" */
	const char *code;
	const char *context; /* NULL: none */
} FailAs;

typedef struct Ctx {
	Community *community;
	Out *out;
	Host *host;
	struct Records
	    *records; /* registered channels kept in the store (act/records.h); NULL: not kept */
	Random *random;
	Actor actor;
	Reply *reply;
	/* Refusals and answers are its; NULL: none. What goes on with a command that was PENDING
	 * has the one the command had (session->voice). */
	const Voice *voice;
	const FailAs *fail_as; /* refusals are this; NULL: what they are */
	RefusalSink sink;      /* not looked at while `reply` is set */
	int64_t now;           /* wall, microseconds */
	int64_t monotonic;     /* microseconds */
} Ctx;

/* "ERR_…" to whoever asked; returns OUTCOME_REFUSED. Use the macro: the format is checked. */
Outcome ctx_refuse(Ctx *ctx, unsigned numeric, const char *name, const char *format, ...)
    G_GNUC_PRINTF(4, 5);
#define refuse(ctx, NUMERIC, ...)                                                                  \
	ctx_refuse((ctx), NUMERIC, #NUMERIC, FMT_##NUMERIC __VA_OPT__(, ) __VA_ARGS__)
/* A numeric to the asking client; nothing if there is none. */
#define reply(ctx, NUMERIC, ...)                                                                   \
	do {                                                                                       \
		if ((ctx)->reply)                                                                  \
			reply_with((ctx)->reply, NUMERIC __VA_OPT__(, ) __VA_ARGS__);              \
	} while (0)

/* The same as a standard reply: "FAIL command code context :text"; `context` may be NULL. */
Outcome ctx_fail(
    Ctx *ctx, const char *command, const char *code, const char *context, const char *text);
/* As ctx_fail(), of what was done: "NOTE command code context :text"; only to who asked. */
void ctx_note(
    Ctx *ctx, const char *command, const char *code, const char *context, const char *text);
/* What was not done of a command whose rest was: "WARN command code :text" with a code of our own,
 * a NOTICE to clients that do not know standard-replies. */
void ctx_warn(Ctx *ctx, const char *command, const char *code, const char *text);
/* The same command, but in the service's name: what follows from it by a rule of a channel. The
 * reply stays the asker's, so that he hears of it after what he did himself. */
Ctx ctx_as_service(const Ctx *ctx);
/* A NOTICE of ctx->voice to the asking client; nothing if there is none. */
void ctx_say(Ctx *ctx, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* An event of this moment by this actor: kind, time, msgid, source, user, origin are filled in. */
Event ctx_event(Ctx *ctx, EventKind kind);
/* The same about a user, in his name, whoever acts. */
Event ctx_user_event(Ctx *ctx, EventKind kind, User *user);
/* The service says it, whoever did it: no tag tells of a person. */
void event_by_service(const Ctx *ctx, Event *event);
/* A NOTICE of a built-in service to others than who asks; the target is the caller's to fill in.
 * `source` is voice_prefix(). */
Event event_of_voice(Ctx *ctx, const char *source, const char *text);
/* Audience, render, queue, bus. */
void announce(Ctx *ctx, const Event *event);
/* The text cut to `maximum` bytes at a character's boundary. Caller frees. */
char *cut_text(const char *text, unsigned maximum) G_GNUC_WARN_UNUSED_RESULT;
/* nick!user@host of a user, the service's name for the others. */
const char *ctx_source(const Ctx *ctx);
/* Who set it, for lists and topics: nick!user@host, or the administrator's name. */
const char *ctx_setter(const Ctx *ctx);

/* What is done to what. */
typedef enum ActorVerb {
	MAY_SEE_HIDDEN, /* invisible users, secret channels, addresses */
	MAY_KILL,
	MAY_REHASH,
	MAY_WALLOPS,
	MAY_READ_NOTICES,    /* user mode s */
	MAY_MANAGE_ACCOUNTS, /* of others */
	MAY_READ_STATS,      /* what STATS keeps from users */
	MAY_ANNOUNCE,        /* NOTICE $* */
	MAY_OVERRIDE,        /* SAJOIN, SAMODE, SANICK, SAPART */
	MAY_KEEP_CHANNELS,   /* permanent channels, registrations of others */
	MAY_HOST_CHANNEL,    /* modes, topic under +t, kicks, invitations: needs operator or owner
				there */
	MAY_OWN_CHANNEL,     /* what only an owner may */
} ActorVerb;

/* The one decision; `channel` for the last two, else NULL. */
bool actor_may(const Ctx *ctx, ActorVerb verb, const Channel *channel);
/* What an operator's privileges decide; tells why not: 481 to users, 723 to operators without it.
 */
bool actor_must(Ctx *ctx, ActorVerb verb);

/* SPDX-License-Identifier: MIT */
/*
 * Session: one connection of a client as the state thread sees it: capabilities, registration
 * stage, deadlines, flood bucket. Knows no descriptor, only a handle. Invariant: `user` is set
 * while stage is SESSION_REGISTERED, and then it stands in user->sessions; `registration` before
 * that. Thread: state.
 */
#pragma once

#include "base/slots.h"
#include "base/timers.h"
#include "domain/property_list.h"
#include "domain/reading.h"
#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A session that speaks for nobody: its user is not at it, for no reason told (IRCv3 pre-away). */
#define SESSION_AWAY_UNTOLD "*"

typedef enum SessionStage {
	SESSION_REGISTERING,
	SESSION_REGISTERED,
	SESSION_CLOSING, /* a close was asked for: input is ignored */
} SessionStage;

/* What a client said before 001. */
typedef struct Registration {
	char *nick;         /* reserved in the directory from NICK on */
	char *refused_nick; /* the newest that is somebody else's; NULL: none */
	char *username;
	char *real_name;
	char *password;
	bool shares_nick;            /* `nick` is a user's he may join: it is not reserved */
	PropertyList *properties;    /* for the user; NULL: none */
	bool anonymous;              /* it said that it has no account (SASL ANONYMOUS) */
	int64_t account;             /* id of the one it is logged in to; 0: none */
	bool negotiating;            /* CAP LS or REQ seen, CAP END not */
	void (*when_admitted)(void); /* of act/admission.c, while its PASS is compared */
	bool admitted;               /* its password was right, or none is asked for */
} Registration;

/* Where it came from; constant after session_new(), but for session_speak_for(). */
typedef struct SessionPeer {
	char *address;
	char *host;        /* the name a gateway gave it; NULL: it is shown by its address */
	char *gateway;     /* who connected in its name; NULL: nobody */
	bool private_link; /* nobody listens in between (net/io_sink.h) */
	uint16_t peer_port;
	uint16_t local_port;
	uint32_t listener;
	bool tls;
	char *tls_version;
	char *tls_cipher;
	char *tls_host;                /* the name it asked for (SNI), lower case; NULL: none */
	char *certificate_fingerprint; /* "" if none */
	/* Channel bindings of its TLS session, for SASL; NULL: none. */
	GBytes *tls_exporter;         /* RFC 9266 */
	GBytes *tls_server_end_point; /* RFC 5929 */
} SessionPeer;

struct Session {
	Handle handle; /* in the community's session table */
	Handle conn;   /* its connection */
	User *user;
	Session *next; /* of the same user; he may have several */
	Registration *registration;
	uint64_t caps;        /* CAP_* bits of proto/caps.h */
	uint16_t cap_version; /* 302: values are shown, cap-notify is on */
	uint8_t stage;
	const char *verb; /* of its newest command, a constant; NULL: none yet */
	bool pending;     /* a verb waits for a job: further input waits in the gate */
	/* Who answers the command that runs or waits, a built-in service it was written to
	 * (act/ctx.h); NULL: the service itself. It ends with the command. */
	const struct Voice *voice;
	struct Job *job; /* it waits for this one, which is cancelled when the session goes; NULL:
		     for none or for one that goes on without it */
	bool ping_sent;
	SessionPeer peer;
	int64_t opened_at; /* wall */
	int64_t heard_at;  /* monotonic: last input */
	double tokens;     /* flood bucket */
	int64_t tokens_at; /* monotonic: when `tokens` was right */
	Timer deadline;    /* ping or pong */
	void *sasl; /* the exchange under way (act/sasl.h), freed with `sasl_free`; NULL: none */
	void (*sasl_free)(void *sasl);
	GString *
	    sasl_collected; /* chunks of a response that is not complete (cmd/cmd_authenticate.c) */
	void *gate;         /* the gate's own record (input that waits) */
	Reading reading;    /* how far its client is behind with the answers */
	struct Reply *answering; /* of out/reply.h: the answer in the making; NULL: none is */
	struct Line *farewell; /* ends the connection when that answer is written; NULL: nothing */
	uint32_t farewell_reason;
	MonitorList *monitored; /* nicks it watches (monitor.h); NULL: none */
	char *away; /* what it said of its user: NULL here, SESSION_AWAY_UNTOLD gone, else why */
	int64_t away_at;             /* wall: when it said so */
	PropertyList *subscriptions; /* keys of properties it is told of; NULL: none */
	ClientBatch *batch;          /* the one it has open (client_batch.h); NULL: none */
	char *device; /* which of his devices, as he named it when logging in; NULL: he did not */
	int64_t device_seen_at; /* wall: when that device was last here, before now; 0: never */
	NameList *caught_up;    /* channels it was shown what it missed of; NULL: none */
	unsigned
	    replaying; /* answers of the history that it is still to be told (act/autoreplay.h) */
	bool lost;     /* the connection broke: who knows what arrived after it was last heard of */
	/* Lines that may not overtake the answer it waits for (out/out.h); NULL: nothing is held.
	 */
	GPtrArray *held_back;
	char *quit_reason; /* what others will read when it goes; NULL: the close reason's text */
};

Session *session_new(Handle conn, const SessionPeer *peer, int64_t now, int64_t monotonic);
/* Cancels nothing but its batch: its owner cancelled the timer and freed the user before. */
void session_free(Session *session);
/* It is somebody else's connection from here on: all of `peer` is copied, what it does not say is
 * forgotten. */
void session_speak_for(Session *session, const SessionPeer *peer);
/* Nobody can listen: TLS as far as is known, or the client itself is on this machine. */
bool session_is_safe(const Session *session);
/* All is there that registration needs, and CAP END was said. */
bool session_is_ready(const Session *session);
bool session_has(const Session *session, uint64_t caps); /* all of them */
/* Ends SESSION_REGISTERING: the registration is freed, the user set, and the session is the last of
 * his sessions. */
void session_set_user(Session *session, User *user);
/* `text` NULL: its user is at it. */
void session_set_away(Session *session, const char *text, int64_t now);
/* Takes it out of its user's sessions; he stays. */
void session_leave_user(Session *session);
/* The first reason given wins. */
void session_set_quit_reason(Session *session, const char *reason);
/* Name to address it by in numerics: its nick, or "*" before it has one. */
const char *session_name(const Session *session);
/* Refills the bucket; true and `cost` taken if it held that much, else when it will (monotonic). */
bool session_take_tokens(Session *session, unsigned cost, unsigned burst, unsigned rate,
    int64_t monotonic, int64_t *ret_when);

/* SPDX-License-Identifier: MIT */
/*
 * Event: something that happened, as a value: what, who, where, when. From it follow the lines of
 * clients, the pushes of the control socket, counters and the log; nothing is told any other way.
 * Invariant: it describes the state after the change; everything it points to is borrowed and valid
 * while it is published. For QUIT the user is published while still in his channels, for PART and
 * KICK the member is. Thread: state.
 */
#pragma once

#include "base/message_id.h"
#include "domain/types.h"
#include "proto/multiline.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum EventKind {
#define EVENT(name, audience, needs, varies, text, help) EVENT_##name,
#include "out/events.def"
#undef EVENT
	EVENTS
} EventKind;

typedef enum AudienceKind {
	AUDIENCE_NOBODY,
	AUDIENCE_TARGET,  /* channel's members (with a rank in `ranks` if any), or the target user;
			     not the origin, unless it has echo-message */
	AUDIENCE_CHANNEL, /* members */
	AUDIENCE_WITNESSES, /* members that see the one it is about: the target, else the user */
	AUDIENCE_SHOWN,  /* those that see the user now, but himself and who has one of `ranks` */
	AUDIENCE_HIDDEN, /* members that do not see the user */
	AUDIENCE_NEIGHBOURS, /* who shares a channel with the user; not himself. With `channel`: its
				members but himself */
	AUDIENCE_NEIGHBOURS_AND_SELF,
	AUDIENCE_FOLLOWERS, /* as NEIGHBOURS, and who watches the user with extended-monitor; these
			       not when `channel` is given */
	AUDIENCE_FOLLOWERS_AND_SELF,
	AUDIENCE_WATCHERS,    /* who watches the nick `target_name` */
	AUDIENCE_SUBSCRIBERS, /* of `key`: the channel's members; with `target` who shares a channel
				 with him or watches him, and himself; with both the channel's
				 members that see him, but him. Never the origin */
	AUDIENCE_USER,        /* the target alone */
	AUDIENCE_INVITATION,  /* the target, and hosts of the channel with invite-notify */
	AUDIENCE_HOSTS,       /* who runs the channel */
	AUDIENCE_WALLOPS,     /* users with mode w */
	AUDIENCE_EVERYBODY,   /* users; whose it is with echo-message only */
	AUDIENCE_NOTICE_READERS, /* operators with mode s and the kind `notice` in it */
} AudienceKind;

/* The names in an event that is told again, as they were. */
typedef struct EventNames {
	const char *channel; /* NULL: none */
	const char *whom;    /* nick of the target; NULL: none */
	const char *real_name;
} EventNames;

typedef struct Event {
	EventKind kind;
	int64_t time;                /* wall, microseconds */
	char msgid[MESSAGE_ID_SIZE]; /* "" if it has none */
	const char *source;          /* nick!user@host before the change, or the service's name */
	const char *account; /* of the source at that moment, before a change of it; NULL: none */
	int64_t owner;       /* id of that account, or of that which relayed for somebody elsewhere;
				what was said is its for good. 0: nobody's */
	const int64_t
	    *subjects; /* CHANNEL_MODE: ids of the accounts of those it names, each once */
	unsigned n_subjects;
	User *user;      /* who did it or whom it is about; NULL: the service */
	Session *origin; /* whose command it was; NULL: none */
	Channel *channel;
	User *target;            /* KICK, INVITE, MESSAGE to a user, KILLED, USER_MODE */
	const char *key;         /* PROPERTY: which; its value is `text`, NULL: removed */
	const char *verb;        /* PRIVMSG, NOTICE; as on the wire */
	const char *target_name; /* MESSAGE: "#chat", "@#chat" or a nick, as it will be printed;
				    ONLINE, OFFLINE: the nick; PROPERTY: whose;
				    RENAME: the name before */
	const char *text;        /* message, reason, topic, new nick, "+o-v a b", away text; ONLINE:
				    nick!user@host; CHGHOST: "user host"; CONFIGURATION:
				    how many settings are others, NULL: none */
	const MultilineLine *lines; /* MESSAGE of several lines; `text` is all of them joined */
	unsigned n_lines;           /* 0: `text` is the one line */
	const char *client_tags;    /* "+a=b;+c", rendered; NULL: none */
	/* Sessions with any of these capabilities are left out. */
	uint64_t without;
	uint64_t ranks;      /* MESSAGE to a channel: members with any of these only; 0: all */
	bool is_by_bot;      /* the source has mode B at that moment */
	bool is_by_operator; /* the source is an IRC operator at that moment */
	const char *operator_name; /* then: which; NULL: not told */
	const char *redacted;      /* REDACTION, EDIT: id of the message it is about */
	int64_t edited_at;         /* told again: when its text was last replaced; 0: never */
	const EventNames *names;   /* told again: these count, the objects are NULL; NULL: live */
	unsigned notice;           /* SERVER_NOTICE: its kind (proto/notices.h) */
	const char *relayed_by; /* MESSAGE in the name of somebody elsewhere: nick of who sent it */
	const char *by;         /* KILLED, OPERATOR, CONFIGURATION: name of who did it */
	bool is_withheld;       /* MESSAGE to a user who does not hear the source: the echo alone */
} Event;

typedef struct EventRow {
	const char *name;
	AudienceKind audience;
	uint64_t needs;  /* capabilities a session must have to get it at all */
	uint64_t varies; /* capabilities its line depends on */
	const char *help;
} EventRow;

/* The row; `kind` < EVENTS. */
const EventRow *event_row(EventKind kind);

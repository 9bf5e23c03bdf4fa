/* SPDX-License-Identifier: MIT */
/*
 * MessageChange: a stored message is taken back or given another text, by its id: it is looked for,
 * who may is decided, the store is told, then everybody who can understand it, and the audit says
 * who did it. One row for each kind (IRCv3 draft/message-redaction, draft/message-edit).
 * Invariant: what the store has done is announced and recorded, also when who asked for it is gone
 * by then: what that takes of him is copied. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/records.h"

typedef struct MessageChange MessageChange;

/* What is asked for; borrowed. */
typedef struct ChangeRequest {
	const char *target; /* as it was written */
	const char *msgid;
	const char *text;           /* the new one, or the reason; NULL: none */
	const MultilineLine *lines; /* of a new text of several lines, which `text` joins */
	unsigned n_lines;
} ChangeRequest;

typedef struct MessageChangeKind {
	const char *verb; /* "REDACT" */
	EventKind event;
	bool hosts_may; /* hosts of the channel change what others said */
	int64_t (*window)(const SettingsHistory *settings); /* how long one may; 0: for ever */
	const char *target_text;                            /* INVALID_TARGET */
	const char *forbidden;                              /* code for what is somebody else's */
	const char *forbidden_text;                         /* its text */
	const char *expired;                                /* code for what is too old */
	const char *expired_text;
	const char *done; /* code of the NOTE for who is not told by the event */
	const char *done_text;
	bool is_in_its_name; /* what was relayed is changed in the name it was relayed for */
	/* A rule of its own; tells why not. NULL: none. */
	bool (*check)(Ctx *ctx, MessageChange *change, const HistoryRow *row);
	void (*store)(MessageChange *change, History *history, const HistoryPlace *place,
	    StoreDone done, void *data);
} MessageChangeKind;

struct MessageChange {
	const MessageChangeKind *kind;
	Host *host;
	Records *records;
	Handle session;
	char *label;
	char *target; /* as it is printed */
	char *msgid;
	char *text;         /* the new one, or the reason; NULL: none */
	GArray *lines;      /* of MultilineLine with texts of their own; NULL: it is one line */
	char *said_by;      /* source of the message */
	char *relayed_by;   /* of a message that is changed in somebody else's name; else NULL */
	const char *spoken; /* PRIVMSG or NOTICE, as the message was: lists of SILENCE tell them
			       apart; NULL: neither */
	/* Who does it, when, and how he is told of. */
	char *source;
	char *account; /* NULL: none */
	char *setter;
	int64_t when;
	bool keep_version;   /* the text before is kept */
	uint64_t ranks;      /* who of the channel is to see it; 0: everybody */
	bool is_withheld;    /* the other has silenced who does it: nothing happens but the echo */
	const char *problem; /* of the store; NULL: none */
	bool is_gone;        /* the store had no such message any more */
	bool announced;
};

/* PENDING, or refused at once with a FAIL. */
Outcome act_change_message(Ctx *ctx, const MessageChangeKind *kind, const ChangeRequest *request);
/* "target msgid" as it stands behind a code. Caller frees. */
char *message_change_context(const MessageChange *change);
/* "FAIL verb code target msgid :text", or what ctx_fail() makes of it; returns OUTCOME_REFUSED. */
Outcome message_change_fail(
    Ctx *ctx, const MessageChange *change, const char *code, const char *text);

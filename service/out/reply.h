/* SPDX-License-Identifier: MIT */
/*
 * Reply: everything one command sends back to its own session, in order: numerics, standard
 * replies, and the events it caused as that session sees them. Labels and batches of answers live
 * only here: with a label, no line becomes ACK, one line or one batch carries it, several go into a
 * labeled-response batch (IRCv3). A session that is closed meanwhile gets its answer first.
 * Invariant: what passes REPLY_CHUNK is queued at once, with a label as soon as it has a second
 * line; nothing is sent after reply_end(). Thread: state.
 */
#pragma once

#include "base/bytes.h"
#include "base/random.h"
#include "domain/community.h"
#include "domain/session.h"
#include "out/event.h"
#include "out/outbox.h"
#include "proto/numerics.h"

#define REPLY_CHUNK 32768u                    /* bytes */
#define REPLY_LABELED_MAX (8u * 1024u * 1024) /* bytes held back under a label; past it: 400 */
#define REPLY_LABEL_MAX 64u                   /* bytes of a label (IRCv3 labeled-response) */
#define REPLY_BATCH_SIZE 9                    /* bytes of a reference with its NUL */

typedef struct Reply {
	Session *session;
	const Community *community;
	Outbox *outbox;
	Random *random; /* for batch references */
	int64_t now;    /* wall, microseconds */
	Bytes bytes;
	unsigned lines;               /* a batch counts once */
	char batch[REPLY_BATCH_SIZE]; /* the one that is open; "" if none */
	char outer[REPLY_BATCH_SIZE]; /* the label's, once it had to be begun; "" if it was not */
	bool is_labeled;              /* the label is on a line already */
	bool is_behind; /* no answer: it waits with what others do (out/held_back.h) */
	bool held;      /* nothing is queued before its end: it may have to wait for the disk */
	char label[REPLY_LABEL_MAX + 1]; /* escaped as it came; "" if none */
} Reply;

/* `label` may be NULL; it is taken if the session has the capability and it fits. */
void reply_begin(Reply *reply, const Community *community, Outbox *outbox, Random *random,
    Session *session, int64_t now, const char *label);
/* ":server NNN nick …"; use the macro, which has the format checked against the numeric. */
void reply_numeric(Reply *reply, unsigned numeric, const char *format, ...) G_GNUC_PRINTF(3, 4);
void reply_numeric_valist(Reply *reply, unsigned numeric, const char *format, va_list arguments)
    G_GNUC_PRINTF(3, 0);
#define reply_with(reply, NUMERIC, ...)                                                            \
	reply_numeric((reply), NUMERIC, FMT_##NUMERIC __VA_OPT__(, ) __VA_ARGS__)
/* Any other line of the service, without its source: "PONG server :token", "CAP * LS :…". */
void reply_line(Reply *reply, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The same in somebody's name: `source` is a nick!user@host. */
void reply_line_from(Reply *reply, const char *source, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* "FAIL", "WARN" or "NOTE" with a code that a specification defines for this command; the
 * capability standard-replies is not needed for those (IRCv3 standard-replies, "Capabilities").
 * `context` may be NULL. */
void reply_standard(Reply *reply, const char *type, const char *command, const char *code,
    const char *context, const char *text);
/* What follows goes into a batch of that type until reply_batch_end(); nothing changes for sessions
 * without the capability. `parameters` may be NULL. Batches of answers are not nested, but for the
 * one of a label. */
void reply_batch_begin(Reply *reply, const char *type, const char *parameters);
void reply_batch_end(Reply *reply);
/* The same with a code of our own: a NOTICE to sessions without the capability. */
void reply_own_standard(
    Reply *reply, const char *type, const char *command, const char *code, const char *text);
/* The event as this session sees it, if it is to see it. */
void reply_event(Reply *reply, const Event *event);
/* The label is answered later, by another reply: this one has none any more. NULL: it had none.
 * Caller frees. */
char *reply_take_label(Reply *reply);
/* Its label is answered with ACK at once: what follows belongs to another one, or to none. */
void reply_acknowledge(Reply *reply);
/* This reply answers that label, in the place of its own. NULL: its own stays. */
void reply_set_label(Reply *reply, const char *label);
/* Queues what there is, but for a single line that may be the only one under the label. */
void reply_flush(Reply *reply);
/* Queues what others said meanwhile and session->farewell, which closes it. */
void reply_farewell(Outbox *outbox, Session *session);
/* Queues what is left and frees; the reply is not used again. */
void reply_end(Reply *reply);
/* The command goes on later (Outcome PENDING): frees without an answer; its label is the caller's
 * to keep and to give to the reply_begin() of the continuation. */
void reply_abandon(Reply *reply);

/* SPDX-License-Identifier: MIT */
/*
 * Mail: one message through the submission server of [mail] (RFC 6409), sent on threads of
 * its own, and the way back to the session that caused it (act/session_job.h). Invariant: none is
 * sent for a session that is gone before its turn came. Thread: state; mail_deliver() any, it
 * blocks.
 */
#pragma once

#include "act/ctx.h"

#define MAIL_WORDS 6u
#define MAIL_JOBS_MAX 64u /* waiting for the pool */

typedef struct Mail {
	const char *to;
	const char *subject; /* UTF-8 */
	const char *text;    /* UTF-8, lines ended by \n */
	/* What the continuation needs besides; copied. */
	int64_t account;
	const char *words[MAIL_WORDS];
} Mail;

typedef struct MailAnswer {
	const char *problem; /* a sentence; NULL: the server took it */
	bool refused;        /* it will not take mail for this address */
	int64_t account;
	char *words[MAIL_WORDS];
} MailAnswer;

typedef void (*MailThen)(Ctx *ctx, const MailAnswer *answer);

/* Is there a server to send through? */
bool mail_is_configured(const Ctx *ctx);
/* OUTCOME_PENDING, or OUTCOME_REFUSED with nothing told when too many wait, in all or for the same
 * address. */
Outcome mail_send(Ctx *ctx, const Mail *mail, MailThen then);

/* What is needed to deliver one message. */
typedef struct MailDelivery {
	char *server; /* smtp://host:port or smtps:// */
	char *sender;
	char *user;          /* "": nobody logs in */
	char *password_file; /* "": none */
	char *ca_file;       /* "": the system's */
	unsigned tls;        /* MAIL_TLS_* of settings.h */
	int64_t timeout;     /* microseconds */
	char *to;
	char *message;  /* headers and text, lines ended by \r\n */
	const Job *job; /* given up when it is cancelled; NULL: never */
	/* Answer: */
	char *problem;
	bool refused;
} MailDelivery;

/* Blocks. */
void mail_deliver(MailDelivery *delivery);

/* SPDX-License-Identifier: MIT */
/*
 * ClientBatch: the batch a client has open (IRCv3 draft/client-batch): its lines are kept until it
 * is closed, and once something was wrong with it they are ignored until then. A session has at
 * most one. Ownership: its session's. Thread: state.
 */
#pragma once

#include "base/timers.h"
#include "domain/types.h"
#include "proto/multiline.h"

#include <glib.h>
#include <stdbool.h>

#define CLIENT_BATCH_REFERENCE_MAX 64u /* bytes */

struct ClientBatch {
	char *reference;
	char *label;          /* of the command that opened it; NULL: none, or answered */
	char *client_tags;    /* rendered; NULL: none */
	Multiline *multiline; /* NULL: the batch was refused, its lines are ignored */
	Timer deadline;
	Timers *timers; /* where the deadline is; borrowed */
	void *host;     /* of whoever set the deadline */
	Session *session;
};

/* Takes the place of the one that is open. `multiline` becomes the batch's; NULL: refused. */
ClientBatch *client_batch_open(
    Session *session, const char *reference, Multiline *multiline, Timers *timers);
/* From now on its lines are ignored. */
void client_batch_refuse(ClientBatch *batch);
/* Cancels its deadline. */
void client_batch_close(Session *session);
/* Letters, digits and '-', 1 to CLIENT_BATCH_REFERENCE_MAX bytes (IRCv3 batch). */
bool client_batch_reference_is_valid(const char *reference);

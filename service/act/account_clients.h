/* SPDX-License-Identifier: MIT */
/*
 * AccountClients: the clients that are logged in to an account, of all its users: who has lost a
 * telephone sees and ends it. Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "domain/account.h"

/* A walk over them; begins as {0}. Valid until one of them comes or goes. */
typedef struct AccountClients {
	guint user;       /* index of the next user */
	Session *session; /* where it stands */
	guint64 number;   /* of that one, from 1 */
} AccountClients;

/* NULL at the end. */
Session *account_next_client(const Account *account, AccountClients *walk);
/* All clients of a user are disconnected, who goes with the last one or stays (always-on). */
void account_close_clients(Ctx *ctx, User *user, const char *reason);
/* Another password ends nobody's session: says how many stay, and how they are ended. */
void account_tell_other_clients(Ctx *ctx, const Account *account);
/* Disconnects the client of that number, or with 0 all but the asking one. */
Outcome act_log_out_clients(Ctx *ctx, Account *account, guint64 number);

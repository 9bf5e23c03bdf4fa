/* SPDX-License-Identifier: MIT */
/*
 * Account verbs: registering, logging in and out, and every change of an account. What is refused
 * is a standard reply of the command in whose name it is asked, a NOTICE of the service, or the
 * error of a control method (ctx_fail()); what is done is told by account_answer(). Invariant: as
 * act/verbs.h. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* ---- account_login.c ---- */

/* The session's user, or the session itself before 001, is logged in to the account from now on;
 * who could see him is told, and he himself with 900. */
void act_log_in(Ctx *ctx, Session *session, Account *account);
/* With a password, by whoever asked NickServ. PENDING, or refused at once. */
Outcome act_identify(Ctx *ctx, const char *name, const char *password);
/* 901; nothing if he is not logged in. */
void act_log_out(Ctx *ctx, User *user);
/* May somebody log in to it now? NULL: yes; else why not, a sentence. */
const char *account_obstacle(const Account *account, int64_t now);
/* Everybody is logged out and it is gone from memory; the store is not told. */
void act_forget_account(Ctx *ctx, Account *account);

/* The owner of the account has one of its settings otherwise; `word` is a position in its row. */
void act_choose(Ctx *ctx, Account *account, AccountSetting setting, unsigned word);

/* ---- account_register.c ---- */

typedef struct AccountRequest {
	const char *command; /* in whose name refusals are told: "REGISTER" */
	const char *name;    /* "*": the nick */
	const char *email;   /* "*" or "": none */
	const char *password;
} AccountRequest;

/* draft/account-registration. PENDING while the password is hashed, or refused at once. */
Outcome act_register_account(Ctx *ctx, const AccountRequest *request);
/* Completes a registration, or a change of the e-mail address, with the code that was sent. */
Outcome act_verify_account(Ctx *ctx, const char *command, const char *name, const char *code);
/* Without its owner: `secret` as settings/secret.h makes it; "" for none. Checks the name. */
Outcome act_add_account(Ctx *ctx, const char *name, const char *email, const char *secret);

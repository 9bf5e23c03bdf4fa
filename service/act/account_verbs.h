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
/* The account has another name: he is told, and who sees him. */
void act_refresh_account(Ctx *ctx, User *user);
/* 901; nothing if he is not logged in. Without a client he leaves, and is freed. */
void act_log_out(Ctx *ctx, User *user);
/* The same of a session before 001: it may log in again, or go on without. */
void act_log_out_early(Ctx *ctx, Session *session);
/* Every user and every session before 001. */
void act_log_out_all(Ctx *ctx, const Account *account);
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
/* Without the code: it did not arrive. Operators and administrators. */
Outcome act_confirm_account(Ctx *ctx, Account *account);
/* Without its owner: `secret` as settings/secret.h makes it; "" for none. Checks the name. */
Outcome act_add_account(Ctx *ctx, const char *name, const char *email, const char *secret);

/* ---- account_change.c: by its owner, operators with the privilege accounts, administrators ----
 */

/* NULL and a refusal if there is none of that name or nick. */
Account *act_find_account(Ctx *ctx, const char *name);
/* `secret` as settings/secret.h makes it. */
Outcome act_set_account_secret(Ctx *ctx, Account *account, const char *secret);
/* Own passwords are changed with the old one; PENDING while they are compared and hashed. */
Outcome act_change_password(
    Ctx *ctx, Account *account, const char *old_password, const char *new_password);
Outcome act_group_nick(Ctx *ctx, Account *account, const char *nick);
Outcome act_ungroup_nick(Ctx *ctx, Account *account, const char *nick);
/* SHA-256 of a certificate, hexadecimal, colons allowed. */
Outcome act_add_certificate(Ctx *ctx, Account *account, const char *fingerprint);
Outcome act_remove_certificate(Ctx *ctx, Account *account, const char *fingerprint);
/* A row of domain/account_settings.def and one of its words. */
Outcome act_set_account_setting(Ctx *ctx, Account *account, const char *setting, const char *word);
/* A user who bears a nick of the account without being logged in to it gets another one. */
Outcome act_release_nick(Ctx *ctx, Account *account, const char *nick);
/* He is disconnected. */
Outcome act_ghost(Ctx *ctx, Account *account, const char *nick);

/* ---- account_admin.c ---- */

/* Operators and administrators. `duration` microseconds, 0: until it is taken back. */
Outcome act_suspend_account(Ctx *ctx, Account *account, const char *reason, int64_t duration);
Outcome act_unsuspend_account(Ctx *ctx, Account *account);
Outcome act_rename_account(Ctx *ctx, Account *account, const char *name);
/* For good. The owner proves with his password that it is he; PENDING then. */
Outcome act_erase_account(Ctx *ctx, Account *account, const char *password);

/* ---- account_reset.c ---- */

/* Where mail is sent, users confirm a new address first: PENDING while the code is on its way. */
Outcome act_set_account_email(Ctx *ctx, Account *account, const char *email);
/* Mails a code for a new password to the account's address. What is answered tells nobody whether
 * it has one; how long that takes may. */
Outcome act_send_reset(Ctx *ctx, const char *name);
/* With that code. PENDING while the password is hashed. */
Outcome act_reset_password(Ctx *ctx, const char *name, const char *code, const char *password);

/* ---- account_totp.c: the second factor (settings/totp.h) ---- */

/* Makes a secret and tells it, once; nothing changes until a code of it comes. */
Outcome act_offer_totp(Ctx *ctx, Account *account);
Outcome act_enable_totp(Ctx *ctx, Account *account, const char *code);
/* Operators need no code for the accounts of others. */
Outcome act_disable_totp(Ctx *ctx, Account *account, const char *code);

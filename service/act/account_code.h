/* SPDX-License-Identifier: MIT */
/*
 * AccountCode: codes that are mailed out, to prove that an address is somebody's: completing a
 * registration, another address, a forgotten password.
 * Invariant: the code itself is kept nowhere but in the mail. Thread: state.
 */
#pragma once

#include "act/mail.h"

#define CODE_SIZE 21 /* 20 characters and a NUL: 100 bits */

/* PENDING, or refused with a FAIL of `command` about `name`. `words` go along to `then`; the code's
 * digest is in words[MAIL_WORDS - 1] there. */
Outcome account_mail_code(Ctx *ctx, const char *command, AccountCodeKind kind, const char *name,
    const char *email, const char *const words[MAIL_WORDS], int64_t account, MailThen then);
/* Tells why the mail could not be sent. */
void account_mail_failed(Ctx *ctx, const char *command, const char *name, const MailAnswer *answer);

/* SPDX-License-Identifier: MIT */
/*
 * SecretWork: comparing and hashing passwords on threads of their own, and the way back to the
 * session that asked (act/session_job.h). Invariant: passwords are wiped. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define SECRET_WORDS 4u
#define SECRET_JOBS_MAX 256u /* waiting for the pool */

/* What is to be done; NULLs are not. */
typedef struct SecretWork {
	const char *stored;      /* what `password` is compared with (settings/secret.h) */
	const char *stored_file; /* has it in its first line, where `stored` is NULL or ""; as a
				    setting names it */
	const char *password;
	const char *new_password; /* is hashed */
	const char
	    *second_file;  /* has a secret of codes in its first line, as a setting names it */
	const char *code;  /* what was said to be its code */
	int64_t last_step; /* of the newest code used (settings/totp.h) */
	/* What the continuation needs besides; copied. */
	int64_t account;
	void (*next)(void); /* a function `then` is to call; cast it back */
	const char *words[SECRET_WORDS];
} SecretWork;

typedef struct SecretAnswer {
	bool right;        /* `password` belongs to `stored` */
	bool second_right; /* `code` is one of now; `last_step` is its step then */
	int64_t last_step;
	const char *secret; /* of `new_password`; NULL: none was asked for, or it cannot be one */
	int64_t account;
	void (*next)(void);
	char *words[SECRET_WORDS];
} SecretAnswer;

/* State thread, with a Ctx of the session, its label and voice. */
typedef void (*SecretThen)(Ctx *ctx, const SecretAnswer *answer);

/* OUTCOME_PENDING, or OUTCOME_REFUSED with nothing told when too many wait, in all or for the same
 * address. A password or code that was said counts as a failed login when nobody waits for the
 * answer any more and it was not found right. */
Outcome secret_work(Ctx *ctx, const SecretWork *work, SecretThen then);

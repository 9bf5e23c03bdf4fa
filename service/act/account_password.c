/* SPDX-License-Identifier: MIT */
#include "act/account_password.h"

#include "act/kept_accounts.h"
#include "act/secret_work.h"
#include "settings/secret.h"
#include "settings/totp.h"

#include <string.h>

#define NEEDS_CODE "The code behind the password is missing or wrong (password:123456)"

/* Nobody's: compared with when there is nothing to compare with. */
#define DECOY                                                                                      \
	"SCRAM-SHA-256$60000:MDEyMzQ1Njc4OWFiY2RlZg==$"                                            \
	"hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowbDlg="                                             \
	":VN7TGXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI="

/* What was proved right may be hashed our way now. */
static void
replace_foreign(Ctx *ctx, Account *account, const char *secret)
{
	if (!secret || !secret_is_foreign(account->secret))
		return;
	account_set_secret(account, secret);
	kept_account_put(ctx, account);
}

static void
compared(Ctx *ctx, const SecretAnswer *answer)
{
	PasswordChecked checked = (PasswordChecked)answer->next;
	Account *account = accounts_by_id(ctx->community->accounts, answer->account);
	const char *code = answer->words[0] ? answer->words[0] : "";

	if (!answer->right || !account) {
		checked(ctx, NULL, ACCOUNT_WRONG);
		return;
	}
	if (*account->totp && !totp_check(account->totp, code, ctx->now, &account->totp_step)) {
		checked(ctx, NULL, NEEDS_CODE);
		return;
	}
	/* The code is used up, also for whoever has seen it and finds the service restarted. */
	if (*account->totp)
		kept_account_put(ctx, account);
	replace_foreign(ctx, account, answer->secret);
	checked(ctx, account, NULL);
}

Outcome
account_check_password(Ctx *ctx, const char *name, const char *password, PasswordChecked checked)
{
	const Account *account = accounts_find_nick(ctx->community->accounts, name);
	bool has_secret = account && *account->secret;
	char *own = g_strdup(password);
	char *code = has_secret && *account->totp ? strrchr(own, ':') : NULL;
	SecretWork work = {
	    .stored = has_secret ? account->secret : DECOY,
	    .password = own,
	    .account = has_secret ? account->id : 0,
	    .next = (void (*)(void))checked,
	};
	Outcome outcome;

	if (code) {
		*code = '\0';
		work.words[0] = code + 1;
	}
	if (secret_is_foreign(work.stored))
		work.new_password = own;
	outcome = secret_work(ctx, &work, compared);
	explicit_bzero(own, strlen(password));
	g_free(own);
	return outcome;
}

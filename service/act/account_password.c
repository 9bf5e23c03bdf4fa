/* SPDX-License-Identifier: MIT */
#include "act/account_password.h"

#include "act/secret_work.h"
#include "settings/secret.h"

#define WRONG "SASL authentication failed"

/* Nobody's: compared with when there is nothing to compare with. */
#define DECOY                                                                                      \
	"SCRAM-SHA-256$60000:MDEyMzQ1Njc4OWFiY2RlZg==$"                                            \
	"hn4FUIkYt7Fy4b6A2QilBRpntUViQLMX9F3hmowbDlg="                                             \
	":VN7TGXR2mKZKoVdTp1SdRWBKnlXaYulCWS/O1xCfZeI="

static void
compared(Ctx *ctx, const SecretAnswer *answer)
{
	PasswordChecked checked = (PasswordChecked)answer->next;
	Account *account = accounts_by_id(ctx->community->accounts, answer->account);

	if (answer->right && account)
		checked(ctx, account, NULL);
	else
		checked(ctx, NULL, WRONG);
}

Outcome
account_check_password(Ctx *ctx, const char *name, const char *password, PasswordChecked checked)
{
	const Account *account = accounts_find_nick(ctx->community->accounts, name);
	const SecretWork work = {
	    .stored = account && *account->secret ? account->secret : DECOY,
	    .password = password,
	    .account = account && *account->secret ? account->id : 0,
	    .next = (void (*)(void))checked,
	};

	return secret_work(ctx, &work, compared);
}

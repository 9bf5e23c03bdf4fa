/* SPDX-License-Identifier: MIT */
#include "act/account_code.h"

#include "settings/secret.h"

/* What to do with the code: the command of NickServ, as all clients can send it. */
static const struct {
	const char *subject;
	const char *before; /* the account and where it is */
	const char *after;
	const char *command;
	const char *last;
} mails[ACCOUNT_CODE_KINDS] = {
    [ACCOUNT_CODE_VERIFY] = {"Your account",
	"Somebody, you as we hope, registered with this address the account ",
	"To complete it send this there:", "VERIFY",
	"If it was not you, there is nothing to do: without the code nothing comes of it."},
    [ACCOUNT_CODE_EMAIL] = {"Your new address", "This address is to be that of the account ",
	"To confirm it send this there:", "VERIFY", "If it was not you, there is nothing to do."},
    [ACCOUNT_CODE_RESET] = {"A new password",
	"Somebody, you as we hope, forgot the password of the account ",
	"To set a new one send this there, with the new password behind it:", "RESETPASS",
	"If it was not you, there is nothing to do: the password stays as it is."},
};

static Outcome
send(Ctx *ctx, AccountCodeKind kind, const char *name, const char *code, Mail *mail, MailThen then)
{
	const char *network = ctx->community->network;
	g_autofree char *subject = g_strconcat(mails[kind].subject, " on ", network, NULL);
	char *text = g_strconcat(mails[kind].before, name, " on ", network, ".\n\n",
	    mails[kind].after, "\n\n    /msg NickServ ", mails[kind].command, " ", name, " ", code,
	    "\n\n", mails[kind].last, "\n", NULL);
	Outcome outcome;

	mail->subject = subject;
	mail->text = text;
	outcome = mail_send(ctx, mail, then);
	secret_text_free(text);
	return outcome;
}

Outcome
account_mail_code(Ctx *ctx, const char *command, AccountCodeKind kind, const char *name,
    const char *email, const char *const words[MAIL_WORDS], int64_t account, MailThen then)
{
	g_autofree char *digest = NULL;
	Mail mail = {.to = email, .account = account};
	char code[CODE_SIZE];
	Outcome outcome;

	for (unsigned i = 0; i + 1 < MAIL_WORDS; i++)
		mail.words[i] = words[i];
	random_token(ctx->random, code, sizeof code);
	digest = secret_code_digest(code);
	mail.words[MAIL_WORDS - 1] = digest;
	outcome = send(ctx, kind, name, code, &mail, then);
	explicit_bzero(code, sizeof code);
	if (outcome == OUTCOME_PENDING)
		return outcome;
	return ctx_fail(ctx, command, "TEMPORARILY_UNAVAILABLE", name,
	    "Too many mails wait to be sent, try again later");
}

void
account_mail_failed(Ctx *ctx, const char *command, const char *name, const MailAnswer *answer)
{
	if (answer->refused)
		ctx_fail(
		    ctx, command, "INVALID_EMAIL", name, "No mail can be sent to this address");
	else
		ctx_fail(ctx, command, "TEMPORARILY_UNAVAILABLE", name,
		    "Mail cannot be sent now, try again later");
}

/* SPDX-License-Identifier: MIT */
#include "act/account_answer.h"
#include "act/account_code.h"
#include "act/account_names.h"
#include "act/account_rights.h"
#include "act/account_verbs.h"
#include "act/kept_accounts.h"
#include "act/login_limit.h"
#include "act/secret_work.h"
#include "proto/casemap.h"
#include "proto/message.h"
#include "settings/secret.h"

#include <string.h>

/* Positions of what the continuation of a registration needs. WORD_SECRET: while the password is
 * compared, that of the account that waits under the name; then the new one. WORD_WAITING: the
 * former, once it was proved. */
enum { WORD_COMMAND, WORD_NAME, WORD_EMAIL, WORD_SECRET, WORD_WAITING };

/* The nick of a session that may have none yet; NULL then. */
static const char *
nick_of(const Session *session)
{
	return session->user ? session->user->nick : session->registration->nick;
}

static const Account *
login_of(const Ctx *ctx, const Session *session)
{
	return session->user
		   ? session->user->login
		   : accounts_by_id(ctx->community->accounts, session->registration->account);
}

/* What has nothing to do with the name: may this session register or verify at all now? */
static Outcome
check_session(Ctx *ctx, const char *command, const char *name)
{
	const SettingsAccounts *settings = ctx->community->settings->accounts;
	const Session *session = ctx->actor.session;

	if (!session->user && !settings->before_connect)
		return ctx_fail(ctx, command, "COMPLETE_CONNECTION_REQUIRED", name,
		    "Complete the connection first");
	if (login_of(ctx, session))
		return ctx_fail(ctx, command, "ALREADY_AUTHENTICATED", name,
		    "You are logged in to an account already");
	return OUTCOME_DONE;
}

/* The name asked for, or the nick. NULL after a refusal. */
static const char *
wanted_name(Ctx *ctx, const char *command, const char *name)
{
	const Session *session = ctx->actor.session;
	const char *nick = nick_of(session);
	bool wants_nick = strcmp(name, "*") == 0;

	if (!nick && session->registration->refused_nick && wants_nick)
		ctx_fail(ctx, command, "ACCOUNT_EXISTS", session->registration->refused_nick,
		    "Somebody else is here under this name");
	else if (!nick)
		ctx_fail(ctx, command, "NEED_NICK", "*", "Choose a nick first");
	else if (wants_nick)
		return nick;
	else if (ctx->community->settings->accounts->custom_names || casemap_equal(name, nick))
		return name;
	else
		ctx_fail(ctx, command, "ACCOUNT_NAME_MUST_BE_NICK", message_middle(name),
		    "The name of the account must be your nick");
	return NULL;
}

/* Unique, and never given again as far as chance goes. */
static int64_t
new_id(Ctx *ctx)
{
	int64_t id;

	do
		id = (int64_t)(random_u64(ctx->random) % (uint64_t)ACCOUNT_ID_MAX);
	while (id == 0 || accounts_by_id(ctx->community->accounts, id));
	return id;
}

/* The name is free, or one's whose registration was never completed. */
static Account *
make_account(Ctx *ctx, const char *name, const char *email, const char *secret)
{
	Accounts *accounts = ctx->community->accounts;
	Account *abandoned = accounts_find_nick(accounts, name);
	/* In its row: one write, so that the disk has the one or the other. Nobody was ever logged
	 * in to it, and nothing is known by its id. */
	int64_t id = abandoned ? abandoned->id : new_id(ctx);
	Account *account;

	if (abandoned)
		act_forget_account(ctx, abandoned);
	account = account_new(id, name, ctx->now);
	account_set_email(account, email);
	account_set_secret(account, secret);
	account->verified = true;
	accounts_add(accounts, account);
	return account;
}

/* An account that waits for its code: its owner may register it again, with the same password and
 * perhaps another address. */
static const Account *
waiting_account(const Ctx *ctx, const char *name)
{
	const Account *account = accounts_find(ctx->community->accounts, name);

	return account && !account->verified && account->code.kind == ACCOUNT_CODE_VERIFY &&
		       ctx->now < account->code.until
		   ? account
		   : NULL;
}

static Outcome
check_free(Ctx *ctx, const char *command, const char *name)
{
	return waiting_account(ctx, name) ? OUTCOME_DONE
					  : account_check_free(ctx, command, NULL, name);
}

/* Is an account waiting under that name the one whose password was proved? Its secret tells: each
 * is salted. Somebody else may have been quicker with the name. */
static bool
is_still_his(const Ctx *ctx, const char *name, const char *proved)
{
	const Account *waiting = waiting_account(ctx, name);

	return !waiting || (proved && strcmp(waiting->secret, proved) == 0);
}

/* The server took the mail: the account is there, waiting for the code. */
static void
code_sent(Ctx *ctx, const MailAnswer *answer)
{
	const char *command = answer->words[WORD_COMMAND];
	const char *name = answer->words[WORD_NAME];
	const char *email = answer->words[WORD_EMAIL];
	g_autofree char *text = NULL;
	Account *account;

	if (answer->problem) {
		account_mail_failed(ctx, command, name, answer);
		return;
	}
	if (check_session(ctx, command, name) != OUTCOME_DONE ||
	    check_free(ctx, command, name) != OUTCOME_DONE)
		return;
	if (!is_still_his(ctx, name, answer->words[WORD_WAITING])) {
		account_check_free(ctx, command, NULL, name);
		return;
	}
	account = make_account(ctx, name, email, answer->words[WORD_SECRET]);
	account->verified = false;
	account_set_code(account, ACCOUNT_CODE_VERIFY, answer->words[MAIL_WORDS - 1], email,
	    ctx->now + ctx->community->settings->mail->code_time);
	kept_account_put(ctx, account);
	account_recorded(ctx, account, "registered, to be verified");
	text = g_strdup_printf(
	    "Account created, pending verification; a verification code has been sent to %s",
	    email);
	account_answer(ctx, command, "VERIFICATION_REQUIRED", account->name, text);
}

/* Of the account that waited when the registration was asked for; NULL: there was none, or the
 * password is not its. */
static const char *
proved_secret(const SecretAnswer *answer)
{
	return answer->right ? answer->words[WORD_SECRET] : NULL;
}

static void
mail_code(Ctx *ctx, const SecretAnswer *answer)
{
	const char *const words[MAIL_WORDS] = {
	    [WORD_COMMAND] = answer->words[WORD_COMMAND],
	    [WORD_NAME] = answer->words[WORD_NAME],
	    [WORD_EMAIL] = answer->words[WORD_EMAIL],
	    [WORD_SECRET] = answer->secret,
	    [WORD_WAITING] = proved_secret(answer),
	};

	account_mail_code(ctx, words[WORD_COMMAND], ACCOUNT_CODE_VERIFY, words[WORD_NAME],
	    words[WORD_EMAIL], words, 0, code_sent);
}

/* With the password's hash; the world may have changed meanwhile. */
static void
hashed(Ctx *ctx, const SecretAnswer *answer)
{
	const char *command = answer->words[WORD_COMMAND];
	const char *name = answer->words[WORD_NAME];
	Account *account;

	if (!answer->secret) {
		ctx_fail(ctx, command, "UNACCEPTABLE_PASSWORD", name,
		    "This cannot be a password, choose another");
		return;
	}
	if (check_session(ctx, command, name) != OUTCOME_DONE ||
	    check_free(ctx, command, name) != OUTCOME_DONE)
		return;
	if (!is_still_his(ctx, name, proved_secret(answer))) {
		login_failed(ctx);
		account_check_free(ctx, command, NULL, name);
		return;
	}
	if (*answer->words[WORD_EMAIL] && mail_is_configured(ctx)) {
		mail_code(ctx, answer);
		return;
	}
	account = make_account(ctx, name, answer->words[WORD_EMAIL], answer->secret);
	kept_account_put(ctx, account);
	account_recorded(ctx, account, "registered");
	account_answer(ctx, command, "SUCCESS", account->name, "Account successfully registered");
	act_log_in(ctx, ctx->actor.session, account);
}

static Outcome
check_request(Ctx *ctx, const AccountRequest *request, const char *name, const char *email)
{
	if (account_check_name(ctx, request->command, name) != OUTCOME_DONE ||
	    check_free(ctx, request->command, name) != OUTCOME_DONE ||
	    account_check_email(ctx, request->command, name, email) != OUTCOME_DONE ||
	    account_check_password_form(ctx, request->command, name, request->password) !=
		OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!registration_may_try(ctx))
		return ctx_fail(ctx, request->command, "TEMPORARILY_UNAVAILABLE", name,
		    "Too many registrations from your address, try again later");
	return OUTCOME_DONE;
}

Outcome
act_register_account(Ctx *ctx, const AccountRequest *request)
{
	const char *email = strcmp(request->email, "*") == 0 ? "" : request->email;
	const char *shown = *request->name ? message_middle(request->name) : "*";
	SecretWork work = {
	    .new_password = request->password,
	    .words = {[WORD_COMMAND] = request->command, [WORD_EMAIL] = email},
	};
	const Account *waiting;
	const char *name;

	if (!ctx->community->settings->accounts->registration)
		return ctx_fail(ctx, request->command, "TEMPORARILY_UNAVAILABLE", shown,
		    "Accounts are registered by the administrators");
	if (check_session(ctx, request->command, shown) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	name = wanted_name(ctx, request->command, request->name);
	if (!name || check_request(ctx, request, name, email) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	waiting = waiting_account(ctx, name);
	if (waiting && !login_may_try(ctx))
		return ctx_fail(
		    ctx, request->command, "TEMPORARILY_UNAVAILABLE", name, LOGIN_TOO_MANY);
	work.words[WORD_NAME] = name;
	work.words[WORD_SECRET] = waiting ? waiting->secret : NULL;
	work.stored = waiting ? waiting->secret : NULL;
	work.password = waiting ? request->password : NULL;
	/* It costs as much whether or not somebody waits for the end of it. */
	if (secret_work(ctx, &work, hashed) == OUTCOME_PENDING) {
		registration_happened(ctx);
		return OUTCOME_PENDING;
	}
	return ctx_fail(ctx, request->command, "TEMPORARILY_UNAVAILABLE", name,
	    "Too many are registering, try again");
}

/* The code is of no use any more, whatever it was for. */
static void
complete(Ctx *ctx, Account *account)
{
	if (account->code.kind == ACCOUNT_CODE_EMAIL)
		account_set_email(account, account->code.email);
	account->verified = true;
	account_set_code(account, ACCOUNT_CODE_NONE, NULL, NULL, 0);
	kept_account_put(ctx, account);
	account_recorded(ctx, account, "verified");
}

static bool
is_code(const Ctx *ctx, const Account *account, const char *code)
{
	return account &&
	       (account->code.kind == ACCOUNT_CODE_VERIFY ||
		   account->code.kind == ACCOUNT_CODE_EMAIL) &&
	       ctx->now < account->code.until && secret_code_is(account->code.digest, code);
}

Outcome
act_verify_account(Ctx *ctx, const char *command, const char *name, const char *code)
{
	const char *shown = *name ? message_middle(name) : "*";
	Account *account = accounts_find(ctx->community->accounts, name);
	bool is_own = account && login_of(ctx, ctx->actor.session) == account;

	/* Who is logged in already may still confirm another address of his. */
	if (!(is_own && account->code.kind == ACCOUNT_CODE_EMAIL) &&
	    check_session(ctx, command, shown) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!login_may_try(ctx))
		return ctx_fail(ctx, command, "TEMPORARILY_UNAVAILABLE", shown, LOGIN_TOO_MANY);
	if (!is_code(ctx, account, code)) {
		login_failed(ctx);
		return ctx_fail(ctx, command, "INVALID_CODE", shown,
		    "This is not the code that was sent, or it is too old");
	}
	/* It proves an address, not who somebody is: a mistyped one is a stranger's. */
	if (account->code.kind == ACCOUNT_CODE_EMAIL && !is_own)
		return ctx_fail(ctx, command, "INVALID_CODE", shown,
		    "Log in to the account first: this code confirms an address of it");
	complete(ctx, account);
	account_answer(ctx, command, "SUCCESS", account->name, "Account successfully verified");
	if (!is_own && !account_obstacle(account, ctx->now))
		act_log_in(ctx, ctx->actor.session, account);
	return OUTCOME_DONE;
}

Outcome
act_confirm_account(Ctx *ctx, Account *account)
{
	if (account_must_manage(ctx, account) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (account->verified)
		return ctx_fail(ctx, "ACCOUNT", "ALREADY_VERIFIED", account->name,
		    "The registration is completed already");
	complete(ctx, account);
	ctx_say(ctx, "The registration of %s is completed", account->name);
	return OUTCOME_DONE;
}

Outcome
act_add_account(Ctx *ctx, const char *name, const char *email, const char *secret)
{
	Account *account;

	if (account_check_name(ctx, "ACCOUNT", name) != OUTCOME_DONE ||
	    account_check_free(ctx, "ACCOUNT", NULL, name) != OUTCOME_DONE ||
	    (*email && account_check_email(ctx, "ACCOUNT", name, email) != OUTCOME_DONE))
		return OUTCOME_REFUSED;
	account = make_account(ctx, name, email, secret);
	kept_account_put(ctx, account);
	account_recorded(ctx, account, "registered");
	return OUTCOME_DONE;
}

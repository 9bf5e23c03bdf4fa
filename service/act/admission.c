/* SPDX-License-Identifier: MIT */
/* What a connection must show before it becomes a user: the password of the community, and a way in
 * on which nobody listens where the settings ask for it. Where there is no such password, PASS logs
 * in to an account. */
#include "act/account_password.h"
#include "act/account_verbs.h"
#include "act/device.h"
#include "act/login_limit.h"
#include "act/secret_work.h"
#include "act/verbs.h"
#include "base/close_reason.h"
#include "settings/secret.h"

#include <string.h>

static const SettingsCommunity *
community_settings(const Ctx *ctx)
{
	return g_ptr_array_index(ctx->community->settings->communities, 0);
}

static Outcome
turn_away(Ctx *ctx, CloseReason reason, const char *text)
{
	session_set_quit_reason(ctx->actor.session, text);
	out_close_session(ctx->out, ctx->actor.session, reason, text);
	return OUTCOME_CLOSE;
}

static Outcome
refuse_password(Ctx *ctx)
{
	refuse(ctx, ERR_PASSWDMISMATCH);
	return turn_away(ctx, CLOSE_BAD_PASSWORD, close_reason(CLOSE_BAD_PASSWORD)->text);
}

static void
password_checked(Ctx *ctx, const SecretAnswer *answer)
{
	AdmissionThen then = (AdmissionThen)answer->next;

	if (!answer->right) {
		login_failed(ctx);
		refuse_password(ctx);
		return;
	}
	ctx->actor.session->registration->admitted = true;
	then(ctx);
}

static Outcome
check_password(Ctx *ctx, const SettingsCommunity *settings, AdmissionThen then)
{
	const SecretWork work = {
	    .stored = settings->password,
	    .stored_file = settings->password_file,
	    .password = ctx->actor.session->registration->password,
	    .next = (void (*)(void))then,
	};
	Outcome outcome;

	if (!work.password)
		return refuse_password(ctx);
	if (!login_may_try(ctx))
		return turn_away(ctx, CLOSE_BAD_PASSWORD, LOGIN_TOO_MANY);
	outcome = secret_work(ctx, &work, password_checked);
	return outcome == OUTCOME_PENDING
		   ? outcome
		   : turn_away(ctx, CLOSE_FULL, "Too many are connecting, try again");
}

bool
admission_logs_in(const Ctx *ctx)
{
	const SettingsCommunity *settings = community_settings(ctx);
	const Registration *said = ctx->actor.session->registration;

	return ctx->community->settings->accounts->pass_login && !*settings->password &&
	       !*settings->password_file && !said->account && said->password &&
	       strchr(said->password, ':');
}

/* What was said is used once: a wrong password is not compared again. */
static void
account_checked(Ctx *ctx, Account *account, const char *problem)
{
	Registration *said = ctx->actor.session->registration;
	AdmissionThen then = (AdmissionThen)said->when_admitted;
	const char *obstacle = account ? account_obstacle(account, ctx->now) : NULL;

	if (problem)
		login_failed(ctx);
	if (problem || obstacle) {
		refuse(ctx, ERR_PASSWDMISMATCH);
		turn_away(ctx, CLOSE_BAD_PASSWORD,
		    obstacle ? obstacle : close_reason(CLOSE_BAD_PASSWORD)->text);
		return;
	}
	login_succeeded(ctx);
	act_log_in(ctx, ctx->actor.session, account);
	said->admitted = true;
	then(ctx);
}

static Outcome
log_in(Ctx *ctx, AdmissionThen then)
{
	Session *session = ctx->actor.session;
	Registration *said = session->registration;
	char *name = g_strdup(said->password);
	char *password = strchr(name, ':');
	bool may_try = login_may_try(ctx);
	Outcome outcome = OUTCOME_REFUSED;

	*password++ = '\0';
	device_take(session, name);
	said->when_admitted = (void (*)(void))then;
	if (may_try)
		outcome = account_check_password(ctx, name, password, account_checked);
	secret_text_free(name);
	if (!may_try)
		return turn_away(ctx, CLOSE_BAD_PASSWORD, LOGIN_TOO_MANY);
	return outcome == OUTCOME_PENDING
		   ? outcome
		   : turn_away(ctx, CLOSE_FULL, "Too many are logging in, try again");
}

Outcome
act_admit(Ctx *ctx, AdmissionThen then)
{
	const SettingsCommunity *settings = community_settings(ctx);
	Session *session = ctx->actor.session;

	if (!session_is_ready(session) || session->registration->admitted)
		return OUTCOME_DONE;
	if (settings->plaintext == PLAINTEXT_REFUSE && !session_is_safe(session))
		return turn_away(
		    ctx, CLOSE_NOT_ALLOWED, "Connect with TLS: this service takes nothing else");
	if (*settings->password || *settings->password_file)
		return check_password(ctx, settings, then);
	if (admission_logs_in(ctx))
		return log_in(ctx, then);
	session->registration->admitted = true;
	return OUTCOME_DONE;
}

/* SPDX-License-Identifier: MIT */
/* NickServ: accounts as a service one writes to. Rules are the verbs' (act/account_verbs.h). */
#include "act/account_password.h"
#include "act/account_verbs.h"
#include "base/clock.h"
#include "cmd/service_command.h"

#define NICKSERV(name, handler, least, most, right, syntax, help)                                  \
	static Outcome nickserv_##handler(Ctx *ctx, const ServiceCall *call);
#include "cmd/nickserv.def"
#undef NICKSERV

const ServiceCommand nickserv_commands[] = {
#define NICKSERV(name, handler, least, most, right, syntax, help)                                  \
	{name, least, most, SERVICE_##right, syntax, help, nickserv_##handler},
#include "cmd/nickserv.def"
#undef NICKSERV
};
const unsigned nickserv_n_commands = G_N_ELEMENTS(nickserv_commands);

/* The account a command is about: that of the word, or one's own. NULL after a refusal. */
static Account *
account_of(Ctx *ctx, const char *name)
{
	Account *account =
	    *name ? accounts_find_nick(ctx->community->accounts, name) : ctx->actor.user->login;

	if (!account)
		ctx_say(
		    ctx, "%s%s", *name ? "There is no account " : "You are not logged in", name);
	return account;
}

static Outcome
nickserv_register(Ctx *ctx, const ServiceCall *call)
{
	const AccountRequest request = {
	    .command = "REGISTER",
	    .name = "*",
	    .email = service_word(call, 1),
	    .password = call->words[0],
	};

	return act_register_account(ctx, &request);
}

static Outcome
nickserv_verify(Ctx *ctx, const ServiceCall *call)
{
	return act_verify_account(ctx, "VERIFY", call->words[0], call->words[1]);
}

static Outcome
nickserv_identify(Ctx *ctx, const ServiceCall *call)
{
	const char *name = call->n_words > 1 ? call->words[0] : ctx->actor.user->nick;

	return act_identify(ctx, name, call->words[call->n_words - 1]);
}

static Outcome
nickserv_logout(Ctx *ctx, const ServiceCall *call)
{
	act_log_out(ctx, ctx->actor.user);
	ctx_say(ctx, "You are logged out");
	return OUTCOME_DONE;
}

static void
tell_time(Ctx *ctx, const char *what, int64_t when)
{
	char text[CLOCK_TEXT_SIZE];

	if (when == 0)
		return;
	clock_format(when, text);
	ctx_say(ctx, "%s: %s", what, text);
}

static void
tell_users(Ctx *ctx, const Account *account)
{
	g_autoptr(GString) nicks = g_string_new(NULL);

	for (guint i = 0; i < account->users->len; i++)
		g_string_append_printf(
		    nicks, "%s%s", i > 0 ? " " : "", ((User *)account->users->pdata[i])->nick);
	if (nicks->len > 0)
		ctx_say(ctx, "Logged in: %s", nicks->str);
}

/* What is nobody else's business. */
static void
tell_own(Ctx *ctx, const Account *account)
{
	for (guint i = 0; i < account->certificates->len; i++)
		ctx_say(ctx, "Certificate: %s",
		    ((AccountCertificate *)account->certificates->pdata[i])->fingerprint);
	if (*account->email)
		ctx_say(ctx, "E-mail: %s", account->email);
	for (AccountSetting setting = 0; setting < ACCOUNT_SETTINGS; setting++) {
		g_autofree char *word = account_setting_text(account, setting);

		ctx_say(ctx, "%s: %s", account_setting_row(setting)->name, word);
	}
}

static Outcome
nickserv_info(Ctx *ctx, const ServiceCall *call)
{
	const Account *account = account_of(ctx, service_word(call, 0));
	bool is_own;

	if (!account)
		return OUTCOME_REFUSED;
	is_own = ctx->actor.user->login == account || actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL);
	ctx_say(ctx, "Account: %s", account->name);
	tell_time(ctx, "Registered", account->registered_at);
	if (!account->verified)
		ctx_say(ctx, "The registration is not completed");
	if (account_is_suspended(account, ctx->now))
		ctx_say(ctx, "Suspended: %s", account->suspension.reason);
	if (is_own || !account->settings[ACCOUNT_SETTING_PRIVATE]) {
		tell_time(ctx, "Last login", account->used_at);
		for (guint i = 0; i < account->nicks->len; i++)
			ctx_say(ctx, "Nick: %s", (char *)account->nicks->pdata[i]);
		tell_users(ctx, account);
	}
	if (is_own)
		tell_own(ctx, account);
	return OUTCOME_DONE;
}

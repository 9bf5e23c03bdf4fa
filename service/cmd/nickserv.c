/* SPDX-License-Identifier: MIT */
/* NickServ: accounts as a service one writes to. Rules are the verbs' (act/account_verbs.h). */
#include "act/account_rights.h"
#include "act/account_verbs.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "cmd/nickserv_export.h"
#include "cmd/service_list.h"
#include "cmd/visible.h"
#include "cmd/welcome.h"
#include "proto/casemap.h"
#include "proto/mask.h"
#include "settings/setting_words.h"

#define SUSPENSION_MAX (UINT64_C(36500) * 24 * 3600) /* seconds */

/* EXPORT's is seen everywhere, the others too: one form for all rows. */
#define NICKSERV(name, handler, least, most, right, syntax, help)                                  \
	Outcome nickserv_##handler(Ctx *ctx, const ServiceCall *call);
#include "cmd/nickserv.def"
#undef NICKSERV

const ServiceCommand nickserv_commands[] = {
#define NICKSERV(name, handler, least, most, right, syntax, help)                                  \
	{name, least, most, SERVICE_##right, syntax, help, nickserv_##handler},
#include "cmd/nickserv.def"
#undef NICKSERV
};
const unsigned nickserv_n_commands = G_N_ELEMENTS(nickserv_commands);

Outcome
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

Outcome
nickserv_verify(Ctx *ctx, const ServiceCall *call)
{
	return act_verify_account(ctx, "VERIFY", call->words[0], call->words[1]);
}

Outcome
nickserv_identify(Ctx *ctx, const ServiceCall *call)
{
	const char *name = call->n_words > 1 ? call->words[0] : ctx->actor.user->nick;

	return act_identify(ctx, name, call->words[call->n_words - 1]);
}

Outcome
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

/* Who is invisible is so here too. */
static void
tell_users(Ctx *ctx, const Account *account, bool is_own)
{
	g_autoptr(GString) nicks = g_string_new(NULL);

	for (guint i = 0; i < account->users->len; i++) {
		const User *user = account->users->pdata[i];

		if (is_own || may_see_user(ctx, user))
			g_string_append_printf(
			    nicks, "%s%s", nicks->len > 0 ? " " : "", user->nick);
	}
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

Outcome
nickserv_info(Ctx *ctx, const ServiceCall *call)
{
	const Account *account = service_account(ctx, service_word(call, 0));
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
		tell_users(ctx, account, is_own);
	}
	if (is_own)
		tell_own(ctx, account);
	return OUTCOME_DONE;
}

Outcome
nickserv_passwd(Ctx *ctx, const ServiceCall *call)
{
	Account *account = NULL;

	/* What is no account is an operator's own old password. */
	if (actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL))
		account = accounts_find(ctx->community->accounts, call->words[0]);
	if (!account)
		account = service_account(ctx, "");
	return account ? act_change_password(ctx, account, call->words[0], call->words[1])
		       : OUTCOME_REFUSED;
}

Outcome
nickserv_group(Ctx *ctx, const ServiceCall *call)
{
	const char *nick = call->n_words > 0 ? call->words[0] : ctx->actor.user->nick;

	return act_group_nick(ctx, ctx->actor.user->login, nick);
}

Outcome
nickserv_ungroup(Ctx *ctx, const ServiceCall *call)
{
	return act_ungroup_nick(ctx, ctx->actor.user->login, call->words[0]);
}

Outcome
nickserv_release(Ctx *ctx, const ServiceCall *call)
{
	return act_release_nick(ctx, ctx->actor.user->login, call->words[0]);
}

Outcome
nickserv_regain(Ctx *ctx, const ServiceCall *call)
{
	const User *bearer = directory_find_user(ctx->community->directory, call->words[0]);

	if (bearer == ctx->actor.user) {
		ctx_say(ctx, "You bear this nick");
		return OUTCOME_REFUSED;
	}
	if (bearer && bearer->login != ctx->actor.user->login &&
	    act_release_nick(ctx, ctx->actor.user->login, call->words[0]) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	return welcome_under_nick(ctx, call->words[0]);
}

Outcome
nickserv_ghost(Ctx *ctx, const ServiceCall *call)
{
	return act_ghost(ctx, ctx->actor.user->login, call->words[0]);
}

static Outcome
list_certificates(Ctx *ctx, const Account *account)
{
	for (guint i = 0; i < account->certificates->len; i++)
		ctx_say(ctx, "Certificate: %s",
		    ((AccountCertificate *)account->certificates->pdata[i])->fingerprint);
	ctx_say(ctx, "%u certificates", account->certificates->len);
	return OUTCOME_DONE;
}

Outcome
nickserv_cert(Ctx *ctx, const ServiceCall *call)
{
	Account *account = ctx->actor.user->login;
	const char *fingerprint = service_word(call, 1);
	const char *used = ctx->actor.session->peer.certificate_fingerprint;

	if (casemap_equal(call->words[0], "LIST"))
		return list_certificates(ctx, account);
	if (casemap_equal(call->words[0], "DEL"))
		return act_remove_certificate(ctx, account, fingerprint);
	if (casemap_equal(call->words[0], "ADD"))
		return act_add_certificate(
		    ctx, account, *fingerprint || !used ? fingerprint : used);
	ctx_say(ctx, "ADD, DEL or LIST");
	return OUTCOME_REFUSED;
}

static void
tell_settings(Ctx *ctx, const Account *account)
{
	for (AccountSetting setting = 0; setting < ACCOUNT_SETTINGS; setting++) {
		const AccountSettingRow *row = account_setting_row(setting);
		g_autofree char *word = account_setting_text(account, setting);

		ctx_say(ctx, "%s: %s (of: %s). %s", row->name, word, row->words, row->help);
	}
}

/* Without the address there is no way back to a lost password: it goes only by its own word. */
static Outcome
set_email(Ctx *ctx, Account *account, const char *email)
{
	if (*email)
		return act_set_account_email(ctx, account, casemap_equal(email, "-") ? "" : email);
	ctx_say(ctx,
	    "The e-mail address is %s. SET EMAIL <address> changes it, SET EMAIL - removes it",
	    *account->email ? account->email : "not set");
	return OUTCOME_DONE;
}

Outcome
nickserv_set(Ctx *ctx, const ServiceCall *call)
{
	Account *account = ctx->actor.user->login;

	if (call->n_words == 0) {
		tell_settings(ctx, account);
		return OUTCOME_DONE;
	}
	if (casemap_equal(call->words[0], "EMAIL"))
		return set_email(ctx, account, service_word(call, 1));
	return act_set_account_setting(ctx, account, call->words[0], service_word(call, 1));
}

Outcome
nickserv_rename(Ctx *ctx, const ServiceCall *call)
{
	Account *account = ctx->actor.user->login;

	if (call->n_words > 1)
		account = act_find_account(ctx, call->words[0]);
	else if (!account)
		ctx_say(ctx, "Say which account: RENAME <account> <new name>");
	return account ? act_rename_account(ctx, account, call->words[call->n_words - 1])
		       : OUTCOME_REFUSED;
}

static bool
is_listed(const Ctx *ctx, const void *object, const char *mask)
{
	return mask_match(mask, ((const Account *)object)->name);
}

static void
tell_listed(Ctx *ctx, const void *object)
{
	const Account *account = object;

	ctx_say(ctx, "%s%s%s", account->name, account->users->len > 0 ? ", here" : "",
	    account_is_suspended(account, ctx->now) ? ", suspended" : "");
}

Outcome
nickserv_list(Ctx *ctx, const ServiceCall *call)
{
	static const ServiceListKind accounts = {
	    "accounts", service_list_account, is_listed, tell_listed};

	return service_list(ctx, &accounts, call->n_words > 0 ? call->words[0] : "*");
}

/* "30m", "7d", "7" (days), "0": in seconds. */
static bool
parse_span(const char *text, int64_t *ret_seconds)
{
	const SettingUnit *unit = setting_time_units;
	char *end = NULL;
	guint64 count = g_ascii_strtoull(text, &end, 10);
	uint64_t factor = 24 * 3600;

	if (!g_ascii_isdigit(*text))
		return false;
	if (*end) {
		while (unit->letter && unit->letter != g_ascii_tolower(*end))
			unit++;
		if (!unit->letter || end[1])
			return false;
		factor = unit->factor;
	}
	if (count > SUSPENSION_MAX / factor)
		return false;
	*ret_seconds = (int64_t)(count * factor);
	return true;
}

Outcome
nickserv_suspend(Ctx *ctx, const ServiceCall *call)
{
	Account *account = act_find_account(ctx, call->words[0]);
	int64_t seconds;

	if (!account)
		return OUTCOME_REFUSED;
	if (!parse_span(call->words[1], &seconds)) {
		ctx_say(ctx, "A time is 30m, 2h, 7d, a number of days, or 0 (until UNSUSPEND); at "
			     "most 36500d");
		return OUTCOME_REFUSED;
	}
	return act_suspend_account(ctx, account, service_word(call, 2), seconds * CLOCK_SECOND);
}

Outcome
nickserv_unsuspend(Ctx *ctx, const ServiceCall *call)
{
	Account *account = act_find_account(ctx, call->words[0]);

	return account ? act_unsuspend_account(ctx, account) : OUTCOME_REFUSED;
}

Outcome
nickserv_confirm(Ctx *ctx, const ServiceCall *call)
{
	Account *account = act_find_account(ctx, call->words[0]);

	return account ? act_confirm_account(ctx, account) : OUTCOME_REFUSED;
}

Outcome
nickserv_erase(Ctx *ctx, const ServiceCall *call)
{
	Account *account = act_find_account(ctx, call->words[0]);

	return account ? act_erase_account(ctx, account, service_word(call, 1)) : OUTCOME_REFUSED;
}

Outcome
nickserv_sendpass(Ctx *ctx, const ServiceCall *call)
{
	return act_send_reset(ctx, call->words[0]);
}

Outcome
nickserv_resetpass(Ctx *ctx, const ServiceCall *call)
{
	return act_reset_password(ctx, call->words[0], call->words[1], call->words[2]);
}

/* Operators switch it off for who lost his device. A code is digits, and no name begins with one.
 */
static Outcome
totp_off(Ctx *ctx, const char *word)
{
	Account *account = ctx->actor.user->login;

	if (*word && !g_ascii_isdigit(*word) && actor_may(ctx, MAY_MANAGE_ACCOUNTS, NULL))
		account = service_account(ctx, word);
	return account ? act_disable_totp(ctx, account, word) : OUTCOME_REFUSED;
}

Outcome
nickserv_totp(Ctx *ctx, const ServiceCall *call)
{
	Account *account = ctx->actor.user->login;

	if (casemap_equal(call->words[0], "NEW"))
		return act_offer_totp(ctx, account);
	if (casemap_equal(call->words[0], "ON"))
		return act_enable_totp(ctx, account, service_word(call, 1));
	if (casemap_equal(call->words[0], "OFF"))
		return totp_off(ctx, service_word(call, 1));
	ctx_say(ctx, "NEW, ON or OFF");
	return OUTCOME_REFUSED;
}

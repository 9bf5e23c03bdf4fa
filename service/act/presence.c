/* SPDX-License-Identifier: MIT */
#include "act/presence.h"

#include "act/verbs.h"
#include "base/close_reason.h"
#include "domain/account.h"

#define OVER_TEXT "Stays no longer"

/* By policy and what the owner chose. */
static bool
is_chosen(const Account *account, AccountSetting setting, unsigned policy)
{
	static const bool given[][3] = {
	    [CHOICE_DISABLED] = {false, false, false},
	    [CHOICE_OPT_IN] = {[ACCOUNT_CHOICE_ON] = true},
	    [CHOICE_OPT_OUT] = {[ACCOUNT_CHOICE_DEFAULT] = true, [ACCOUNT_CHOICE_ON] = true},
	    [CHOICE_MANDATORY] = {true, true, true},
	};

	return given[policy][account->settings[setting]];
}

bool
presence_may_be_shared(const Community *community, const Account *account)
{
	return is_chosen(
	    account, ACCOUNT_SETTING_MULTICLIENT, community->settings->accounts->multiclient);
}

bool
presence_is_kept(const Community *community, const Account *account)
{
	return account->verified && is_chosen(account, ACCOUNT_SETTING_ALWAYS_ON,
					community->settings->accounts->always_on);
}

bool
presence_stays(const Community *community, const User *user)
{
	return user->login && user->login->users->pdata[0] == user &&
	       presence_is_kept(community, user->login);
}

int64_t
presence_expiry(const Community *community)
{
	return community->settings->accounts->always_on_expiry;
}

void
presence_end_if_over(Ctx *ctx, User *user)
{
	if (!user->sessions && !presence_stays(ctx->community, user))
		act_remove_user(ctx, user, CLOSE_QUIT, OVER_TEXT);
}

void
presence_end_of_account(Ctx *ctx, const Account *account)
{
	for (guint i = account->users->len; i-- > 0;)
		presence_end_if_over(ctx, account->users->pdata[i]);
}

void
presence_end_all_over(Ctx *ctx)
{
	uint32_t cursor = 0;
	User *user;

	while ((user = directory_next_user(ctx->community->directory, &cursor)))
		presence_end_if_over(ctx, user);
}

/* SPDX-License-Identifier: MIT */
#include "act/vhost.h"

#include "act/account_answer.h"
#include "act/kept_accounts.h"
#include "act/services.h"
#include "act/verbs.h"
#include "proto/cidr.h"
#include "proto/message.h"
#include "proto/names.h"

#include <string.h>

#define COMMAND "VHOST"
#define HOST_MOST 63 /* bytes */

char *
act_host_of(const Ctx *ctx, const Account *account, const SessionPeer *peer)
{
	if (account && *account->vhost.host && account->vhost.worn)
		return g_strdup(account->vhost.host);
	return act_host_of_peer(ctx, peer);
}

void
act_refresh_host(Ctx *ctx, User *user)
{
	const Session *session = user_first_session(user);
	const SessionPeer absent = {.address = user->address};
	g_autofree char *host = act_host_of(ctx, user->login, session ? &session->peer : &absent);

	act_set_host(ctx, user, NULL, host);
}

/* On the disk before who asked is answered; everybody of the account is seen otherwise at once. */
static void
changed(Ctx *ctx, Account *account, const char *what)
{
	for (guint i = 0; i < account->users->len; i++)
		act_refresh_host(ctx, account->users->pdata[i]);
	kept_account_put(ctx, account);
	account_recorded(ctx, account, what);
}

/* A host, and none that could be taken for somebody's address. */
static bool
check_host(Ctx *ctx, const char *host)
{
	Cidr address;

	if (strlen(host) <= HOST_MOST && name_is_host(host) && strchr(host, '.') &&
	    !cidr_parse(host, &address) && strspn(host, "0123456789.") != strlen(host))
		return true;
	ctx_fail(ctx, COMMAND, "INVALID_HOST", message_middle(host),
	    "That is no host to be seen under: letters, digits, hyphens and at least one dot, up "
	    "to " G_STRINGIFY(HOST_MOST) " bytes, and no address");
	return false;
}

/* The owner's clients, in the service's name. */
static void
tell_owner(Ctx *ctx, const Account *account, const char *text)
{
	g_autofree char *source =
	    voice_prefix(ctx->community, &service_row(SERVICE_HOSTSERV)->voice);

	for (guint i = 0; i < account->users->len; i++) {
		User *user = account->users->pdata[i];
		Event event = event_of_voice(ctx, source, text);

		if (user == ctx->actor.user)
			continue;
		event.target = user;
		event.target_name = user->nick;
		announce(ctx, &event);
	}
}

static void
tell_operators(Ctx *ctx, const Account *account)
{
	Event event = ctx_event(ctx, EVENT_HOST_REQUEST);

	event.account = account->name;
	event.text = account->vhost.wanted;
	announce(ctx, &event);
}

Outcome
act_request_vhost(Ctx *ctx, Account *account, const char *host)
{
	if (*host && !ctx->community->settings->accounts->vhost_requests) {
		ctx_say(ctx, "Hosts are given by the operators of this service alone");
		return OUTCOME_REFUSED;
	}
	if (*host && !check_host(ctx, host))
		return OUTCOME_REFUSED;
	if (strcmp(account->vhost.wanted, host) == 0)
		return OUTCOME_DONE;
	account_want_vhost(account, host, ctx->now);
	if (*host)
		tell_operators(ctx, account);
	changed(ctx, account, *host ? "host asked for" : "host not asked for any more");
	return OUTCOME_DONE;
}

static Outcome
fail_unasked(Ctx *ctx, const Account *account)
{
	g_autofree char *text = g_strdup_printf("%s has not asked for a host", account->name);

	return ctx_fail(ctx, COMMAND, "NOT_ASKED", account->name, text);
}

Outcome
act_approve_vhost(Ctx *ctx, Account *account)
{
	g_autofree char *host = g_strdup(account->vhost.wanted);
	g_autofree char *text = NULL;

	if (!*host)
		return fail_unasked(ctx, account);
	account_want_vhost(account, "", 0);
	account_set_vhost(account, host, true);
	changed(ctx, account, "host approved");
	text = g_strdup_printf("You are seen under the host %s from now on", host);
	tell_owner(ctx, account, text);
	return OUTCOME_DONE;
}

Outcome
act_reject_vhost(Ctx *ctx, Account *account, const char *reason)
{
	g_autofree char *text = NULL;

	if (!*account->vhost.wanted)
		return fail_unasked(ctx, account);
	text = g_strdup_printf(
	    "You do not get the host %s%s%s", account->vhost.wanted, *reason ? ": " : "", reason);
	account_want_vhost(account, "", 0);
	changed(ctx, account, "host rejected");
	tell_owner(ctx, account, text);
	return OUTCOME_DONE;
}

Outcome
act_set_vhost(Ctx *ctx, Account *account, const char *host)
{
	if (*host && !check_host(ctx, host))
		return OUTCOME_REFUSED;
	if (strcmp(account->vhost.host, host) == 0)
		return OUTCOME_DONE;
	account_set_vhost(account, host, true);
	changed(ctx, account, *host ? "host given" : "host taken away");
	return OUTCOME_DONE;
}

Outcome
act_wear_vhost(Ctx *ctx, Account *account, bool on)
{
	if (!*account->vhost.host) {
		ctx_say(ctx, "You have no host of your own: REQUEST one");
		return OUTCOME_REFUSED;
	}
	if (account->vhost.worn == on)
		return OUTCOME_DONE;
	account->vhost.worn = on;
	changed(ctx, account, on ? "host put on" : "host taken off");
	return OUTCOME_DONE;
}

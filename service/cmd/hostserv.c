/* SPDX-License-Identifier: MIT */
/* HostServ: hosts to be seen under, as a service one writes to. Rules are the verbs' (act/vhost.h).
 */
#include "act/vhost.h"
#include "base/clock.h"
#include "cmd/service_command.h"
#include "proto/mask.h"

#define LINES_MOST 100u /* lines of one answer */

#define HOSTSERV(name, handler, least, most, right, syntax, help)                                  \
	static Outcome hostserv_##handler(Ctx *ctx, const ServiceCall *call);
#include "cmd/hostserv.def"
#undef HOSTSERV

const ServiceCommand hostserv_commands[] = {
#define HOSTSERV(name, handler, least, most, right, syntax, help)                                  \
	{name, least, most, SERVICE_##right, syntax, help, hostserv_##handler},
#include "cmd/hostserv.def"
#undef HOSTSERV
};
const unsigned hostserv_n_commands = G_N_ELEMENTS(hostserv_commands);

/* NULL after telling that there is none. */
static Account *
account_of(Ctx *ctx, const ServiceCall *call)
{
	Account *account = accounts_find_nick(ctx->community->accounts, call->words[0]);

	if (!account)
		ctx_say(ctx, "There is no account %s", call->words[0]);
	return account;
}

static Outcome
say_if_done(Ctx *ctx, Outcome outcome, const char *text)
{
	if (outcome == OUTCOME_DONE)
		ctx_say(ctx, "%s", text);
	return outcome;
}

static Outcome
hostserv_request(Ctx *ctx, const ServiceCall *call)
{
	const char *host = service_word(call, 0);

	return say_if_done(ctx, act_request_vhost(ctx, ctx->actor.user->login, host),
	    *host ? "An operator will look at it" : "You ask for no host any more");
}

static Outcome
hostserv_on(Ctx *ctx, const ServiceCall *call)
{
	return say_if_done(
	    ctx, act_wear_vhost(ctx, ctx->actor.user->login, true), "Your host is on");
}

static Outcome
hostserv_off(Ctx *ctx, const ServiceCall *call)
{
	return say_if_done(
	    ctx, act_wear_vhost(ctx, ctx->actor.user->login, false), "Your host is off");
}

static Outcome
hostserv_status(Ctx *ctx, const ServiceCall *call)
{
	const AccountVhost *vhost = &ctx->actor.user->login->vhost;

	if (*vhost->host)
		ctx_say(
		    ctx, "Your host is %s, and it is %s", vhost->host, vhost->worn ? "on" : "off");
	else
		ctx_say(ctx, "You have no host of your own");
	if (*vhost->wanted)
		ctx_say(ctx, "You asked for %s, and an operator will look at it", vhost->wanted);
	return OUTCOME_DONE;
}

static Outcome
hostserv_list(Ctx *ctx, const ServiceCall *call)
{
	const char *mask = call->n_words > 0 ? call->words[0] : "*";
	unsigned found = 0;
	uint32_t cursor = 0;
	const Account *account;

	while ((account = accounts_next(ctx->community->accounts, &cursor))) {
		const AccountVhost *vhost = &account->vhost;

		if (!*vhost->host ||
		    (!mask_match(mask, vhost->host) && !mask_match(mask, account->name)) ||
		    found++ >= LINES_MOST)
			continue;
		ctx_say(ctx, "%s has %s%s", account->name, vhost->host,
		    vhost->worn ? "" : ", which is off");
	}
	ctx_say(ctx, "%u hosts%s", found, found > LINES_MOST ? ", the first of them above" : "");
	return OUTCOME_DONE;
}

static Outcome
hostserv_waiting(Ctx *ctx, const ServiceCall *call)
{
	unsigned found = 0;
	uint32_t cursor = 0;
	const Account *account;

	while ((account = accounts_next(ctx->community->accounts, &cursor))) {
		char when[CLOCK_TEXT_SIZE];

		if (!*account->vhost.wanted || found++ >= LINES_MOST)
			continue;
		clock_format(account->vhost.wanted_at, when);
		ctx_say(ctx, "%s asked for %s at %s", account->name, account->vhost.wanted, when);
	}
	ctx_say(ctx, "%u waiting%s", found, found > LINES_MOST ? ", the first of them above" : "");
	return OUTCOME_DONE;
}

static Outcome
hostserv_approve(Ctx *ctx, const ServiceCall *call)
{
	Account *account = account_of(ctx, call);

	if (!account)
		return OUTCOME_REFUSED;
	return say_if_done(ctx, act_approve_vhost(ctx, account), "Approved");
}

static Outcome
hostserv_reject(Ctx *ctx, const ServiceCall *call)
{
	Account *account = account_of(ctx, call);

	if (!account)
		return OUTCOME_REFUSED;
	return say_if_done(ctx, act_reject_vhost(ctx, account, service_word(call, 1)), "Rejected");
}

static Outcome
hostserv_set(Ctx *ctx, const ServiceCall *call)
{
	Account *account = account_of(ctx, call);

	if (!account)
		return OUTCOME_REFUSED;
	return say_if_done(ctx, act_set_vhost(ctx, account, call->words[1]), "Given");
}

static Outcome
hostserv_del(Ctx *ctx, const ServiceCall *call)
{
	Account *account = account_of(ctx, call);

	if (!account)
		return OUTCOME_REFUSED;
	return say_if_done(ctx, act_set_vhost(ctx, account, ""), "Taken away");
}

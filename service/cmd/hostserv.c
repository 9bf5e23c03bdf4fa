/* SPDX-License-Identifier: MIT */
/* HostServ: hosts to be seen under, as a service one writes to. Rules are the verbs' (act/vhost.h).
 */
#include "act/vhost.h"
#include "base/clock.h"
#include "cmd/service_command.h"
#include "cmd/service_list.h"
#include "proto/mask.h"

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

static Outcome
hostserv_request(Ctx *ctx, const ServiceCall *call)
{
	const char *host = service_word(call, 0);

	return service_done(ctx, act_request_vhost(ctx, ctx->actor.user->login, host),
	    *host ? "An operator will look at it" : "You ask for no host any more");
}

static Outcome
hostserv_on(Ctx *ctx, const ServiceCall *call)
{
	return service_done(
	    ctx, act_wear_vhost(ctx, ctx->actor.user->login, true), "Your host is on");
}

static Outcome
hostserv_off(Ctx *ctx, const ServiceCall *call)
{
	return service_done(
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

static bool
has_host(const Ctx *ctx, const void *object, const char *mask)
{
	const Account *account = object;
	const char *host = account->vhost.host;

	return *host && (mask_match(mask, host) || mask_match(mask, account->name));
}

static void
tell_host(Ctx *ctx, const void *object)
{
	const Account *account = object;

	ctx_say(ctx, "%s has %s%s", account->name, account->vhost.host,
	    account->vhost.worn ? "" : ", which is off");
}

static Outcome
hostserv_list(Ctx *ctx, const ServiceCall *call)
{
	static const ServiceListKind hosts = {"hosts", service_list_account, has_host, tell_host};

	return service_list(ctx, &hosts, call->n_words > 0 ? call->words[0] : "*");
}

static bool
wants_host(const Ctx *ctx, const void *object, const char *mask)
{
	return *((const Account *)object)->vhost.wanted != '\0';
}

static void
tell_wanted(Ctx *ctx, const void *object)
{
	const Account *account = object;
	char when[CLOCK_TEXT_SIZE];

	clock_format(account->vhost.wanted_at, when);
	ctx_say(ctx, "%s asked for %s at %s", account->name, account->vhost.wanted, when);
}

static Outcome
hostserv_waiting(Ctx *ctx, const ServiceCall *call)
{
	static const ServiceListKind waiting = {
	    "waiting", service_list_account, wants_host, tell_wanted};

	return service_list(ctx, &waiting, "");
}

static Outcome
hostserv_approve(Ctx *ctx, const ServiceCall *call)
{
	Account *account = service_account(ctx, call->words[0]);

	if (!account)
		return OUTCOME_REFUSED;
	return service_done(ctx, act_approve_vhost(ctx, account), "Approved");
}

static Outcome
hostserv_reject(Ctx *ctx, const ServiceCall *call)
{
	Account *account = service_account(ctx, call->words[0]);

	if (!account)
		return OUTCOME_REFUSED;
	return service_done(ctx, act_reject_vhost(ctx, account, service_word(call, 1)), "Rejected");
}

static Outcome
hostserv_set(Ctx *ctx, const ServiceCall *call)
{
	Account *account = service_account(ctx, call->words[0]);

	if (!account)
		return OUTCOME_REFUSED;
	return service_done(ctx, act_set_vhost(ctx, account, call->words[1]), "Given");
}

static Outcome
hostserv_del(Ctx *ctx, const ServiceCall *call)
{
	Account *account = service_account(ctx, call->words[0]);

	if (!account)
		return OUTCOME_REFUSED;
	return service_done(ctx, act_set_vhost(ctx, account, ""), "Taken away");
}

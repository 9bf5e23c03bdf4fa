/* SPDX-License-Identifier: MIT */
#include "act/nick_guard.h"

#include "act/services.h"
#include "act/verbs.h"
#include "base/clock.h"

#define GUEST_DIGITS 5u
#define GUEST_NUMBERS 100000u /* that many digits */
#define GUEST_TRIES 100u
#define RETRY CLOCK_SECOND

typedef struct NickGuard {
	Timer timer;
	Timers *timers;
	Host *host;
	User *user;
} NickGuard;

/* ENFORCEMENT_* for others than its owner. */
static unsigned
level_of(const Ctx *ctx, const Account *account)
{
	unsigned own = account->settings[ACCOUNT_SETTING_ENFORCE];

	return own == ACCOUNT_ENFORCE_DEFAULT ? ctx->community->settings->accounts->enforcement
					      : own - ACCOUNT_ENFORCE_NONE;
}

/* Whose nick it is, if somebody with that login has no right to it. */
static const Account *
owner_of(const Ctx *ctx, const char *nick, const Account *login)
{
	const Account *owner = accounts_find_nick(ctx->community->accounts, nick);

	return owner && owner != login && owner->verified ? owner : NULL;
}

bool
nick_guard_refuses(const Ctx *ctx, const char *nick, const Account *account)
{
	const Account *owner = owner_of(ctx, nick, account);

	return (owner && level_of(ctx, owner) == ENFORCEMENT_STRICT) ||
	       accounts_nick_misleads(ctx->community->accounts, nick, account);
}

static void
guard_free(gpointer data)
{
	NickGuard *guard = data;

	timers_cancel(guard->timers, &guard->timer);
	g_free(guard);
}

static void
drop(User *user)
{
	if (user->guard)
		guard_free(g_steal_pointer(&user->guard));
}

static char *
guest_nick(Ctx *ctx)
{
	const Settings *settings = ctx->community->settings;
	g_autofree char *stem =
	    cut_text(settings->accounts->guest_nick, settings->limits->nick - GUEST_DIGITS);

	for (unsigned i = 0; i < GUEST_TRIES; i++) {
		g_autofree char *nick = g_strdup_printf("%s%0*u", stem, (int)GUEST_DIGITS,
		    (unsigned)(random_u64(ctx->random) % GUEST_NUMBERS));

		if (directory_nick_is_free(ctx->community->directory, nick, NULL))
			return g_steal_pointer(&nick);
	}
	return NULL;
}

void
nick_guard_expel(Ctx *ctx, User *user)
{
	const Actor actor = ctx->actor;
	g_autofree char *nick = guest_nick(ctx);
	bool stays;

	drop(user);
	ctx->actor =
	    (Actor){.kind = ACTOR_SERVICE, .name = service_row(SERVICE_NICKSERV)->voice.nick};
	/* With no name left for a guest, or one the service does not take, he goes. */
	stays = nick && act_nick(ctx, user, nick) == OUTCOME_DONE;
	if (!stays)
		act_kill(ctx, user, "The nick is somebody else's");
	ctx->actor = actor;
	if (!actor.user || actor.user != user)
		return;
	/* If he is gone, so is the name. */
	ctx->actor.user = stays ? user : NULL;
	ctx->actor.name = stays ? user->nick : ctx->community->server_name;
}

/* With a Ctx of one of his sessions. */
static void
expire(Ctx *ctx, const void *answer)
{
	User *user = ctx->actor.user;

	if (!user || !owner_of(ctx, user->nick, user->login))
		return;
	ctx->voice = &service_row(SERVICE_NICKSERV)->voice;
	ctx_say(ctx, "You did not log in in time: you are a guest now");
	nick_guard_expel(ctx, user);
}

static void
time_is_up(Timer *timer, void *data)
{
	NickGuard *guard = data;
	const Session *session = user_first_session(guard->user);

	/* Nobody to tell, or one who waits for something: later. */
	if (!session || session->pending) {
		timers_set(guard->timers, timer, timer->due + RETRY, time_is_up, guard);
		return;
	}
	guard->host->resume(guard->host, session->handle, "", expire, NULL);
}

static void
warn(Ctx *ctx, const User *user, const Account *owner)
{
	const Voice *voice = ctx->voice;

	if (ctx->actor.user != user)
		return;
	ctx->voice = &service_row(SERVICE_NICKSERV)->voice;
	ctx_say(ctx,
	    "The nick %s is registered. If it is yours, log in within %" G_GINT64_FORMAT
	    " seconds (/msg NickServ IDENTIFY %s <password>); if not, choose another.",
	    user->nick, ctx->community->settings->accounts->enforcement_time / CLOCK_SECOND,
	    owner->name);
	ctx->voice = voice;
}

void
nick_guard_check(Ctx *ctx, User *user)
{
	const Account *owner = owner_of(ctx, user->nick, user->login);
	NickGuard *guard;

	drop(user);
	if (!owner || level_of(ctx, owner) == ENFORCEMENT_NONE)
		return;
	guard = g_new0(NickGuard, 1);
	guard->timers = ctx->community->timers;
	guard->host = ctx->host;
	guard->user = user;
	user->guard = guard;
	user->guard_free = guard_free;
	timers_set(guard->timers, &guard->timer,
	    ctx->monotonic + ctx->community->settings->accounts->enforcement_time, time_is_up,
	    guard);
	warn(ctx, user, owner);
}

/* SPDX-License-Identifier: MIT */
#include "act/join_locks.h"

#include "act/channel_access.h"
#include "domain/channel_bans.h"
#include "proto/modes.h"

#include <openssl/crypto.h>
#include <string.h>

static bool
needs_tls(const Channel *channel, const User *user, const char *key)
{
	return channel_has(channel, MODE_CHANNEL_TLS_ONLY) && !user_is_secure(user);
}

static void
tell_needs_tls(Ctx *ctx, const Channel *channel)
{
	refuse(ctx, ERR_SECUREONLYCHAN, channel->name);
}

static bool
needs_account(const Channel *channel, const User *user, const char *key)
{
	return channel_has(channel, MODE_CHANNEL_ACCOUNTS_ONLY) && !user->account;
}

static void
tell_needs_account(Ctx *ctx, const Channel *channel)
{
	refuse(ctx, ERR_NEEDREGGEDNICK, channel->name, "You need to be logged in to join (+a)");
}

static bool
is_banned(const Channel *channel, const User *user, const char *key)
{
	return channel_bans(channel, user);
}

static void
tell_banned(Ctx *ctx, const Channel *channel)
{
	refuse(ctx, ERR_BANNEDFROMCHAN, channel->name);
}

static bool
needs_invitation(const Channel *channel, const User *user, const char *key)
{
	return channel_has(channel, MODE_CHANNEL_INVITE_ONLY) && !channel_welcomes(channel, user);
}

static void
tell_needs_invitation(Ctx *ctx, const Channel *channel)
{
	refuse(ctx, ERR_INVITEONLYCHAN, channel->name);
}

/* How long it takes tells nothing of how much of it was right. */
static bool
needs_key(const Channel *channel, const User *user, const char *key)
{
	size_t length = channel->key ? strlen(channel->key) : 0;

	return channel->key &&
	       (!key || strlen(key) != length || CRYPTO_memcmp(channel->key, key, length) != 0);
}

static void
tell_needs_key(Ctx *ctx, const Channel *channel)
{
	refuse(ctx, ERR_BADCHANNELKEY, channel->name);
}

static bool
is_full(const Channel *channel, const User *user, const char *key)
{
	return channel->limit > 0 && channel->n_members >= channel->limit;
}

static void
tell_full(Ctx *ctx, const Channel *channel)
{
	refuse(ctx, ERR_CHANNELISFULL, channel->name);
}

static bool
is_purged(const Channel *channel, const User *user, const char *key)
{
	return *channel_setting(channel, CHANNEL_SETTING_PURGED) != '\0';
}

static void
tell_purged(Ctx *ctx, const Channel *channel)
{
	refuse(
	    ctx, ERR_BADCHANNAME, channel->name, channel_setting(channel, CHANNEL_SETTING_PURGED));
}

static void
tell_needs_access(Ctx *ctx, const Channel *channel)
{
	refuse(ctx, ERR_NEEDREGGEDNICK, channel->name,
	    "Only who is on the channel's access list may join (restricted)");
}

static bool
needs_access(const Channel *channel, const User *user, const char *key)
{
	return channel->registered && channel_setting_is_on(channel, CHANNEL_SETTING_RESTRICTED) &&
	       access_level_of(channel, user) == ACCESS_NONE;
}

static const JoinLock locks[] = {
    {is_purged, tell_purged, false, false},
    {needs_tls, tell_needs_tls, false, false},
    {needs_account, tell_needs_account, false, false},
    {needs_access, tell_needs_access, true, true},
    {is_banned, tell_banned, true, true},
    {needs_invitation, tell_needs_invitation, true, true},
    {needs_key, tell_needs_key, true, true},
    {is_full, tell_full, true, true},
};

const JoinLock *
join_lock(const Channel *channel, const User *user, const char *key)
{
	/* IRCX: levels OWNER, HOST and VOICE come before DENY, and the first two need no key. */
	AccessLevel level = access_level_of(channel, user);
	bool invited = user_invited(user, channel->handle) == INVITED_BY_HOST || level >= ACCESS_OP;

	for (unsigned i = 0; i < G_N_ELEMENTS(locks); i++)
		if (!(invited && locks[i].invitation_opens) &&
		    !(level == ACCESS_VOICE && locks[i].is_closed == is_banned) &&
		    locks[i].is_closed(channel, user, key))
			return &locks[i];
	return NULL;
}

/* SPDX-License-Identifier: MIT */
#include "domain/user.h"

#include "domain/account.h"
#include "domain/channel.h"
#include "domain/name_list.h"
#include "domain/session.h"
#include "domain/silence_list.h"
#include "proto/casemap.h"
#include "proto/modes.h"

#include <string.h>

static void
refresh_prefix(User *user)
{
	g_free(user->prefix);
	user->prefix = g_strconcat(user->nick, "!", user->username, "@", user->host, NULL);
}

User *
user_new(const UserFacts *facts, int64_t now)
{
	User *user = g_new0(User, 1);

	user->nick = g_strdup(facts->nick);
	user->username = g_strdup(facts->username);
	user->real_name = g_strdup(facts->real_name);
	user->address = g_strdup(facts->address);
	user->host =
	    g_str_equal(facts->host, facts->address) ? user->address : g_strdup(facts->host);
	user->connected_at = now;
	refresh_prefix(user);
	return user;
}

void
user_free(User *user)
{
	if (!user)
		return;
	while (user->n_seats > 0)
		member_free(user->seats[user->n_seats - 1]);
	g_free(user->seats);
	if (user->host != user->address)
		g_free(user->host);
	g_free(user->address);
	g_free(user->nick);
	g_free(user->username);
	g_free(user->real_name);
	g_free(user->prefix);
	g_free(user->away);
	user_set_account(user, NULL);
	if (user->guard)
		user->guard_free(user->guard);
	g_free(user->operator_name);
	if (user->invited_to)
		g_array_unref(user->invited_to);
	silence_list_free(user->silences);
	name_list_free(user->accepts);
	property_list_free(user->properties);
	g_free(user);
}

void
user_set_nick(User *user, const char *nick)
{
	char *copy = g_strdup(nick);

	g_free(user->nick);
	user->nick = copy;
	refresh_prefix(user);
	user_forget_verdicts(user);
}

void
user_set_host(User *user, const char *username, const char *host)
{
	char *name = g_strdup(username);
	char *shown = g_str_equal(host, user->address) ? user->address : g_strdup(host);

	g_free(user->username);
	if (user->host != user->address)
		g_free(user->host);
	user->username = name;
	user->host = shown;
	refresh_prefix(user);
	user_forget_verdicts(user);
}

void
user_set_real_name(User *user, const char *real_name)
{
	char *copy = g_strdup(real_name);

	g_free(user->real_name);
	user->real_name = copy;
	user_forget_verdicts(user);
}

const char *
user_away_of_sessions(const User *user)
{
	const Session *last = NULL;
	bool any = false;

	for (const Session *session = user->sessions; session; session = session->next) {
		if (session->stage != SESSION_REGISTERED)
			continue;
		if (!session->away)
			return NULL;
		any = true;
		if (strcmp(session->away, SESSION_AWAY_UNTOLD) != 0 &&
		    (!last || session->away_at >= last->away_at))
			last = session;
	}
	if (last)
		return last->away;
	return !any && user->away ? user->away : SESSION_AWAY_UNTOLD;
}

void
user_set_away(User *user, const char *text, int64_t now)
{
	char *copy = g_strdup(text);

	g_free(user->away);
	user->away = copy;
	user->away_since = text ? now : 0;
}

void
user_set_account(User *user, Account *account)
{
	if (user->login)
		g_ptr_array_remove(user->login->users, user);
	g_free(user->account);
	user->login = account;
	user->account = account ? g_strdup(account->name) : NULL;
	if (account)
		g_ptr_array_add(account->users, user);
	user_forget_verdicts(user);
}

void
user_set_operator(User *user, const char *name, unsigned privileges)
{
	g_free(user->operator_name);
	user->operator_name = g_strdup(name);
	user->privileges = name ? privileges : 0;
	if (name)
		user->modes |= MODE_USER_OPERATOR;
	else
		user->modes &= ~(uint64_t)MODE_USER_OPERATOR;
	user_forget_verdicts(user);
}

unsigned
user_sessions(const User *user)
{
	unsigned count = 0;

	for (const Session *session = user->sessions; session; session = session->next)
		count++;
	return count;
}

Session *
user_first_session(const User *user)
{
	for (Session *session = user->sessions; session; session = session->next)
		if (session->stage == SESSION_REGISTERED)
			return session;
	return NULL;
}

bool
user_is_secure(const User *user)
{
	for (const Session *session = user->sessions; session; session = session->next)
		if (!session->peer.tls)
			return false;
	return true;
}

bool
user_has_tls(const User *user)
{
	return user->sessions && user_is_secure(user);
}

const char *
user_certificate_fingerprint(const User *user)
{
	for (const Session *session = user->sessions; session; session = session->next)
		if (session->peer.certificate_fingerprint && *session->peer.certificate_fingerprint)
			return session->peer.certificate_fingerprint;
	return "";
}

Member *
user_seat(const User *user, const Channel *channel)
{
	/* At most limits.user_channels seats: a walk over pointers beats a hash. */
	for (uint32_t i = 0; i < user->n_seats; i++)
		if (user->seats[i]->channel == channel)
			return user->seats[i];
	return NULL;
}

void
user_forget_verdicts(User *user)
{
	for (uint32_t i = 0; i < user->n_seats; i++)
		user->seats[i]->judged = 0;
}

/* Who sits in a hidden channel is its members' business: the lists of others do not see it. */
static bool
is_in_channel(const MaskSubject *subject, const char *name, char prefix)
{
	const User *user = subject->data;

	for (uint32_t i = 0; i < user->n_seats; i++) {
		const Channel *channel = user->seats[i]->channel;

		if (!casemap_equal(channel->name, name))
			continue;
		if (channel_has(channel, MODE_CHANNEL_SECRET | MODE_CHANNEL_PRIVATE) &&
		    channel != subject->within)
			return false;
		return prefix == '\0' ||
		       (user->seats[i]->ranks & mode_rank_bits(mode_find_prefix(prefix)));
	}
	return false;
}

void
user_subject(const User *user, const Channel *within, MaskSubject *ret_subject)
{
	*ret_subject = (MaskSubject){
	    .nick = user->nick,
	    .user = user->username,
	    .host = user->host,
	    .address = user->address,
	    .account = user->account,
	    .real_name = user->real_name,
	    .fingerprint = user_certificate_fingerprint(user),
	    .country = *user->country ? user->country : NULL,
	    .operator_name = user->operator_name,
	    .tls = user_is_secure(user),
	    .in_channel = is_in_channel,
	    .data = user,
	    .within = within,
	};
}

bool
user_is_operator(const User *user)
{
	return user->operator_name != NULL;
}

bool
user_has_privilege(const User *user, unsigned privilege)
{
	return (user->privileges & privilege) != 0;
}

bool
user_shares_channel(const User *a, const User *b)
{
	for (uint32_t i = 0; i < a->n_seats; i++)
		if (user_seat(b, a->seats[i]->channel))
			return true;
	return false;
}

void
user_id_text(const User *user, char text[static USER_ID_SIZE])
{
	g_snprintf(text, USER_ID_SIZE, "%06X%08X", user->handle.index, user->handle.generation);
}

Handle
user_id_parse(const char *text)
{
	char index[7] = "";
	char *end = NULL;
	Handle handle = HANDLE_NONE;

	if (strlen(text) != 14 || strspn(text, "0123456789ABCDEF") != 14)
		return HANDLE_NONE;
	memcpy(index, text, 6);
	handle.index = (uint32_t)g_ascii_strtoull(index, &end, 16);
	handle.generation = (uint32_t)g_ascii_strtoull(text + 6, &end, 16);
	return handle;
}

static bool
find_invitation(const User *user, Handle channel, guint *ret_index)
{
	if (!user->invited_to)
		return false;
	for (guint i = 0; i < user->invited_to->len; i++) {
		if (handle_equal(g_array_index(user->invited_to, Invitation, i).channel, channel)) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

void
user_invite(User *user, Handle channel, Invited how, unsigned most)
{
	Invitation invitation = {channel, MAX(how, user_invited(user, channel))};

	user_forget_invitation(user, channel);
	if (most == 0)
		return;
	if (!user->invited_to)
		user->invited_to = g_array_new(FALSE, FALSE, sizeof(Invitation));
	while (user->invited_to->len >= most)
		g_array_remove_index(user->invited_to, 0);
	g_array_append_val(user->invited_to, invitation);
}

Invited
user_invited(const User *user, Handle channel)
{
	guint index;

	return find_invitation(user, channel, &index)
		   ? g_array_index(user->invited_to, Invitation, index).how
		   : INVITED_NOT;
}

void
user_forget_invitation(User *user, Handle channel)
{
	guint index;

	if (!find_invitation(user, channel, &index))
		return;
	g_array_remove_index(user->invited_to, index);
	if (user->invited_to->len == 0)
		g_clear_pointer(&user->invited_to, g_array_unref);
}

/* SPDX-License-Identifier: MIT */
#include "domain/session.h"

#include "base/clock.h"
#include "base/line.h"
#include "domain/client_batch.h"
#include "domain/name_list.h"
#include "domain/user.h"

#include <string.h>

static void
peer_clear(SessionPeer *peer)
{
	g_free(peer->address);
	g_free(peer->host);
	g_free(peer->gateway);
	g_free(peer->tls_version);
	g_free(peer->tls_cipher);
	g_free(peer->tls_host);
	g_free(peer->certificate_fingerprint);
	g_clear_pointer(&peer->tls_exporter, g_bytes_unref);
	g_clear_pointer(&peer->tls_server_end_point, g_bytes_unref);
}

void
session_speak_for(Session *session, const SessionPeer *peer)
{
	SessionPeer before = session->peer;

	session->peer = *peer;
	session->peer.address = g_strdup(peer->address);
	session->peer.host = g_strdup(peer->host);
	session->peer.gateway = g_strdup(peer->gateway);
	session->peer.tls_version = g_strdup(peer->tls_version);
	session->peer.tls_cipher = g_strdup(peer->tls_cipher);
	session->peer.tls_host = g_strdup(peer->tls_host);
	session->peer.certificate_fingerprint = g_strdup(peer->certificate_fingerprint);
	if (peer->tls_exporter)
		g_bytes_ref(peer->tls_exporter);
	if (peer->tls_server_end_point)
		g_bytes_ref(peer->tls_server_end_point);
	peer_clear(&before);
	if (session->user)
		user_forget_verdicts(session->user);
}

bool
session_is_safe(const Session *session)
{
	const SessionPeer *peer = &session->peer;

	return peer->tls || (peer->private_link && !peer->gateway);
}

bool
session_is_ready(const Session *session)
{
	const Registration *said = session->registration;

	return session->stage == SESSION_REGISTERING && !said->negotiating && said->nick &&
	       said->username;
}

Session *
session_new(Handle conn, const SessionPeer *peer, int64_t now, int64_t monotonic)
{
	Session *session = g_new0(Session, 1);

	session->conn = conn;
	session_speak_for(session, peer);
	session->registration = g_new0(Registration, 1);
	session->opened_at = now;
	session->heard_at = monotonic;
	session->tokens_at = monotonic;
	session->tokens = -1; /* filled at the first use, when the burst is known */
	return session;
}

static void
registration_free(Registration *registration)
{
	if (!registration)
		return;
	g_free(registration->nick);
	g_free(registration->refused_nick);
	g_free(registration->username);
	g_free(registration->real_name);
	property_list_free(registration->properties);
	if (registration->password)
		explicit_bzero(registration->password, strlen(registration->password));
	g_free(registration->password);
	g_free(registration);
}

void
session_free(Session *session)
{
	if (!session)
		return;
	client_batch_close(session);
	property_list_free(session->subscriptions);
	registration_free(session->registration);
	peer_clear(&session->peer);
	g_free(session->device);
	name_list_free(session->caught_up);
	g_free(session->away);
	if (session->sasl)
		session->sasl_free(session->sasl);
	if (session->sasl_collected)
		g_string_free(session->sasl_collected, TRUE);
	g_clear_pointer(&session->held_back, g_ptr_array_unref);
	line_unref(session->farewell);
	g_free(session->quit_reason);
	g_free(session);
}

bool
session_has(const Session *session, uint64_t caps)
{
	return (session->caps & caps) == caps;
}

void
session_set_user(Session *session, User *user)
{
	Session **end = &user->sessions;

	g_clear_pointer(&session->registration, registration_free);
	session->user = user;
	session->stage = SESSION_REGISTERED;
	if (!user->sessions)
		user->spoke_at = session->heard_at;
	session->next = NULL;
	while (*end)
		end = &(*end)->next;
	*end = session;
	user_forget_verdicts(user);
}

void
session_set_away(Session *session, const char *text, int64_t now)
{
	char *copy = g_strdup(text);

	g_free(session->away);
	session->away = copy;
	session->away_at = now;
}

void
session_leave_user(Session *session)
{
	Session **link;

	if (!session->user)
		return;
	link = &session->user->sessions;
	while (*link != session)
		link = &(*link)->next;
	*link = session->next;
	user_forget_verdicts(session->user);
	session->next = NULL;
	session->user = NULL;
}

void
session_set_quit_reason(Session *session, const char *reason)
{
	if (!session->quit_reason)
		session->quit_reason = g_strdup(reason);
}

const char *
session_name(const Session *session)
{
	if (session->user)
		return session->user->nick;
	if (session->registration && session->registration->nick)
		return session->registration->nick;
	return "*";
}

bool
session_take_tokens(Session *session, unsigned cost, unsigned burst, unsigned rate,
    int64_t monotonic, int64_t *ret_when)
{
	double least = MIN(cost, burst);
	double missing;

	if (session->tokens < 0)
		session->tokens = burst;
	session->tokens += (double)(monotonic - session->tokens_at) * rate / (double)CLOCK_SECOND;
	session->tokens = MIN(session->tokens, (double)burst);
	session->tokens_at = monotonic;
	if (session->tokens >= least) {
		session->tokens -= least;
		return true;
	}
	missing = least - session->tokens;
	*ret_when = monotonic + (int64_t)(missing / rate * (double)CLOCK_SECOND) + 1;
	return false;
}

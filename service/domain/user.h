/* SPDX-License-Identifier: MIT */
/*
 * User: a person or program on the service, registered, with a nick. He is there with one session
 * as a rule, with several (his phone and his desk), or with none: nothing may count on one.
 * Invariants: `prefix` is always nick!username@host; a user sits in each channel at most once (his
 * seats); he is in the directory from user_new()'s caller until user_free(), which unlinks all
 * seats. Times: wall, microseconds. Thread: state. Only act/ changes users.
 */
#pragma once

#include "base/slots.h"
#include "domain/property_list.h"
#include "domain/types.h"
#include "proto/mask.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define USER_ID_SIZE 16

typedef struct UserFacts {
	const char *nick;
	const char *username;
	const char *real_name;
	const char *host;    /* as others see it */
	const char *address; /* the peer's IP address */
} UserFacts;

/* What an invitation opens; more is more. */
typedef enum Invited {
	INVITED_NOT,
	INVITED_BY_MEMBER, /* under free invite: where only who is invited may join */
	INVITED_BY_HOST    /* whatever keeps out but an invitation may open */
} Invited;

typedef struct Invitation {
	Handle channel;
	Invited how;
} Invitation;

struct User {
	Handle handle; /* in the directory */
	char *nick;
	char *username;
	char *real_name;
	char *host;
	char *address; /* may be the same pointer as host */
	char *prefix;
	char *away;          /* NULL: here */
	char *account;       /* name of `login`; NULL: none */
	Account *login;      /* he stands in its users; NULL: none */
	char country[3];     /* of his address, two letters; "": not known */
	char *operator_name; /* [operator NAME]; NULL: none */
	unsigned privileges; /* OPERATOR_* bits of settings.h */
	uint64_t modes;      /* MODE_USER_* bits of proto/modes.h */
	uint32_t notices;    /* NOTICE_BIT()s of proto/notices.h; 0 without mode s */
	int64_t connected_at;
	int64_t away_since;
	int64_t detached_at; /* when his last session left; 0: he has one */
	int64_t spoke_at;    /* monotonic: for idle times */
	Session *sessions;   /* his clients, first come first, by session->next; NULL: none */
	void *guard; /* of his nick (act/nick_guard.h), freed with `guard_free`; NULL: none */
	void (*guard_free)(void *guard);
	Member **seats;
	uint32_t n_seats;
	uint32_t seats_capacity;
	PropertyList *properties; /* NULL: none */
	SilenceList *silences;    /* whom he does not hear; NULL: none */
	NameList *accepts;        /* whom he hears under mode g; NULL: none */
	int64_t called_at;        /* monotonic: when he was last told of a caller; 0: never */
	int64_t knocked_at;       /* monotonic: of his last KNOCK; 0: none */
	GArray *invited_to;       /* Invitation, oldest first; NULL if none */
	uint32_t visit;           /* audience's mark: the last collection that met this user */
};

User *user_new(const UserFacts *facts, int64_t now);
/* Leaves every channel silently, takes it out of nothing else; the caller removed it from the
 * directory before. */
void user_free(User *user);
/* Changes the nick in the user only: call directory_rename_user(). */
void user_set_nick(User *user, const char *nick);
/* As others see him from now on. */
void user_set_host(User *user, const char *username, const char *host);
void user_set_real_name(User *user, const char *real_name);
/* What his sessions together say: NULL (here) if any of them does; else the reason told last; "*"
 * (SESSION_AWAY_UNTOLD) if none was told. With no session: as he is. Valid until one changes. */
const char *user_away_of_sessions(const User *user);
/* `text` NULL: back. */
void user_set_away(User *user, const char *text, int64_t now);
/* Logs him in, or out with NULL; again with the same account when that has another name. */
void user_set_account(User *user, Account *account);
void user_set_operator(User *user, const char *name, unsigned privileges);
/* Of all his sessions, the closing ones too:
 *     for (Session *session = user->sessions; session; session = session->next)
 * What is to reach him goes through the audience (out/audience.h), never by such a loop. */
unsigned user_sessions(const User *user);
/* The longest-standing session that is not closing, for what can only tell one; NULL: none. */
Session *user_first_session(const User *user);
/* Does none of his sessions go without TLS? What must not cross a plain connection asks this; true
 * with no session. */
bool user_is_secure(const User *user);
/* The same for what is shown of him: false with no session. */
bool user_has_tls(const User *user);
/* Of his first session with a client certificate; "" if there is none. */
const char *user_certificate_fingerprint(const User *user);
/* His seat in the channel; NULL if he is not in it. */
Member *user_seat(const User *user, const Channel *channel);
/* What channels' lists say of him is found out anew. Whatever user_subject() tells goes through a
 * setter that does this: here, session_*(), channel_add_member(), member_*(). */
void user_forget_verdicts(User *user);
/* Whom the masks of a channel's list are held against; borrows from both. */
void user_subject(const User *user, const Channel *within, MaskSubject *ret_subject);
bool user_is_operator(const User *user);
bool user_has_privilege(const User *user, unsigned privilege);
/* Do both sit in one channel? */
bool user_shares_channel(const User *a, const User *b);
/* Stable id as the control API shows it, 14 hexadecimal digits: from the handle. */
void user_id_text(const User *user, char text[static USER_ID_SIZE]);
Handle user_id_parse(const char *text);

/* Invitations: at most `most`, the oldest falls out. They are to a channel, not to a name: they go
 * along with a rename, and end with the channel. One that opens less leaves the one there is. */
void user_invite(User *user, Handle channel, Invited how, unsigned most);
Invited user_invited(const User *user, Handle channel);
void user_forget_invitation(User *user, Handle channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(User, user_free)

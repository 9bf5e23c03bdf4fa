/* SPDX-License-Identifier: MIT */
/*
 * Verbs: every change of the domain: check the rules, change, announce. IRC commands, IRCX
 * commands, timers and the control socket all end here. Each returns OUTCOME_REFUSED after telling
 * why and changing nothing. Text arguments are NUL-terminated UTF-8, longer ones than the limits
 * are cut where the protocol cuts (topic, reasons) and refused elsewhere. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* admission.c: may it become a user? OUTCOME_DONE: yes, or there is more to say first;
 * OUTCOME_PENDING: `then` is called when its password was right; OUTCOME_CLOSE: no. */
typedef Outcome (*AdmissionThen)(Ctx *ctx);
Outcome act_admit(Ctx *ctx, AdmissionThen then);
bool admission_logs_in(const Ctx *ctx); /* by PASS account:password */
/* gateway.c: WEBIRC; the strings are not NULL. */
typedef struct Introduction {
	const char *password;
	const char *gateway;
	const char *host;
	const char *address;
	const char *options;
} Introduction;
Outcome act_speak_for(Ctx *ctx, const Introduction *said);
/* register.c: NICK/USER/CAP END lead here; registers when all is there. */
Outcome act_try_register(Ctx *ctx, Session *session);
/* nick.c: reserves before registration, changes after it; by ACTOR_ADMINISTRATOR with `user`. */
Outcome act_nick(Ctx *ctx, User *user, const char *nick);
/* The reason of 432 for what has no nick's form or is a service's. */
#define NICK_ERRONEOUS "Erroneous nickname"
/* chghost.c: what others see of him; NULL keeps it. For clients without chghost he seems to come
 * back. */
void act_set_host(Ctx *ctx, User *user, const char *username, const char *host);
/* The host that is shown of a connection from this address. Caller frees. */
char *act_host_of_peer(const Ctx *ctx, const SessionPeer *peer) G_GNUC_WARN_UNUSED_RESULT;
Outcome act_set_real_name(Ctx *ctx, User *user, const char *real_name);
/* knock.c: `text` may be NULL. */
Outcome act_knock(Ctx *ctx, Channel *channel, const char *text);
/* screen.c: SILENCE_* flags of domain/silence_list.h. */
Outcome act_silence(Ctx *ctx, const char *mask, unsigned flags);
void act_unsilence(Ctx *ctx, const char *mask);
Outcome act_accept(Ctx *ctx, const char *nick);
Outcome act_unaccept(Ctx *ctx, const char *nick);
/* monitor.c: watches one nick; refused when it is none or when the list is full: then
 * `ret_full` is set and nothing was told. */
Outcome act_monitor_add(Ctx *ctx, const char *nick, bool *ret_full);
void act_monitor_remove(Ctx *ctx, const char *nick);
void act_monitor_clear(Ctx *ctx);
/* Who watches is told that the nick has a bearer now, or none any more. */
void act_tell_online(Ctx *ctx, User *user);
void act_tell_offline(Ctx *ctx, const char *nick);
/* quit.c: the session leaves its user, and he leaves with it if it was his last; the session stays
 * with its owner. Idempotent. `reason` is shown as it is. */
void act_quit(Ctx *ctx, Session *session, const char *reason);
/* Closes all his sessions for `close` (base/close_reason.h), removes the user from everything and
 * tells the neighbours. */
void act_remove_user(Ctx *ctx, User *user, uint32_t close, const char *reason);
/* Disconnects: KILLED event, ERROR to the victim, quit. */
Outcome act_kill(Ctx *ctx, User *victim, const char *reason);

/* join.c: `ret_channel` (may be NULL): where he is now, another one after a forward; NULL if he was
 * refused. */
Outcome act_join(Ctx *ctx, const char *channel_name, const char *key, Channel **ret_channel);
Outcome act_part(Ctx *ctx, Channel *channel, const char *reason);
void act_part_all(Ctx *ctx); /* JOIN 0 */
/* rename_channel.c (IRCv3 draft/channel-rename): all that the channel has stays. Clients without
 * the capability see their users leave and come; what the asking session then finds in the channel
 * is for the caller to show. */
Outcome act_rename_channel(Ctx *ctx, Channel *channel, const char *name, const char *reason);
/* A rename did not come to the disk: the channel is called as before, and everybody is told. */
void act_rename_back(Ctx *ctx, Channel *channel, const char *name);
/* topic.c, kick.c, invite.c */
Outcome act_topic(Ctx *ctx, Channel *channel, const char *text);
Outcome act_kick(Ctx *ctx, Channel *channel, User *victim, const char *reason);
Outcome act_invite(Ctx *ctx, User *guest, Channel *channel);

/* set_mode.c: one MODE command's worth of changes; applies what is allowed, refuses the rest one by
 * one, announces what changed as one event (or more when the line would be too long). Letters
 * without a parameter that need one list (b e I) or are refused. OUTCOME_REFUSED if nothing was
 * applied and something was refused. */
Outcome act_channel_mode(Ctx *ctx, Channel *channel, const char *letters,
    const char *const *parameters, unsigned n_parameters);
Outcome act_user_mode(Ctx *ctx, User *user, const char *letters, const char *const *parameters,
    unsigned n_parameters);

/* set_property.c: properties (IRCv3 metadata) of one of the four, which is not NULL. */
typedef struct PropertyTarget {
	User *user;
	Channel *channel;
	Session *session; /* registering: what it says is its user's later */
	Account *account; /* and whoever is logged in to it */
} PropertyTarget;
/* As its owner would be named in an answer: his nick, the channel, "*", the account. */
const char *property_target_name(const PropertyTarget *target);
const PropertyList *property_target_list(const PropertyTarget *target);
/* `value` NULL removes it. */
Outcome act_set_property(
    Ctx *ctx, const PropertyTarget *target, const char *key, const char *value);
/* Removes all of them; they are the caller's then (NULL: there were none). */
Outcome act_clear_properties(Ctx *ctx, const PropertyTarget *target, PropertyList **ret_removed);
/* The user has just logged in: he gets what his account has, and what he had himself stays and is
 * the account's too. */
void act_merge_properties(Ctx *ctx, User *user);
/* What he has goes when he leaves the account that keeps it; who sees it is told. */
void act_leave_properties(Ctx *ctx, User *user);
/* As it is stored: the change before could not be. Everybody is told, the store is not. */
void act_return_property(Ctx *ctx, Channel *channel, const char *key, const char *value);
/* Tells the members of the channel (NULL: who watches him) what properties the user has. */
void act_tell_properties(Ctx *ctx, User *user, Channel *channel);
/* speak.c: one target of PRIVMSG, NOTICE or TAGMSG. `client_tags` rendered or NULL. A message of
 * several lines has them in `lines`, and in `text` all of them joined (proto/multiline.h). */
typedef struct Speech {
	const char *verb; /* "PRIVMSG" "NOTICE" "TAGMSG" */
	const char *target;
	const char *text; /* NULL for TAGMSG */
	const MultilineLine *lines;
	unsigned n_lines;
	const char *client_tags;
	const char *relayed_for; /* "nick!user@host" in whose name it is said; NULL: own */
	const char *edits;       /* id of the message it is another text for; NULL: a new one */
} Speech;
Outcome act_speak(Ctx *ctx, const Speech *speech);
/* announcement.c: to everybody; the target begins with '$'. MAY_ANNOUNCE. */
Outcome act_announce(Ctx *ctx, const Speech *speech);
Outcome act_wallops(Ctx *ctx, const char *text);
/* away.c: what the asking session, registered or not, says of its user: text NULL or "" here, "*"
 * gone for no reason told. */
Outcome act_away(Ctx *ctx, const char *text);
/* A session came, left or said something else: the user is away as they are together. */
void act_merge_away(Ctx *ctx, User *user);
/* oper.c: checks name, host, certificate and password (a job): PENDING, or refused at once.
 * `password` may be NULL. */
Outcome act_oper(Ctx *ctx, const char *name, const char *password);
/* The message of the day for operators, if there is one. */
void act_tell_operator_motd(Ctx *ctx);
/* For who just registered: operator at once if a section with its certificate says so. */
void act_oper_automatically(Ctx *ctx);
/* channel_life.c: used by join, part, kick, quit, and the control socket. */
Channel *act_make_channel(Ctx *ctx, const char *name);
void act_drop_if_empty(Ctx *ctx, Channel *channel);
/* Administrators only; `name` may be a channel that does not exist yet. */
Outcome act_register_channel(Ctx *ctx, const char *name);
Outcome act_unregister_channel(Ctx *ctx, Channel *channel);
/* Tells the bus and the members that a channel was registered, or is no longer. */
void act_announce_registration(Ctx *ctx, Channel *channel);
/* The bus alone: the channel was registered before, and was closed. */
void act_tell_registration(Ctx *ctx, Channel *channel);
/* A registered channel changed: the store is told (records.h). Called by the verbs above. */
void act_keep_channel(Ctx *ctx, const Channel *channel);

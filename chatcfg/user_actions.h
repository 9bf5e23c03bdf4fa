/* SPDX-License-Identifier: MIT */
/*
 * UserActions: what can be done to users, wherever they are listed. Thread: main.
 */
#pragma once

#include "service.h"

/* Users by id, which stays, and nick, which people know. */
typedef struct UserNames UserNames;

UserNames *user_names_new(void);
void user_names_free(UserNames *names);
/* Nothing happens for an empty id. */
void user_names_add(UserNames *names, const char *id, const char *nick);

/* Asks for a reason, then disconnects each. Takes `names` (transfer full). */
void user_ask_disconnect(Service *service, SnapinNode *node, UserNames *names);
/* Likewise removes them from a channel. */
void user_ask_kick(Service *service, SnapinNode *node, const char *channel, UserNames *names);
/* One chatctl line per user, with a reason to be filled in where the method takes one. Caller
 * frees; NULL if there is no user. `channel` may be NULL. */
char *user_command(
    const Service *service, const UserNames *names, const char *method, const char *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(UserNames, user_names_free)

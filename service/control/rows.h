/* SPDX-License-Identifier: MIT */
/*
 * Rows and objects: users, channels, members and the service as this protocol shows them: our rows
 * (README, Methods) as list sources, and UnrealIRCd's objects by detail level (its keys exactly).
 * Invariant: nothing here changes anything. Thread: state.
 */
#pragma once

#include "control/list_query.h"

extern const ListSource account_rows;
extern const ListSource user_rows;
extern const ListSource channel_rows;
extern const ListSource member_rows; /* objects are Member */

/* By nick or id; NULL if there is none. */
User *rows_find_user(const Community *community, const char *name);

/* Compatible objects; new references. */
json_t *object_user(const Control *control, const User *user, unsigned level);
/* Ours: every client of a user, a list. */
json_t *object_clients(const User *user);
/* A client with its level in the channel. */
json_t *object_member(const Control *control, const Member *member, unsigned level);
/* `with_key`: the channel's key is shown as it is. */
json_t *object_channel(
    const Control *control, const Channel *channel, unsigned level, bool with_key);
json_t *object_server(const Control *control);
/* The service as the one who asked for a reload: UnrealIRCd's rehash_client. */
json_t *object_caller(const Control *control, const char *who);
/* Appends one object per noun of the methods ("rpc/user"): name and version, or all that
 * server.module_list tells. */
void object_modules_each(json_t *list, bool whole);
json_t *object_whowas(const Control *control, const WhowasEntry *entry, unsigned level);

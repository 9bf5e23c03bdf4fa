/* SPDX-License-Identifier: MIT */
/*
 * Directory: who and what is here, by name (without case, proto/casemap.h) and by handle.
 * Invariant: a nick is either a user's or reserved by one registering session, never both.
 * Ownership: borrows users and channels. Thread: state.
 */
#pragma once

#include "base/slots.h"
#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

Directory *directory_new(void);
void directory_free(Directory *directory);
/* From here on nicks are compared by their looks too; before anybody is in. Takes it over. */
void directory_set_lookalikes(Directory *directory, Lookalikes *lookalikes);
/* NULL if they are not. */
Lookalikes *directory_lookalikes(const Directory *directory);
/* Would the nick be read as somebody else's? Not if that is `own` or `account` (may be NULL). */
bool directory_nick_misleads(
    const Directory *directory, const char *nick, const char *own, const char *account);

/* Sets user->handle. The nick is free or reserved by nobody else: the caller released it. */
void directory_add_user(Directory *directory, User *user);
void directory_remove_user(Directory *directory, User *user);
/* Sets the user's nick too; only case may differ from the old one or it must be free. */
void directory_rename_user(Directory *directory, User *user, const char *nick);
User *directory_find_user(const Directory *directory, const char *nick);
User *directory_user(const Directory *directory, Handle handle);
unsigned directory_users(const Directory *directory);
/* Start with 0; NULL at the end. Safe against changes between two calls. */
User *directory_next_user(const Directory *directory, uint32_t *cursor);

/* Nicks of sessions that are still registering; false if taken by another or a user. */
bool directory_reserve_nick(Directory *directory, const char *nick, Session *session);
void directory_release_nick(Directory *directory, const char *nick, const Session *session);
bool directory_nick_is_free(const Directory *directory, const char *nick, const Session *session);

void directory_add_channel(Directory *directory, Channel *channel);
void directory_remove_channel(Directory *directory, Channel *channel);
/* Sets the channel's name too; only case may differ from the old one or it must be free. */
void directory_rename_channel(Directory *directory, Channel *channel, const char *name);
Channel *directory_find_channel(const Directory *directory, const char *name);
Channel *directory_channel(const Directory *directory, Handle handle);
unsigned directory_channels(const Directory *directory);
Channel *directory_next_channel(const Directory *directory, uint32_t *cursor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Directory, directory_free)

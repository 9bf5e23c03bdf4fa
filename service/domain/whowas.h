/* SPDX-License-Identifier: MIT */
/*
 * Whowas: a bounded memory of departed users, newest first.
 * Invariant: at most `most` entries; times are wall microseconds. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <glib.h>
#include <stdint.h>

typedef struct WhowasEntry {
	char *nick;
	char *username;
	char *host;
	char *address;
	char *real_name;
	char *account;      /* NULL: none */
	int64_t account_id; /* 0: none, or of an old record */
	const char *event;  /* "quit", "nick-change" */
	int64_t connected_at;
	int64_t left_at;
} WhowasEntry;

Whowas *whowas_new(unsigned most);
void whowas_free(Whowas *whowas);
void whowas_set_most(Whowas *whowas, unsigned most);
/* The user as he is now, borrowed from him; `event` is a constant. */
WhowasEntry whowas_entry_of(const User *user, const char *event, int64_t now);
/* Copies the entry, which becomes the newest. */
void whowas_add(Whowas *whowas, const WhowasEntry *entry);
/* Forgets who was logged in to that account; old records by one of `names` (of const char *). */
void whowas_forget(Whowas *whowas, int64_t account_id, const GPtrArray *names);
/* Newest first; start with a NULL cursor; NULL at the end. Nothing may be added meanwhile. */
const WhowasEntry *whowas_next(const Whowas *whowas, const void **cursor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Whowas, whowas_free)

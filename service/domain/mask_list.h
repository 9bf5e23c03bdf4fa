/* SPDX-License-Identifier: MIT */
/*
 * MaskList: one level of a channel's access list: bans, exceptions, invite exceptions, or whom a
 * rank is given to. Entries are masks or extended bans (proto/extban.h), parsed when they are
 * added. Invariants: texts are canonical, each once without case; order of setting is kept;
 * `expires` counts the entries that end by themselves; `changes` differs after every change.
 * Times: wall, microseconds. Thread: state.
 */
#pragma once

#include "domain/types.h"
#include "proto/extban.h"
#include "proto/mask.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct MaskEntry {
	Extban *extban;
	const char *mask; /* its text */
	char *set_by;     /* nick!user@host, or an administrator's name */
	char *reason;     /* NULL: none */
	int64_t set_at;
	int64_t expires_at; /* 0: never */
} MaskEntry;

struct MaskList {
	MaskEntry *entries;
	unsigned n_entries;
	unsigned capacity;
	unsigned expires;
	uint32_t changes;
};

void mask_list_clear(MaskList *list);
/* False if it is there already, or is no mask. How long it lasts counts from `set_at` on. */
bool mask_list_add(MaskList *list, const char *mask, const char *set_by, int64_t set_at);
/* As it was stored, with its own end. */
bool mask_list_restore(MaskList *list, const char *mask, const char *set_by, const char *reason,
    int64_t set_at, int64_t expires_at);
/* False if it is not there. */
bool mask_list_remove(MaskList *list, const char *mask);
/* Why it is there; NULL or "": no longer said. False if there is no such entry. */
bool mask_list_set_reason(MaskList *list, const char *mask, const char *reason);
/* Somebody else counts as who set it. */
void mask_list_set_setter(MaskList *list, unsigned index, const char *set_by);
/* The entry with that text; else the one that says the same but for how long; NULL if none. */
const MaskEntry *mask_list_find(const MaskList *list, const char *mask);
/* The first entry that matches; NULL if none does. */
const MaskEntry *mask_list_match(const MaskList *list, const MaskSubject *subject);
/* The first that matches and is about any of those scopes (EXTBAN_*). */
const MaskEntry *mask_list_match_scope(
    const MaskList *list, const MaskSubject *subject, unsigned scopes);
/* When the first one ends; 0 if none does. */
int64_t mask_list_next_end(const MaskList *list);
/* The first entry that has ended by then; NULL if none has. */
const MaskEntry *mask_list_ended(const MaskList *list, int64_t now);

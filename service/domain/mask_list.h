/* SPDX-License-Identifier: MIT */
/*
 * MaskList: bans, exceptions or invite exceptions of a channel.
 * Invariant: masks are canonical (proto/mask.h), each once without case; order of setting is kept.
 * Thread: state.
 */
#pragma once

#include "domain/types.h"
#include "proto/mask.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct MaskEntry {
	char *mask;
	char *set_by;   /* nick!user@host, or an administrator's name */
	int64_t set_at; /* wall, microseconds */
} MaskEntry;

struct MaskList {
	MaskEntry *entries;
	unsigned n_entries;
	unsigned capacity;
};

void mask_list_clear(MaskList *list);
/* False if it is there already. */
bool mask_list_add(MaskList *list, const char *mask, const char *set_by, int64_t set_at);
/* False if it is not there. */
bool mask_list_remove(MaskList *list, const char *mask);
const MaskEntry *mask_list_find(const MaskList *list, const char *mask);
/* The first entry that matches; NULL if none does. */
const MaskEntry *mask_list_match(const MaskList *list, const MaskSubject *subject);

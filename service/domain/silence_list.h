/* SPDX-License-Identifier: MIT */
/*
 * SilenceList: whom a user does not want to hear, and in what (SILENCE of modern IRC).
 * Invariant: masks are canonical (proto/mask.h), each once without case; order of setting is kept.
 * Thread: state.
 */
#pragma once

#include "domain/types.h"
#include "proto/mask.h"

#include <glib.h>
#include <stdbool.h>

#define SILENCE_FLAGS_SIZE 8

typedef enum SilenceFlag {
	SILENCE_PRIVATE = 1u << 0,         /* p: messages */
	SILENCE_NOTICES = 1u << 1,         /* n */
	SILENCE_INVITES = 1u << 2,         /* i */
	SILENCE_EXCEPTION = 1u << 3,       /* x: heard all the same */
	SILENCE_CHANNELS = 1u << 4,        /* c: messages in channels */
	SILENCE_CHANNEL_NOTICES = 1u << 5, /* t */
} SilenceFlag;

/* What a mask without letters keeps away: what is said to oneself. */
#define SILENCE_EVERYTHING (SILENCE_PRIVATE | SILENCE_NOTICES | SILENCE_INVITES)

typedef struct SilenceEntry {
	char *mask;
	unsigned flags;
} SilenceEntry;

SilenceList *silence_list_new(void);
void silence_list_free(SilenceList *list);
unsigned silence_list_count(const SilenceList *list); /* NULL: 0 */
const SilenceEntry *silence_list_entry(const SilenceList *list, unsigned index);
/* Adds, or gives the mask other flags; false if that changes nothing. */
bool silence_list_put(SilenceList *list, const char *mask, unsigned flags);
/* False if it is not there. */
bool silence_list_remove(SilenceList *list, const char *mask);
bool silence_list_has(const SilenceList *list, const char *mask);
/* Is what has `flag` kept from the list's owner when the subject sends it? NULL list: no. */
bool silence_list_covers(const SilenceList *list, unsigned flag, const MaskSubject *subject);
/* Does any entry hold for what has `flag`? NULL list: no. */
bool silence_list_mentions(const SilenceList *list, unsigned flag);
/* Letters to flags; false if one is unknown. No letter of a kind: SILENCE_EVERYTHING. */
bool silence_flags_parse(const char *letters, unsigned *ret_flags);
void silence_flags_text(unsigned flags, char text[static SILENCE_FLAGS_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SilenceList, silence_list_free)

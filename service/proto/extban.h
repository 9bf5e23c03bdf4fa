/* SPDX-License-Identifier: MIT */
/*
 * Extban: an entry of a channel's lists of masks, taken apart when it is set, so that matching
 * reads no text again: nick!user@host or an extended ban (rows in extbans.def; EXTBAN= and
 * ACCOUNTEXTBAN= of 005, IRCv3 account-extban). "~!a:x" matches whom "~a:x" does not.
 * Invariants: extban_text() parses to the same again; matching takes at most mask length x text
 * length steps. Thread: any; constant once parsed.
 */
#pragma once

#include "proto/mask.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define EXTBAN_PREFIX '~'
#define EXTBAN_MINUTES_MOST 525600u /* a year */

typedef enum ExtbanScope {
	EXTBAN_JOIN = 1 << 0,
	EXTBAN_SPEAK = 1 << 1,
	EXTBAN_NICK = 1 << 2,
	EXTBAN_ALL = EXTBAN_JOIN | EXTBAN_SPEAK | EXTBAN_NICK,
} ExtbanScope;

typedef struct Extban Extban;

/* NULL if it is none; `ret_problem` is a sentence for whoever set it. Free with extban_free(). */
Extban *extban_parse(const char *text, const char **ret_problem) G_GNUC_WARN_UNUSED_RESULT;
void extban_free(Extban *extban);
/* The form it is kept, shown and compared in: letters for names, masks complete. Borrowed. */
const char *extban_text(const Extban *extban);
/* Without how long it lasts; what MODE -b may name as well. Borrowed. */
const char *extban_lasting_text(const Extban *extban);
/* What it keeps from: EXTBAN_* bits; a mute of EXTBAN_SPEAK and _NICK only. */
unsigned extban_scopes(const Extban *extban);
/* The account it is about, if it is about one by its whole name; else NULL. Borrowed. */
const char *extban_account(const Extban *extban);
/* Is it about the country of an address? */
bool extban_needs_country(const Extban *extban);
/* Minutes it lasts; 0: for ever. */
unsigned extban_minutes(const Extban *extban);
bool extban_matches(const Extban *extban, const MaskSubject *subject);
/* Letters for EXTBAN= in 005, with a NUL. */
#define EXTBAN_LETTERS_SIZE 32
void extban_letters(char text[static EXTBAN_LETTERS_SIZE]);
/* Names of the criterion ACCOUNT, "account,a", for ACCOUNTEXTBAN=. Caller frees. */
char *extban_account_names(void) G_GNUC_WARN_UNUSED_RESULT;

typedef struct ExtbanRow {
	char letter;
	const char *name;
	const char *other_name; /* "" if there is none */
	const char *example;
	const char *help;
} ExtbanRow;

/* For help and `describe`: `index` from 0 on; NULL past the last. */
const ExtbanRow *extban_row(unsigned index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Extban, extban_free)

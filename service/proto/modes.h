/* SPDX-License-Identifier: MIT */
/*
 * Modes: the alphabet of channel and user modes (rows in modes.def), one index space for both, so
 * a set of modes is a uint64_t of bits MODE_CHANNEL_x / MODE_USER_x.
 * Invariant: a letter occurs once per target; rank rows stand before all others, highest first.
 * Thread: any; constant.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ModeTarget {
	MODE_ON_CHANNEL,
	MODE_ON_USER,
} ModeTarget;

typedef enum ModeKind {
	MODE_KIND_LIST,  /* CHANMODES type A: a mask both ways; without one: show the list */
	MODE_KIND_KEY,   /* type B: a parameter both ways */
	MODE_KIND_LIMIT, /* type C: a parameter to set only */
	MODE_KIND_VALUE, /* type C: a text to set only */
	MODE_KIND_FLAG,  /* type D: no parameter */
	MODE_KIND_RANK,  /* PREFIX: a member both ways */
} ModeKind;

typedef enum ModeSetter {
	MODE_BY_OWNER,   /* channel owners */
	MODE_BY_OP,      /* channel operators and owners */
	MODE_BY_SELF,    /* the user */
	MODE_BY_GRANT,   /* of a user: only the service gives it, he may drop it; of a channel: by
			    IRC operators and administrators */
	MODE_BY_SERVICE, /* shown only: it follows from something else */
} ModeSetter;

typedef enum ModeIndex {
#define MODE(letter, on, kind, by, name, prefix, text, help) MODE_##on##_##name##_INDEX,
#include "proto/modes.def"
#undef MODE
	MODES
} ModeIndex;

/* Wider than int: GCC and clang allow it, C23 does too. */
__extension__ enum {
#define MODE(letter, on, kind, by, name, prefix, text, help)                                       \
	MODE_##on##_##name = UINT64_C(1) << MODE_##on##_##name##_INDEX,
#include "proto/modes.def"
#undef MODE
};

typedef struct ModeRow {
	char letter;
	char prefix;      /* '~' '@' '+' for ranks, else 0 */
	uint8_t target;   /* ModeTarget */
	uint8_t kind;     /* ModeKind */
	uint8_t setter;   /* ModeSetter */
	const char *name; /* "moderated" */
	const char *help;
} ModeRow;

#define MODE_GROUPS 4u /* A lists, B keys, C values to set, D flags */
#define MODE_BIT(index) (UINT64_C(1) << (index))

/* The row; `index` < MODES. */
const ModeRow *mode_row(unsigned index);
/* Index of a letter; MODES if there is none. */
unsigned mode_find(ModeTarget target, char letter);
/* Index of a rank's prefix ('~' '@' '+'); MODES if it is none. */
unsigned mode_find_prefix(char prefix);
/* Bits of all rows of one target and kind. */
uint64_t mode_bits(ModeTarget target, ModeKind kind);
/* The bits of a rank and all above it; none if `index` is MODES. */
uint64_t mode_rank_bits(unsigned index);
/* Bits of the channel modes in one of the four groups of CHANMODES in 005; `group` < MODE_GROUPS.
 */
uint64_t mode_group_bits(unsigned group);
/* Bits of the flags of a channel that its own members may set. */
uint64_t mode_member_flags(void);
/* Writes the letters of `bits` of one target with a NUL, in alphabetical order without case, "beI";
 * no '+'. */
void mode_letters(ModeTarget target, uint64_t bits, char text[static MODES + 1]);
/* Letters of all modes, as 004 tells them. */
typedef struct ModeAlphabet {
	char user[MODES + 1];
	char channel[MODES + 1];
	char with_parameter[MODES + 1]; /* of channels */
} ModeAlphabet;
void mode_alphabet(ModeAlphabet *ret_alphabet);
/* Writes the prefixes of the ranks in `bits`, highest first: all, or only the highest. */
void mode_prefixes(uint64_t bits, bool all, char text[static MODES + 1]);

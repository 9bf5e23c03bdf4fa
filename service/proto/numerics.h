/* SPDX-License-Identifier: MIT */
/*
 * Numerics: the replies with a number (rows in numerics.def). RPL_TOPIC is the number and
 * FMT_RPL_TOPIC its format for all that follows the target nick, so that a macro
 * `reply(ctx, RPL_TOPIC, channel, text)` that pastes both is checked by -Wformat.
 * Invariant: rows are sorted by number. Thread: any; constant data.
 */
#pragma once

#include <glib.h>
#include <inttypes.h>

typedef enum Numeric {
#define NUMERIC(name, number, format) name = number,
#include "proto/numerics.def"
#undef NUMERIC
} Numeric;

#define NUMERIC(name, number, format) static const char FMT_##name[] G_GNUC_UNUSED = format;
#include "proto/numerics.def"
#undef NUMERIC

typedef struct NumericRow {
	unsigned number;
	const char *name; /* "RPL_TOPIC" */
	const char *format;
} NumericRow;

/* All rows, sorted by number. */
const NumericRow *numeric_rows(unsigned *ret_count);
/* The first row of that number; NULL if there is none. */
const NumericRow *numeric_find(unsigned number);

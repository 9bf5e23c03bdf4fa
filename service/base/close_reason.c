/* SPDX-License-Identifier: MIT */
#include "base/close_reason.h"

#include <assert.h>
#include <glib.h>

#define NAME_SIZE 24

/* The rows' names in lower case, made by the compiler so that the table stays constant. */
#define LOWER(c) ((c) >= 'A' && (c) <= 'Z' ? (c) - 'A' + 'a' : (c))
#define AT(s, i) ((i) < sizeof(s) ? LOWER((s)[(i) < sizeof(s) ? (i) : 0]) : '\0')
#define AT4(s, i) AT(s, (i)), AT(s, (i) + 1), AT(s, (i) + 2), AT(s, (i) + 3)

static const char names[CLOSE_REASONS][NAME_SIZE] = {
#define CLOSE(name, is_error, text)                                                                \
	[CLOSE_##name] = {AT4(#name, 0), AT4(#name, 4), AT4(#name, 8), AT4(#name, 12),             \
	    AT4(#name, 16), AT4(#name, 20)},
#include "base/close_reasons.def"
#undef CLOSE
};

static const CloseReasonRow rows[CLOSE_REASONS] = {
#define CLOSE(name, is_error, text) [CLOSE_##name] = {names[CLOSE_##name], is_error, text},
#include "base/close_reasons.def"
#undef CLOSE
};

#define CLOSE(name, is_error, text)                                                                \
	static_assert(sizeof(#name) <= NAME_SIZE, "NAME_SIZE holds " #name);
#include "base/close_reasons.def"
#undef CLOSE

const CloseReasonRow *
close_reason(CloseReason reason)
{
	g_assert(reason < CLOSE_REASONS);
	return &rows[reason];
}

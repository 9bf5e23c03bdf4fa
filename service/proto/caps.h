/* SPDX-License-Identifier: MIT */
/*
 * Caps: the capabilities a session can have (rows in caps.def), as bits of a uint64_t.
 * Invariant: bits of rows are CAP_x == 1 << CAP_x_INDEX, the lowest CAPS of 64, so the enumerators
 * are 64 bits wide; CAP_IRCX follows them and is never negotiated by the CAP command. Thread: any;
 * constant data.
 */
#pragma once

#include <stdint.h>

typedef enum CapIndex {
#define CAP(name, text, value, help) CAP_##name##_INDEX,
#include "proto/caps.def"
#undef CAP
	CAPS, /* how many CAP can negotiate */
	CAP_IRCX_INDEX = CAPS,
} CapIndex;

enum {
#define CAP(name, text, value, help) CAP_##name = UINT64_C(1) << CAP_##name##_INDEX,
#include "proto/caps.def"
#undef CAP
	/* The session said IRCX: another dialect, same events. */
	CAP_IRCX = UINT64_C(1) << CAP_IRCX_INDEX,
};

typedef struct CapRow {
	const char *name;  /* as in CAP LS */
	const char *value; /* for CAP LS 302; NULL if none */
	const char *help;
} CapRow;

/* The row; `index` < CAPS. */
const CapRow *cap_row(unsigned index);
/* The bit of the capability named so; 0 if there is none. Names are compared exactly. */
uint64_t cap_find(const char *name);

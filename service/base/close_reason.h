/* SPDX-License-Identifier: MIT */
/*
 * CloseReason: why a connection ended (rows in close_reasons.def).
 * Thread: any; constant data.
 */
#pragma once

#include <stdbool.h>

typedef enum CloseReason {
#define CLOSE(name, is_error, text) CLOSE_##name,
#include "base/close_reasons.def"
#undef CLOSE
	CLOSE_REASONS
} CloseReason;

typedef struct CloseReasonRow {
	const char *name; /* lower case, as counters and the log print it: "ping_timeout" */
	bool is_error;
	const char *text;
} CloseReasonRow;

/* The row; `reason` < CLOSE_REASONS. */
const CloseReasonRow *close_reason(CloseReason reason);

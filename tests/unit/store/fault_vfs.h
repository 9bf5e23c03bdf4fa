/* SPDX-License-Identifier: MIT */
/*
 * FaultVfs: SQLite's own file system with failures on order. Registered as the default, it passes
 * everything on until a fault is set. Invariant: without a fault it changes nothing.
 * Thread: any; the setting is atomic.
 */
#pragma once

#include <sqlite3.h>

typedef enum FaultKind {
	FAULT_NONE,
	FAULT_WRITE_FULL, /* writes fail as on a full disk */
	FAULT_WRITE_ERROR,
	FAULT_SYNC_ERROR,
	FAULT_KINDS
} FaultKind;

void fault_vfs_register(void);
/* From the `after`-th matching call on (0: the next), all fail until FAULT_NONE. */
void fault_vfs_set(FaultKind kind, int after);
/* How many calls were failed since the last set. */
int fault_vfs_hits(void);

/* SPDX-License-Identifier: MIT */
/*
 * Slices: long work that follows from a verb and that nobody waits for, cut into pieces of a turn
 * so that no turn of the state loop gets long. (An answer somebody waits for: cmd/walk.h.)
 * Invariant: the data is freed exactly once; at the end of the service, when there is no pool any
 * more, the rest is done in one go. Thread: state.
 */
#pragma once

#include "act/host.h"

/* One slice: true if there is more to do. What it works on may have changed since the last. */
typedef bool (*SliceStep)(Host *host, void *data);

/* Takes `data` over; the first slice is done at once. */
void slices_start(Host *host, SliceStep step, void *data, GDestroyNotify free_data);

/* SPDX-License-Identifier: MIT */
/*
 * The place in the tree of a snap-in that is not loaded: it says what is wrong with it.
 * Invariant: one node at most, where the snap-in's own roots would stand.
 * Thread: main.
 */
#pragma once

#include "snapin_instance.h"

/* Puts the node there, or changes it. */
void snapin_place_set(SnapinInstance *instance, SnapinState state, const char *sentence);
void snapin_place_remove(SnapinInstance *instance);
/* All that the snap-in itself added. */
void snapin_place_remove_roots(SnapinInstance *instance);

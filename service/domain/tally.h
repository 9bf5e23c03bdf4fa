/* SPDX-License-Identifier: MIT */
/*
 * Tally: how many there are of something now, by key: sessions of an address, jobs under way.
 * Invariant: a key with none is not kept. Thread: state.
 */
#pragma once

#include <glib.h>

typedef struct Tally Tally;

Tally *tally_new(void);
void tally_free(Tally *tally); /* NULL is allowed */
unsigned tally_of(const Tally *tally, const char *key);
/* How many there are after adding `change` (+1, -1). */
unsigned tally_count(Tally *tally, const char *key, int change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tally, tally_free)

/* SPDX-License-Identifier: MIT */
/*
 * Lookalikes: names in use, by what they look like, so that nobody takes one that is read as
 * another's. Two names of ASCII alone never clash: "l" and "1" are told apart by those who use
 * them. Invariant: a name is held as often as it was added and not removed. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>

/* NULL with `error` if ICU's data is missing. */
Lookalikes *lookalikes_new(GError **error) G_GNUC_WARN_UNUSED_RESULT;
void lookalikes_free(Lookalikes *lookalikes);
void lookalikes_add(Lookalikes *lookalikes, const char *name);
void lookalikes_remove(Lookalikes *lookalikes, const char *name);
/* Is there another name that looks like this one? The names of the same person, `own` and `account`
 * (either may be NULL), are none. */
bool lookalikes_clash(
    const Lookalikes *lookalikes, const char *name, const char *own, const char *account);
/* The same; whose names are none is told by `passes`. */
bool lookalikes_clash_but(const Lookalikes *lookalikes, const char *name,
    bool (*passes)(const void *data, const char *other), const void *data);
/* Does a name of another script look like one that the mask (proto/mask.h) matches? */
bool lookalikes_mask_reads(const Lookalikes *lookalikes, const char *mask, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Lookalikes, lookalikes_free)

/* SPDX-License-Identifier: MIT */
/*
 * Confusable: what names look like. Two names that people cannot tell apart have one skeleton
 * (Unicode Technical Standard 39, 4), through ICU's spoof checker.
 * Invariant: the skeleton depends on the name as it is compared (casemap.h). Thread: one at a time.
 */
#pragma once

#include <glib.h>

typedef struct Confusable Confusable;

/* NULL with `error` if ICU's data is missing. */
Confusable *confusable_new(GError **error) G_GNUC_WARN_UNUSED_RESULT;
void confusable_free(Confusable *confusable);
/* Caller frees; the name itself if it is too long to have one. */
char *confusable_skeleton(const Confusable *confusable, const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Confusable, confusable_free)

/* SPDX-License-Identifier: MIT */
/*
 * Says in words what a file is that should have been a shared object and is not.
 * Invariant: looks at the first bytes only; always has an answer.
 * Thread: any.
 */
#pragma once

#include <glib.h>

#define FILE_GUESS_BYTES 256u

/* "an archive (a static library)", "a script (#!/bin/sh)", … Free with g_free(). */
char *file_guess(const guint8 *bytes, gsize size);
/* A pointer of Git LFS: the real file was never fetched. */
gboolean file_guess_is_lfs_pointer(const guint8 *bytes, gsize size);

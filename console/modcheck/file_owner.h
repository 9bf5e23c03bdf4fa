/* SPDX-License-Identifier: MIT */
/*
 * Owner and mode of a file in words, for sentences about permissions.
 * Invariant: never fails; an unknown number is shown as the number.
 * Thread: any.
 */
#pragma once

#include <glib.h>
#include <sys/stat.h>

/* All free with g_free(). */
char *user_name(uid_t uid);                      /* "root", or "uid 1234" */
char *group_name(gid_t gid);                     /* "staff", or "gid 1234" */
char *mode_and_owner(const struct stat *status); /* "mode 0644, owner root:root" */

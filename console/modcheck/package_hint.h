/* SPDX-License-Identifier: MIT */
/*
 * Which package holds a library, in words that can be typed: asks dpkg and apt where they are.
 * Invariant: a name with characters that a shell might take wrongly is never put into a command.
 * Thread: any; blocks for at most a few seconds.
 */
#pragma once

#include <glib.h>

/* "Install the package libjansson4: sudo apt install libjansson4" and the like. Free with g_free().
 */
char *package_hint_missing(const char *soname);
/* For a library that is there but damaged or too old. */
char *package_hint_replace(const char *path);

/* Debian's name for the package of a library by its policy; NULL if the soname has no version. */
char *package_hint_debian_name(const char *soname);

/* SPDX-License-Identifier: MIT */
/*
 * Throttle: how often something happened lately, by key (an address): failed logins, registrations.
 * Invariant: at most THROTTLE_KEYS_MAX keys; past them the one whose window began first is dropped.
 * No call walks them. Times are monotonic, microseconds. Thread: state.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define THROTTLE_KEYS_MAX 16384u

typedef struct Throttle Throttle;

Throttle *throttle_new(void);
void throttle_free(Throttle *throttle);
/* Counts one more; what was counted before `window` ago counts no more. */
void throttle_count(Throttle *throttle, const char *key, int64_t window, int64_t now);
/* May it happen once more, when `most` may within the window? */
bool throttle_allows(const Throttle *throttle, const char *key, unsigned most, int64_t now);
/* How long until it may; 0: it may now. */
int64_t throttle_wait(const Throttle *throttle, const char *key, unsigned most, int64_t now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Throttle, throttle_free)

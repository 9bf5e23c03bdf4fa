/* SPDX-License-Identifier: MIT */
/*
 * SettingsError: one mistake in the configuration: where, what, and what is allowed.
 * Invariant: `problem` is set; the value of a secret is never kept. Thread: any.
 */
#pragma once

#include <glib.h>

typedef struct SettingsError {
	char *file;    /* NULL if it is in no file */
	unsigned line; /* 0: the whole file */
	char *section; /* NULL if none */
	char *key;     /* NULL if none */
	char *value;   /* NULL if none or secret */
	char *problem; /* "must be 1 to 63 bytes" */
} SettingsError;

/* An array that frees its errors. */
GPtrArray *settings_errors_new(void);
/* Appends one; every string but the format may be NULL. */
void settings_errors_add(GPtrArray *errors, const char *file, unsigned line, const char *section,
    const char *key, const char *value, const char *format, ...) G_GNUC_PRINTF(7, 8);
void settings_error_free(SettingsError *error);
/* "chatd.conf:12: [limits] nick = 99: must be 9 to 63 bytes". Caller frees. */
char *settings_error_text(const SettingsError *error);

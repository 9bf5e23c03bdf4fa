/* SPDX-License-Identifier: MIT */
/*
 * Options: the command line of chatd. Thread: main.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef enum OptionsMode {
	OPTIONS_RUN,
	OPTIONS_CHECK_CONFIG,
	OPTIONS_DESCRIBE,
	OPTIONS_SAMPLE_CONFIG,
	OPTIONS_HASH_PASSWORD,
	OPTIONS_MAKE_TOTP,
	OPTIONS_RESTORE,
	OPTIONS_IMPORT,
	OPTIONS_VERSION,
} OptionsMode;

typedef struct Options {
	OptionsMode mode;
	char *config;        /* NULL: the usual place, if there is a file */
	char *state_dir;     /* never NULL */
	char *runtime_dir;   /* never NULL */
	char *restore;       /* a backup's name or folder; NULL unless OPTIONS_RESTORE */
	char *import_format; /* NULL unless OPTIONS_IMPORT */
	char *import_file;   /* the argument behind the options; NULL unless OPTIONS_IMPORT */
	bool dry_run;
	bool config_given;
	bool allow_root;
} Options;

/* False and `error` for a wrong command line (exit status 2). */
bool options_parse(Options *options, int argc, char **argv, GError **error);
void options_clear(Options *options);

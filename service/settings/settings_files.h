/* SPDX-License-Identifier: MIT */
/*
 * Files that settings point at: certificates, password files, the message of the day, countries.
 * Relative names count from `directory`, the one of the main configuration file.
 * Invariant: nothing on the disk changes. Thread: any; blocks.
 */
#pragma once

#include "base/country.h"
#include "settings/settings.h"

#define SETTINGS_MOTD_MAX (64 * 1024)   /* bytes */
#define SETTINGS_PEM_MAX (1024 * 1024)  /* bytes of a certificate chain or key */
#define SETTINGS_PASSWORD_FILE_MAX 1024 /* bytes */

/* Is everything there, readable and what it should be: certificates with their keys, password
 * files, message of the day, groups of sockets? Appends an error for each that is not. */
bool settings_check_files(const Settings *settings, const char *directory, GPtrArray *ret_errors);
/* The file a setting names. Caller frees. */
char *settings_resolve_path(const char *directory, const char *path);
/* The message of the day, from text or file, as lines without line ends; an empty list if there is
 * none. Caller frees. */
char **settings_motd(const SettingsCommunity *community, const char *directory,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The lines of a text file; an empty list for "". Caller frees. */
char **settings_text_file(
    const char *file, const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The secret of codes in the first line of a totp_file. Caller frees with secret_text_free(). */
char *settings_totp(
    const char *totp_file, const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The database of countries; NULL without an error: none is configured. */
CountryDatabase *settings_countries(
    const Settings *settings, const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A section's hash, from its password or the first line of its password_file. Caller frees with
 * secret_text_free(). */
char *settings_secret(const char *password, const char *password_file, const char *directory,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* SPDX-License-Identifier: MIT */
/*
 * Backup: a folder with a copy of all that makes a service: databases (copied while they are in
 * use, each as of one moment), the rest of the state, and the configuration.
 *   NAME/state/...   what is in the state directory, without backups and SQLite's side files
 *   NAME/chatd-backup  says that it is one, and of which version
 *   NAME/config/...  the configuration file, the other files beside it, conf.d and tls
 * Invariant: a folder without ".partial" at its end is whole and on the disk. A restore moves what
 * was there aside before it puts anything in its place, and refuses what this version cannot read.
 * Errors: G_FILE_ERROR, STORE_ERROR. Thread: any; blocks.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define BACKUP_MARK "chatd-backup"
#define BACKUP_FOLDER "backups" /* in the state directory */
#define BACKUP_NAME_MAX 64u     /* bytes */
#define BACKUP_KEEP_MAX 1000u
#define BACKUP_FILE_MAX (1024 * 1024) /* of the configuration: larger files are no part of it */

typedef struct BackupPlaces {
	const char *state_dir;
	const char *config_path; /* NULL: there is no file */
} BackupPlaces;

/* Letters, digits, '-', '_' and '.', which is not the first. */
bool backup_name_is_valid(const char *name);
/* Makes state_dir/backups/NAME, which must not be there. *ret_path is the caller's; *ret_bytes how
 * much was copied. */
bool backup_make(const BackupPlaces *places, const char *name, char **ret_path, guint64 *ret_bytes,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes the oldest backups (by time of making) until `keep` are left; how many went.
 * What a crash left half made goes too, after a day. */
unsigned backup_prune(const BackupPlaces *places, unsigned keep);
/* Is `folder` a backup whose databases are sound and can be read by this version? */
bool backup_check(const char *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Puts a backup in place of what is there; the service must not run. What was there is then in
 * *ret_aside, a folder in the state directory (the caller's). Run by root, files get the owner of
 * the folder they go to. */
bool backup_restore(const char *folder, const BackupPlaces *places, char **ret_aside,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;

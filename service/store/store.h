/* SPDX-License-Identifier: MIT */
/*
 * Store: what must survive a power cut, in one SQLite file (WAL, synchronous=FULL). Writes are
 * requests: one thread owns the writing connection, takes all that waits, commits it as one
 * transaction and then answers each. Invariant: an answer with `done` set comes only after the
 * commit is on the disk; every write is answered exactly once, also when the store is closed.
 * A full disk, an I/O error or a read-only file fails the requests it hits and nothing else: the
 * next batch tries anew.
 * Thread: writes and store_close() the owner's; answers come through the owner's mailbox as jobs
 * (base/work.h): work_finish() runs the callback. Reads any thread: they block, so on the pool or
 * before the service runs.
 */
#pragma once

#include "base/mailbox.h"
#include "store/store_rows.h"

#include <stdbool.h>
#include <stdint.h>

#define STORE_QUEUE_MAX 65536u /* writes waiting; past it they are answered as failed at once */
#define STORE_APPLICATION_ID 0x63686174 /* "chat" */
#define STORE_PAGE_MAX 5000u            /* rows of one read of changes or audit */

typedef struct Store Store;

typedef struct StoreAnswer {
	bool done;
	const char *text; /* why not, a sentence; "" when done. Valid during the call */
	int64_t id;       /* of the row that was added; 0 if the write adds none with an id */
} StoreAnswer;

/* Owner's thread. NULL where nobody wants the answer. */
typedef void (*StoreDone)(void *data, const StoreAnswer *answer);

typedef enum StoreErrorCode {
	STORE_ERROR_OPEN,    /* cannot be opened, created or read */
	STORE_ERROR_FOREIGN, /* a file of another program, or damaged */
	STORE_ERROR_NEWER,   /* written by a newer version of the service */
	STORE_ERROR_READ,
	STORE_ERROR_TOO_LONG, /* a reading was ended at its deadline */
} StoreErrorCode;
#define STORE_ERROR (store_error_quark())
GQuark store_error_quark(void);

/* Opens or creates (permissions 0600), migrates after a backup `<path>.version-<n>.backup`. The
 * mailbox stays the caller's and outlives the store. */
Store *store_open(const char *path, Mailbox *answers, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Commits what waits and ends the thread; NULL is allowed. Take the mailbox after it. */
void store_close(Store *store);
const char *store_path(const Store *store);
/* Did the newest batch fail? Then *ret_text (may be NULL) is why; the caller frees it. Any thread.
 */
bool store_is_failing(Store *store, char **ret_text);

/* Adds the channel or replaces its row; its lists stay. */
void store_put_channel(Store *store, const StoreChannel *channel, StoreDone done, void *data);
/* With its lists; one that is not there is no failure. */
void store_remove_channel(Store *store, const char *name, StoreDone done, void *data);
/* Adds or replaces one entry; fails if the channel is not there. */
void store_put_entry(
    Store *store, const char *channel, const StoreListEntry *entry, StoreDone done, void *data);
void store_remove_entry(
    Store *store, const char *channel, char kind, const char *mask, StoreDone done, void *data);
/* Adds, replaces or (value NULL) removes one property; fails if the channel is not there. */
void store_put_property(
    Store *store, const char *channel, const StoreProperty *property, StoreDone done, void *data);
/* Adds it with its items; the answer carries its id, `change->id` is not looked at. */
void store_add_config_change(
    Store *store, const StoreConfigChange *change, StoreDone done, void *data);
void store_set_config_change_state(
    Store *store, int64_t id, StoreChangeState state, StoreDone done, void *data);
void store_add_audit(Store *store, const StoreAudit *audit, StoreDone done, void *data);

/* Array of StoreChannel with their entries, by name. NULL on error; caller frees. */
GPtrArray *store_read_channels(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Array of StoreConfigChange, newest first, ids below `before` (0: from the newest), at most
 * `limit` <= STORE_PAGE_MAX; *ret_total (may be NULL) is how many there are in all. */
GPtrArray *store_read_config_changes(Store *store, int64_t before, unsigned limit,
    uint64_t *ret_total, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Those still pending, oldest first. */
GPtrArray *store_read_pending_changes(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The change of that id: *ret_change is NULL if there is none. *ret_later is the id of the newest
 * later change, done, that touched one of its keys or a section it made or removed; 0 if none. */
bool store_read_config_change(Store *store, int64_t id, StoreConfigChange **ret_change,
    int64_t *ret_later, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As store_read_config_changes(), of StoreAudit. */
GPtrArray *store_read_audit(Store *store, int64_t before, unsigned limit, uint64_t *ret_total,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

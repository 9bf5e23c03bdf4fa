/* SPDX-License-Identifier: MIT */
/*
 * Rows: the plain types that go into the store and come out of it. Times are wall microseconds,
 * 0 for none. A row given to the store stays the caller's; a row read from it is freed with its
 * array. Invariant: texts that are not marked otherwise are never NULL in a row that was read.
 * Thread: any; plain data.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* One entry of a channel's lists of masks. */
typedef struct StoreListEntry {
	char kind; /* the mode's letter: 'b' 'e' 'I' */
	char *mask;
	char *set_by;
	int64_t set_at;
	int64_t expires_at;
	char *reason; /* "" for none */
} StoreListEntry;

/* A property of a channel (IRCv3 metadata). */
typedef struct StoreProperty {
	char *key;
	char *value; /* NULL in one to be removed */
} StoreProperty;

typedef struct StoreChannel {
	char *name; /* as its users write it */
	int64_t created;
	char *topic; /* "" for none */
	char *topic_set_by;
	int64_t topic_set_at;
	char *modes;    /* letters of its flags: "nt" */
	char *key;      /* "" for none */
	uint32_t limit; /* 0 for none */
	char *registered_by;
	int64_t registered_at;
	char *founder;         /* an account; "" for none */
	char *settings;        /* lines "name=value" */
	int64_t used_at;       /* by somebody with access */
	GPtrArray *entries;    /* of StoreListEntry; ignored when given to the store */
	GPtrArray *properties; /* of StoreProperty; likewise */
} StoreChannel;

typedef enum StoreChangeState {
	STORE_CHANGE_PENDING, /* recorded; whether the file was replaced is to be found out */
	STORE_CHANGE_DONE,
	STORE_CHANGE_FAILED, /* the file is as it was */
	STORE_CHANGE_STATES
} StoreChangeState;

/* One key of a change of the configuration. */
typedef struct StoreChangeItem {
	char *section; /* "limits", "listener main" */
	char *key;     /* NULL: the section itself came or went */
	char *from;    /* NULL: was not in the file */
	char *to;      /* NULL: is not in the file any more */
	bool secret;   /* neither text is ever shown */
} StoreChangeItem;

typedef struct StoreConfigChange {
	int64_t id; /* given by the store, growing; never 0 */
	int64_t time;
	char *who;
	char *comment;
	StoreChangeState state;
	int64_t undo_of;  /* id, 0 for none */
	GPtrArray *items; /* of StoreChangeItem */
} StoreConfigChange;

typedef struct StoreAudit {
	int64_t id; /* given by the store, growing; never 0 */
	int64_t time;
	char *who;     /* "uid 1000 (anna)" */
	char *role;    /* "administrator" */
	char *method;  /* "user.kill" */
	char *object;  /* "#x", "anna", "" */
	char *outcome; /* "done", or what refused it */
	char *before;  /* JSON or NULL */
	char *after;   /* JSON or NULL */
	uint32_t keep; /* of one that is added: how many of the newest stay; 0: all */
} StoreAudit;

void store_list_entry_free(StoreListEntry *entry);
void store_property_free(StoreProperty *property);
void store_channel_free(StoreChannel *channel);
void store_change_item_free(StoreChangeItem *item);
void store_config_change_free(StoreConfigChange *change);
void store_audit_free(StoreAudit *audit);
/* Copies, with all they point at. */
StoreListEntry *store_list_entry_copy(const StoreListEntry *entry);
StoreProperty *store_property_copy(const StoreProperty *property);
StoreChannel *store_channel_copy(const StoreChannel *channel);
StoreConfigChange *store_config_change_copy(const StoreConfigChange *change);
StoreAudit *store_audit_copy(const StoreAudit *audit);
/* "pending", "done", "failed". */
const char *store_change_state_name(StoreChangeState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreChannel, store_channel_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreConfigChange, store_config_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreAudit, store_audit_free)

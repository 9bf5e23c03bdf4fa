/* SPDX-License-Identifier: MIT */
/*
 * One snap-in as the console knows it: registered or only suggested, loaded or not, and why.
 * Invariant: `table` comes first, so that the SnapinHost a snap-in hands back is its instance.
 * Lives as long as the process: a snap-in is never unloaded.
 * Thread: main.
 */
#pragma once

#include "modcheck/module_report.h"
#include "modcheck/snapin_registry.h"
#include "scope_node.h"

typedef enum SnapinStatus {
	SNAPIN_STATUS_CHECKING,
	SNAPIN_STATUS_LOADED,
	SNAPIN_STATUS_FAILED,
	SNAPIN_STATUS_QUARANTINED,
	SNAPIN_STATUS_DISABLED,
	SNAPIN_STATUS_NOT_LOADED, /* safe mode */
	SNAPIN_STATUS_ABSENT,     /* suggested, nobody registered it */
} SnapinStatus;

struct _SnapinLoader;

typedef struct SnapinInstance {
	SnapinHost table;
	ScopeOwner owner;
	struct _SnapinLoader *loader;
	char *id;
	const SnapinEntry *entry; /* NULL: absent */
	SnapinStatus status;
	ModuleReport *report; /* of the last check; may be NULL */
	const SnapinDescriptor *descriptor;
	SnapinNode *placeholder; /* in the tree while it is not loaded; or NULL */
	char *wanted_uri;        /* to be opened once it is loaded */
	gboolean ignore_quarantine;
} SnapinInstance;

SnapinInstance *snapin_instance_new(const char *id, SnapinGuard *guard, guint order);
void snapin_instance_free(SnapinInstance *instance);

const char *snapin_instance_title(const SnapinInstance *instance);
const char *snapin_status_title(SnapinStatus status); /* translated: "failed" */
const char *snapin_status_icon(SnapinStatus status);
/* "1.0", or "" if its note could not be read. Free with g_free(). */
char *snapin_instance_abi(const SnapinInstance *instance);
const char *snapin_instance_version(const SnapinInstance *instance);
const char *snapin_instance_path(const SnapinInstance *instance);
/* One line: why it is not loaded; "" if it is. Free with g_free(). */
char *snapin_instance_reason(const SnapinInstance *instance);

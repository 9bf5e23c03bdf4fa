/* SPDX-License-Identifier: MIT */
/*
 * What a host demands of its modules: the checker itself knows no particular host.
 * Invariant: static data, all strings set.
 * Thread: any.
 */
#pragma once

#include <glib.h>

typedef struct ModuleContract {
	const char *noun;      /* "snap-in" */
	const char *host_name; /* "chat-console": program and package */
	const char *host_version;
	const char *note_owner;
	guint32 note_type;
	const char *entry_point;
	guint32 abi_major;
	guint32 abi_minor;
} ModuleContract;

/* That of chat-console (include/snapin-note.h). */
const ModuleContract *module_contract_snapin(void);

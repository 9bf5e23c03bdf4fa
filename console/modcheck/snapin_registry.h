/* SPDX-License-Identifier: MIT */
/*
 * The registered snap-ins: one NAME.snapin key file each, [Snapin] Id, Name, Module, Package,
 * Schemes, Help. A module lies beside its key file.
 * Invariant: every key file found gives an entry, also one that is wrong (its problem says why), in
 * the order of the folders, then by file name; at most 256. The first of two with one id wins.
 * Thread: any; read-only once read.
 */
#pragma once

#include "modcheck/module_check.h"
#include "modcheck/snapin_path.h"

typedef struct SnapinEntry {
	char *id;
	char *name;        /* for people, in their language; never NULL */
	char *module_path; /* NULL if there is a problem */
	char *package;     /* NULL if not known; likewise help */
	char *help;
	char **schemes; /* never NULL */
	char *key_file;
	char *duplicate_of; /* the key file that already has this id; or NULL */
	char *problem;      /* what is wrong with the key file; or NULL */
} SnapinEntry;

typedef struct SnapinRegistry SnapinRegistry;

SnapinRegistry *snapin_registry_read(const SnapinPath *path);
void snapin_registry_free(SnapinRegistry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SnapinRegistry, snapin_registry_free)

guint snapin_registry_count(const SnapinRegistry *registry);
const SnapinEntry *snapin_registry_entry(const SnapinRegistry *registry, guint index);
/* NULL if none has this id, this module or this scheme. */
const SnapinEntry *snapin_registry_find(const SnapinRegistry *registry, const char *id);
const SnapinEntry *snapin_registry_find_module(const SnapinRegistry *registry, const char *path);
const SnapinEntry *snapin_registry_find_scheme(const SnapinRegistry *registry, const char *scheme);

/* module_check() of an entry: name, package and what is expected come from its key file. */
ModuleReport *snapin_registry_check(const SnapinEntry *entry, const ModuleCheckOptions *options);
/* The report of a snap-in that nobody registered: "it is not installed", which package to install
 * (the name itself if it is one of those suggested), where it was looked for. */
ModuleReport *snapin_registry_report_absent(const char *name, const SnapinPath *path);

/* SPDX-License-Identifier: MIT */
/*
 * Stage 4: does the file say that it is a module for this host, and for this interface?
 * Invariant: read from the file without running it; a note handed on has terminated strings, a
 * valid id and a known ABI. Rule: major equal, minor of the module <= the host's.
 * Thread: any.
 */
#pragma once

#include "modcheck/elf_reader.h"
#include "modcheck/module_contract.h"
#include "modcheck/module_report.h"

/* [a-z][a-z0-9-]*, at most 31 bytes. */
gboolean snapin_id_is_valid(const char *id);
/* As dotted numbers: < 0, 0, > 0. What is no number counts as 0. */
int snapin_version_compare(const char *a, const char *b);
/* NULL, or what is wrong with the note's bytes (free with g_free()). */
char *snapin_note_parse(const guint8 *bytes, gsize size, SnapinNoteData *ret_note);

typedef struct SnapinExpectation {
	const char *id;            /* as registered; NULL: any */
	const char *registered_by; /* the key file; NULL: none */
	const char *duplicate_of;  /* another key file that already registers this id; NULL: none */
} SnapinExpectation;

/* The stage: fills report->note; FALSE with findings. */
gboolean snapin_note_check(ModuleReport *report, const char *path, const ElfFile *elf,
    const ModuleContract *contract, const SnapinExpectation *expectation);

/* SPDX-License-Identifier: MIT */
/*
 * Stage 3: may this program's loader map this file at all?
 * Invariant: a file that passes has every segment inside it, so that the loader cannot be killed by
 * SIGBUS, and is a shared object of this program's class, byte order and machine.
 * Thread: any.
 */
#pragma once

#include "modcheck/elf_reader.h"
#include "modcheck/module_report.h"

/* What is wrong with a file, for modules and for the libraries they need. */
typedef struct ElfVerdict {
	ModuleKind kind;
	char *found;
	char *wanted; /* may be NULL */
} ElfVerdict;

#define ELF_MOST_VERDICTS 4u

/* "x86-64", or "machine 12345". Free with g_free(). */
char *elf_machine_name(guint16 machine);

/*
 * Fills `verdicts` with what forbids loading the opened file; returns how many, 0 if nothing.
 * `ret_elf` is valid for further reading if 0. The caller clears each with elf_verdict_clear().
 */
guint elf_check_judge(int fd, ElfFile *ret_elf, ElfVerdict verdicts[ELF_MOST_VERDICTS]);
void elf_verdict_clear(ElfVerdict *verdict);

/* The stage; FALSE with findings. */
gboolean elf_check(ModuleReport *report, const char *path, int fd, ElfFile *ret_elf);

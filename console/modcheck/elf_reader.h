/* SPDX-License-Identifier: MIT */
/*
 * Reads an ELF file of any class, byte order and machine, from a descriptor or from memory.
 * Invariant: nothing outside the file is ever touched, no part of the file is mapped (a file that
 * is cut off while being read gives an error, not a SIGBUS), and every table read has a maximum.
 * Thread: any.
 */
#pragma once

#include <glib.h>

#define ELF_MOST_SEGMENTS 128u
#define ELF_MOST_NEEDED 256u

typedef enum ElfProblem {
	ELF_OK,
	ELF_NOT_ELF,
	ELF_TRUNCATED,
	ELF_DAMAGED,
	ELF_UNREADABLE,
} ElfProblem;

typedef struct ElfSegment {
	guint32 type;
	guint64 offset;
	guint64 address;
	guint64 size; /* in the file */
	guint64 alignment;
} ElfSegment;

typedef struct ElfFile {
	int fd;              /* borrowed; -1: memory */
	const guint8 *bytes; /* borrowed */
	guint64 size;
	guint64 size_needed; /* up to the end of the last segment */
	gboolean is_64;
	gboolean is_big_endian;
	guint16 type;
	guint16 machine;
	guint n_segments;
	ElfSegment segments[ELF_MOST_SEGMENTS];
} ElfFile;

typedef struct ElfDynamic {
	GPtrArray *needed; /* char * */
	char *soname;      /* NULL if it has none; likewise below */
	char *rpath;
	char *runpath;
	guint64 flags_1; /* DF_1_* */
	gboolean has_debug;
} ElfDynamic;

/* Identity only (class, order, machine) is valid after ELF_TRUNCATED and ELF_DAMAGED with
 * size >= 20; `ret_text`, if not NULL, gets what is wrong (free with g_free()) unless ELF_OK. */
ElfProblem elf_file_init_fd(ElfFile *elf, int fd, char **ret_text);
ElfProblem elf_file_init_memory(ElfFile *elf, const guint8 *bytes, gsize size, char **ret_text);

/* Dynamic section; clear with elf_dynamic_clear(). ELF_DAMAGED with text if there is none. */
ElfProblem elf_file_read_dynamic(const ElfFile *elf, ElfDynamic *ret_dynamic, char **ret_text);
void elf_dynamic_clear(ElfDynamic *dynamic);

/* The program that starts it ("/lib64/ld-linux-x86-64.so.2"); NULL if none. Free with g_free(). */
char *elf_file_interpreter(const ElfFile *elf);

/*
 * Copies up to `size` bytes of the note `owner`, `type` to `buffer`; its whole length goes to
 * `ret_size`. FALSE if there is none.
 */
gboolean elf_file_find_note(const ElfFile *elf, const char *owner, guint32 type, guint8 *buffer,
    gsize size, gsize *ret_size);

/* SPDX-License-Identifier: MIT */
/*
 * Makes small ELF files of any class and byte order in memory, whole ones to be spoilt by tests.
 * Layout: header, 3 segments (load, dynamic, note), dynamic section, strings, note.
 * Thread: any.
 */
#pragma once

#include <glib.h>

typedef struct ElfMaker {
	gboolean is_64;
	gboolean is_big_endian;
	guint16 type;
	guint16 machine;
	guint64 flags_1;
	guint8 note[128]; /* description of the note "chat-console", type 1 */
	guint32 note_size;
} ElfMaker;

/* For this machine, ET_DYN, with a good note called `id`. */
ElfMaker elf_maker_native(const char *id);
/* The file; free with g_byte_array_unref(). It needs liba.so.1 and libb.so.2, RUNPATH $ORIGIN/x. */
GByteArray *elf_maker_make(const ElfMaker *maker);

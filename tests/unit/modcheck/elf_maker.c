/* SPDX-License-Identifier: MIT */
#include "elf_maker.h"

#include "snapin-note.h"

#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char strings[] = "\0liba.so.1\0libb.so.2\0$ORIGIN/x\0own.so.1";
enum { STRING_A = 1, STRING_B = 11, STRING_RUNPATH = 21, STRING_SONAME = 31 };

ElfMaker
elf_maker_native(const char *id)
{
	ElfMaker maker = {.is_64 = sizeof(void *) == 8,
	    .is_big_endian = G_BYTE_ORDER == G_BIG_ENDIAN,
	    .type = ET_DYN,
	    .note_size = sizeof(SnapinNoteData)};
	SnapinNoteData note = {SNAPIN_ABI_MAJOR, SNAPIN_ABI_MINOR, "", "1.0", ""};
	guint8 head[20];
	int fd = open("/proc/self/exe", O_RDONLY);

	g_assert_cmpint(read(fd, head, sizeof head), ==, sizeof head);
	close(fd);
	memcpy(&maker.machine, head + 18, sizeof maker.machine);
	g_strlcpy(note.id, id, sizeof note.id);
	memcpy(maker.note, &note, sizeof note);
	return maker;
}

static void
put(GByteArray *file, const ElfMaker *maker, guint64 value, guint size)
{
	for (guint i = 0; i < size; i++) {
		guint8 byte = (guint8)(value >> 8 * (maker->is_big_endian ? size - 1 - i : i));

		g_byte_array_append(file, &byte, 1);
	}
}

static void
put_segment(GByteArray *file, const ElfMaker *maker, guint32 type, guint64 offset, guint64 size)
{
	guint word = maker->is_64 ? 8 : 4;

	put(file, maker, type, 4);
	if (maker->is_64)
		put(file, maker, PF_R, 4);
	put(file, maker, offset, word);
	put(file, maker, offset, word);
	put(file, maker, offset, word);
	put(file, maker, size, word);
	put(file, maker, size, word);
	if (!maker->is_64)
		put(file, maker, PF_R, 4);
	put(file, maker, 4, word);
}

static void
put_header(GByteArray *file, const ElfMaker *maker, guint header, guint entry)
{
	guint word = maker->is_64 ? 8 : 4;
	guint8 identity[EI_NIDENT] = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
	    maker->is_64 ? ELFCLASS64 : ELFCLASS32,
	    maker->is_big_endian ? ELFDATA2MSB : ELFDATA2LSB, EV_CURRENT};

	g_byte_array_append(file, identity, sizeof identity);
	put(file, maker, maker->type, 2);
	put(file, maker, maker->machine, 2);
	put(file, maker, EV_CURRENT, 4);
	put(file, maker, 0, word);
	put(file, maker, header, word);
	put(file, maker, 0, word);
	put(file, maker, 0, 4);
	put(file, maker, header, 2);
	put(file, maker, entry, 2);
	put(file, maker, 3, 2);
	put(file, maker, 0, 2);
	put(file, maker, 0, 2);
	put(file, maker, 0, 2);
	g_assert_cmpuint(file->len, ==, header);
}

GByteArray *
elf_maker_make(const ElfMaker *maker)
{
	GByteArray *file = g_byte_array_new();
	guint word = maker->is_64 ? 8 : 4;
	guint header = maker->is_64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);
	guint entry = maker->is_64 ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
	guint dynamic = header + 3 * entry;
	guint texts = dynamic + 7 * 2 * word;
	guint note = (texts + (guint)sizeof strings + 7) / 8 * 8;
	guint end = note + 12 + 16 + maker->note_size;
	const guint64 entries[7][2] = {
	    {DT_NEEDED, STRING_A},
	    {DT_NEEDED, STRING_B},
	    {DT_STRTAB, texts},
	    {DT_RUNPATH, STRING_RUNPATH},
	    {DT_SONAME, STRING_SONAME},
	    {DT_FLAGS_1, maker->flags_1},
	    {DT_NULL, 0},
	};

	put_header(file, maker, header, entry);
	put_segment(file, maker, PT_LOAD, 0, end);
	put_segment(file, maker, PT_DYNAMIC, dynamic, texts - dynamic);
	put_segment(file, maker, PT_NOTE, note, end - note);
	for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
		put(file, maker, entries[i][0], word);
		put(file, maker, entries[i][1], word);
	}
	g_byte_array_append(file, (const guint8 *)strings, sizeof strings);
	while (file->len < note)
		put(file, maker, 0, 1);
	put(file, maker, sizeof SNAPIN_NOTE_OWNER, 4);
	put(file, maker, maker->note_size, 4);
	put(file, maker, SNAPIN_NOTE_TYPE, 4);
	g_byte_array_append(file, (const guint8 *)SNAPIN_NOTE_OWNER "\0\0\0", 16);
	g_byte_array_append(file, maker->note, maker->note_size);
	g_assert_cmpuint(file->len, ==, end);
	return file;
}

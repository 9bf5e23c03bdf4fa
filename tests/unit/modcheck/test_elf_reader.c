/* SPDX-License-Identifier: MIT */
#include "modcheck/elf_reader.h"

#include "elf_maker.h"
#include "snapin-note.h"

#include <elf.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Everything the reader can be asked about a file, from memory of exactly its size. */
static ElfProblem
read_all(const guint8 *bytes, gsize size)
{
	g_autofree guint8 *copy = g_malloc(MAX(size, 1));
	guint8 note[sizeof(SnapinNoteData)];
	ElfDynamic dynamic;
	ElfProblem problem;
	ElfFile elf;
	gsize note_size;

	memcpy(copy, bytes, size);
	problem = elf_file_init_memory(&elf, copy, size, NULL);
	if (problem != ELF_OK)
		return problem;
	if (elf_file_read_dynamic(&elf, &dynamic, NULL) == ELF_OK)
		elf_dynamic_clear(&dynamic);
	g_free(elf_file_interpreter(&elf));
	elf_file_find_note(
	    &elf, SNAPIN_NOTE_OWNER, SNAPIN_NOTE_TYPE, note, sizeof note, &note_size);
	return problem;
}

static void
check_whole(const ElfFile *elf)
{
	guint8 note[sizeof(SnapinNoteData)];
	ElfDynamic dynamic;
	gsize size = 0;

	g_assert_cmpuint(elf->n_segments, ==, 3);
	g_assert_cmpint(elf_file_read_dynamic(elf, &dynamic, NULL), ==, ELF_OK);
	g_assert_cmpuint(dynamic.needed->len, ==, 2);
	g_assert_cmpstr(dynamic.needed->pdata[0], ==, "liba.so.1");
	g_assert_cmpstr(dynamic.needed->pdata[1], ==, "libb.so.2");
	g_assert_cmpstr(dynamic.runpath, ==, "$ORIGIN/x");
	g_assert_cmpstr(dynamic.soname, ==, "own.so.1");
	g_assert_null(dynamic.rpath);
	elf_dynamic_clear(&dynamic);
	g_assert_true(
	    elf_file_find_note(elf, SNAPIN_NOTE_OWNER, SNAPIN_NOTE_TYPE, note, sizeof note, &size));
	g_assert_cmpuint(size, ==, sizeof note);
	g_assert_false(elf_file_find_note(
	    elf, SNAPIN_NOTE_OWNER, SNAPIN_NOTE_TYPE + 1, note, sizeof note, &size));
	g_assert_false(elf_file_find_note(elf, "GNU", SNAPIN_NOTE_TYPE, note, sizeof note, &size));
	g_assert_null(elf_file_interpreter(elf));
}

static void
test_every_class_and_order(void)
{
	for (guint i = 0; i < 4; i++) {
		ElfMaker maker = elf_maker_native("abc");
		g_autoptr(GByteArray) file = NULL;
		ElfFile elf;

		maker.is_64 = i & 1;
		maker.is_big_endian = i >> 1;
		maker.machine = 183;
		file = elf_maker_make(&maker);
		g_assert_cmpint(
		    elf_file_init_memory(&elf, file->data, file->len, NULL), ==, ELF_OK);
		g_assert_cmpint(elf.is_64, ==, maker.is_64);
		g_assert_cmpint(elf.is_big_endian, ==, maker.is_big_endian);
		g_assert_cmpuint(elf.machine, ==, 183);
		check_whole(&elf);
	}
}

static void
test_descriptor_reads_the_same(void)
{
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = elf_maker_make(&maker);
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("elf-XXXXXX", &path, NULL);
	ElfFile elf;

	g_assert_cmpint(write(fd, file->data, file->len), ==, file->len);
	g_assert_cmpint(elf_file_init_fd(&elf, fd, NULL), ==, ELF_OK);
	check_whole(&elf);
	/* Cut off while it is open: an error, not a signal. */
	g_assert_cmpint(ftruncate(fd, 100), ==, 0);
	ElfDynamic dynamic;

	g_assert_cmpint(elf_file_read_dynamic(&elf, &dynamic, NULL), ==, ELF_DAMAGED);
	close(fd);
	g_unlink(path);
}

static void
test_every_length(void)
{
	for (guint i = 0; i < 4; i++) {
		ElfMaker maker = elf_maker_native("abc");
		g_autoptr(GByteArray) file = NULL;

		maker.is_64 = i & 1;
		maker.is_big_endian = i >> 1;
		file = elf_maker_make(&maker);
		for (guint size = 0; size < 4; size++)
			g_assert_cmpint(read_all(file->data, size), ==, ELF_NOT_ELF);
		for (guint size = 4; size < file->len; size++)
			g_assert_cmpint(read_all(file->data, size), ==, ELF_TRUNCATED);
		g_assert_cmpint(read_all(file->data, file->len), ==, ELF_OK);
	}
}

static void
test_every_byte_spoilt(void)
{
	static const guint8 values[] = {0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff};
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = elf_maker_make(&maker);

	for (guint at = 0; at < file->len; at++)
		for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
			guint8 right = file->data[at];

			file->data[at] = values[i];
			if (at >= 4)
				g_assert_cmpint(read_all(file->data, file->len), !=, ELF_NOT_ELF);
			file->data[at] = right;
		}
}

static void
test_impossible_tables(void)
{
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = NULL;
	g_autofree char *text = NULL;
	ElfFile elf;

	maker.is_64 = TRUE;
	maker.is_big_endian = FALSE;
	file = elf_maker_make(&maker);
	file->data[offsetof(Elf64_Ehdr, e_phnum)] = ELF_MOST_SEGMENTS + 1;
	g_assert_cmpint(elf_file_init_memory(&elf, file->data, file->len, &text), ==, ELF_DAMAGED);
	g_assert_cmpstr(text, ==, "it claims 129 segments, at most 128 are believed");
	file->data[offsetof(Elf64_Ehdr, e_phnum)] = 3;
	memset(file->data + offsetof(Elf64_Ehdr, e_phoff), 0xff, 8);
	g_assert_cmpint(read_all(file->data, file->len), ==, ELF_DAMAGED);
	memset(file->data + offsetof(Elf64_Ehdr, e_phoff), 0, 8);
	file->data[offsetof(Elf64_Ehdr, e_phoff)] = sizeof(Elf64_Ehdr);
	memset(file->data + sizeof(Elf64_Ehdr) + offsetof(Elf64_Phdr, p_filesz), 0xff, 8);
	g_assert_cmpint(read_all(file->data, file->len), ==, ELF_DAMAGED);
	file->data[EI_CLASS] = 9;
	g_assert_cmpint(read_all(file->data, file->len), ==, ELF_DAMAGED);
}

static void
test_a_long_note_is_cut(void)
{
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = NULL;
	guint8 buffer[8] = {0};
	gsize size = 0;
	ElfFile elf;

	maker.note_size = 128;
	file = elf_maker_make(&maker);
	g_assert_cmpint(elf_file_init_memory(&elf, file->data, file->len, NULL), ==, ELF_OK);
	g_assert_true(elf_file_find_note(
	    &elf, SNAPIN_NOTE_OWNER, SNAPIN_NOTE_TYPE, buffer, sizeof buffer, &size));
	g_assert_cmpuint(size, ==, 128);
	g_assert_cmpmem(buffer, sizeof buffer, maker.note, sizeof buffer);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/elf_reader/every-class-and-order", test_every_class_and_order);
	g_test_add_func("/elf_reader/descriptor", test_descriptor_reads_the_same);
	g_test_add_func("/elf_reader/every-length", test_every_length);
	g_test_add_func("/elf_reader/every-byte-spoilt", test_every_byte_spoilt);
	g_test_add_func("/elf_reader/impossible-tables", test_impossible_tables);
	g_test_add_func("/elf_reader/long-note", test_a_long_note_is_cut);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* The reader of ELF files and of a module's note, on any bytes. */
#include "modcheck/elf_reader.h"
#include "modcheck/file_guess.h"
#include "modcheck/snapin_note.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_note(const ElfFile *elf)
{
	guint8 bytes[sizeof(SnapinNoteData)];
	SnapinNoteData note;
	gsize size = 0;

	if (elf_file_find_note(
		elf, SNAPIN_NOTE_OWNER, SNAPIN_NOTE_TYPE, bytes, sizeof bytes, &size)) {
		g_autofree char *problem = snapin_note_parse(bytes, MIN(size, sizeof bytes), &note);

		if (!problem)
			g_assert_true(snapin_id_is_valid(note.id));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *words = file_guess(data, MIN(size, FILE_GUESS_BYTES));
	g_autofree char *text = NULL;
	ElfDynamic dynamic;
	ElfFile elf;
	ElfProblem problem = elf_file_init_memory(&elf, data, size, &text);

	g_assert_cmpint(problem == ELF_OK, ==, text == NULL);
	if (problem != ELF_OK)
		return 0;
	g_assert_cmpuint(elf.size_needed, <=, size);
	if (elf_file_read_dynamic(&elf, &dynamic, NULL) == ELF_OK) {
		g_assert_cmpuint(dynamic.needed->len, <=, ELF_MOST_NEEDED);
		elf_dynamic_clear(&dynamic);
	}
	g_free(elf_file_interpreter(&elf));
	read_note(&elf);
	return 0;
}

/* SPDX-License-Identifier: MIT */
#include "modcheck/file_guess.h"

#include <string.h>

#define LFS_START "version https://git-lfs.github.com/spec/"

/* One row per kind of file that was seen in a module's place; the first that fits is taken. */
static const struct {
	const char *start;
	gsize size;
	const char *words;
} starts[] = {
#define START(bytes, words)                                                                        \
	{                                                                                          \
		bytes, sizeof bytes - 1, words                                                     \
	}
    START("!<arch>\n", "an archive (a static library)"),
    START("!<thin>\n", "an archive (a thin static library)"),
    START(LFS_START, "a Git LFS pointer (the file itself was never fetched)"),
    START("/* GNU ld script", "a linker script"),
    START("INPUT", "a linker script"),
    START("GROUP", "a linker script"),
    START("MZ", "a Windows program or library"),
    START("\xcf\xfa\xed\xfe", "a macOS program or library"),
    START("\xca\xfe\xba\xbe", "a macOS program or library"),
    START("BC\xc0\xde", "LLVM bitcode"),
    START("PK\3\4", "a ZIP archive"),
    START("\x1f\x8b", "a gzip-compressed file"),
    START("\xfd"
	  "7zXZ",
	"an xz-compressed file"),
    START("\x28\xb5\x2f\xfd", "a Zstandard-compressed file"),
    START("<!DOCTYPE html", "a web page"),
    START("<!doctype html", "a web page"),
    START("<html", "a web page"),
#undef START
};

static gboolean
is_all_zero(const guint8 *bytes, gsize size)
{
	for (gsize i = 0; i < size; i++)
		if (bytes[i])
			return FALSE;
	return TRUE;
}

/* The look at the file may end within a character; that does not make it less of a text. */
static gboolean
is_text(const char *bytes, gsize size)
{
	const char *end;

	if (!g_utf8_validate(bytes, (gssize)size, &end) && bytes + size - end > 3)
		return FALSE;
	for (const char *c = bytes; c < end; c++)
		if (g_ascii_iscntrl(*c) && !g_ascii_isspace(*c))
			return FALSE;
	return end > bytes;
}

static char *
describe_script(const char *bytes, gsize size)
{
	gsize length = 0;
	g_autofree char *line = NULL;

	while (length < size && bytes[length] != '\n' && bytes[length])
		length++;
	line = g_utf8_make_valid(bytes, (gssize)length);
	return g_strdup_printf("a script (%s)", line);
}

char *
file_guess(const guint8 *bytes, gsize size)
{
	const char *text = (const char *)bytes;
	g_autoptr(GString) unknown = NULL;

	if (size == 0)
		return g_strdup("an empty file");
	if (size >= 2 && !memcmp(bytes, "#!", 2))
		return describe_script(text, MIN(size, 80));
	for (gsize i = 0; i < G_N_ELEMENTS(starts); i++)
		if (size >= starts[i].size && !memcmp(bytes, starts[i].start, starts[i].size))
			return g_strdup(starts[i].words);
	if (size > 4 && bytes[0] == '#' && g_strstr_len(text, (gssize)size, "libtool library file"))
		return g_strdup("a libtool description (.la)");
	if (is_all_zero(bytes, size))
		return g_strdup("filled with zeros (a full disk or a power cut can leave that)");
	if (is_text(text, size))
		return g_strdup("a text file");
	unknown = g_string_new("data of an unknown kind (first bytes");
	for (gsize i = 0; i < MIN(size, 4); i++)
		g_string_append_printf(unknown, " %02x", bytes[i]);
	g_string_append_c(unknown, ')');
	return g_string_free(g_steal_pointer(&unknown), FALSE);
}

gboolean
file_guess_is_lfs_pointer(const guint8 *bytes, gsize size)
{
	return size >= strlen(LFS_START) && !memcmp(bytes, LFS_START, strlen(LFS_START));
}

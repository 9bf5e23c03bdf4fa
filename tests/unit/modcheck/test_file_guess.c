/* SPDX-License-Identifier: MIT */
#include "modcheck/file_guess.h"

#include <string.h>

static void
test_guesses(void)
{
	static const struct {
		const char *bytes;
		const char *words;
	} rows[] = {
	    {"", "an empty file"},
	    {"#!/bin/sh -e\necho", "a script (#!/bin/sh -e)"},
	    {"#!", "a script (#!)"},
	    {"!<arch>\nx", "an archive (a static library)"},
	    {"version https://git-lfs.github.com/spec/v1\noid",
		"a Git LFS pointer (the file itself was never fetched)"},
	    {"GROUP ( libx.so )", "a linker script"},
	    {"# libx.la - a libtool library file\n", "a libtool description (.la)"},
	    {"MZ\x90", "a Windows program or library"},
	    {"\x1f\x8b\x08", "a gzip-compressed file"},
	    {"<html>", "a web page"},
	    {"plain words \xc3\xa4\xc3", "a text file"},
	    {"\x01\x02", "data of an unknown kind (first bytes 01 02)"},
	    {"\xff\xfe\xfd\xfc\xfb", "data of an unknown kind (first bytes ff fe fd fc)"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *words =
		    file_guess((const guint8 *)rows[i].bytes, strlen(rows[i].bytes));

		g_assert_cmpstr(words, ==, rows[i].words);
	}
}

static void
test_zeros(void)
{
	guint8 zeros[FILE_GUESS_BYTES] = {0};
	g_autofree char *words = file_guess(zeros, sizeof zeros);

	g_assert_true(g_str_has_prefix(words, "filled with zeros"));
}

/* Any bytes, at every length, from memory of exactly that size. */
static void
test_any_bytes(void)
{
	for (gsize size = 0; size <= FILE_GUESS_BYTES; size++) {
		g_autofree guint8 *bytes = g_malloc(MAX(size, 1));

		for (guint start = 0; start < 256; start += 5) {
			g_autofree char *words = NULL;

			for (gsize i = 0; i < size; i++)
				bytes[i] = (guint8)(start + i * 37);
			if (size >= 2 && start == 0)
				memcpy(bytes, "#!", 2);
			words = file_guess(bytes, size);
			g_assert_true(g_utf8_validate(words, -1, NULL));
		}
	}
}

static void
test_pointer(void)
{
	const char *pointer = "version https://git-lfs.github.com/spec/v1";

	g_assert_true(file_guess_is_lfs_pointer((const guint8 *)pointer, strlen(pointer)));
	g_assert_false(file_guess_is_lfs_pointer((const guint8 *)pointer, 20));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/file_guess/guesses", test_guesses);
	g_test_add_func("/file_guess/zeros", test_zeros);
	g_test_add_func("/file_guess/any-bytes", test_any_bytes);
	g_test_add_func("/file_guess/pointer", test_pointer);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* Key files: what is read prints the same, edits read back, and settings never come out invalid. */
#include "settings/settings.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_edit(KeyFile *keyfile)
{
	if (!keyfile_set(keyfile, "limits", "nick", " 20\n\t\\ ") ||
	    !keyfile_set(keyfile, "role r", "users", "me"))
		return; /* too many lines */
	size_t length;
	g_autofree char *text = keyfile_text(keyfile, &length);
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(KeyFile) again = keyfile_parse(text, length, "again", errors);
	g_assert(errors->len == 0);
	g_assert(strcmp(keyfile_get(again, "limits", "nick"), " 20\n\t\\ ") == 0);
	g_assert(keyfile_remove(again, "limits", "nick"));
	g_assert(keyfile_remove_section(again, "role r"));
	g_assert(!keyfile_get(again, "limits", "nick") && !keyfile_has_section(again, "role r"));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GPtrArray) errors = settings_errors_new();
	g_autoptr(GPtrArray) keyfiles = g_ptr_array_new();
	g_autoptr(KeyFile) keyfile = keyfile_parse((const char *)data, size, "fuzz", errors);
	bool good = errors->len == 0;
	g_ptr_array_add(keyfiles, keyfile);
	size_t length;
	g_autofree char *text = keyfile_text(keyfile, &length);
	if (good)
		g_assert(length == size && memcmp(text, data, size) == 0);
	g_autoptr(Settings) settings = settings_parse(keyfiles, errors);
	g_assert((settings != NULL) == (errors->len == 0) || !good);
	for (unsigned i = 0; i < errors->len; i++) {
		g_autofree char *error = settings_error_text(g_ptr_array_index(errors, i));
		g_assert(strlen(error) > 0 && !strchr(error, '\n'));
	}
	if (good && size < KEYFILE_SIZE_MAX / 2)
		check_edit(keyfile);
	return 0;
}

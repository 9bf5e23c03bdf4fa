/* SPDX-License-Identifier: MIT */
/*
 * Replays a corpus through a fuzz target as an ordinary test: one case per file, in name order,
 * and the empty input first. Every input is copied to memory of exactly its size, so that
 * AddressSanitizer sees a read of one byte too many.
 */
#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
replay_bytes(const char *bytes, size_t size)
{
	uint8_t *copy = g_malloc(MAX(size, 1));

	memcpy(copy, bytes, size);
	LLVMFuzzerTestOneInput(copy, size);
	g_free(copy);
}

static void
replay_file(gconstpointer data)
{
	const char *path = data;
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	size_t size = 0;

	g_file_get_contents(path, &bytes, &size, &error);
	g_assert_no_error(error);
	replay_bytes(bytes, size);
}

static void
replay_nothing(void)
{
	replay_bytes("", 0);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_folder(const char *folder)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	GDir *dir = g_dir_open(folder, 0, &error);
	const char *name;

	g_assert_no_error(error);
	while ((name = g_dir_read_name(dir)))
		g_ptr_array_add(names, g_strdup(name));
	g_dir_close(dir);
	g_ptr_array_sort(names, compare_names);
	/* An empty folder would be a test of nothing. */
	g_assert_cmpuint(names->len, >, 0);
	for (unsigned i = 0; i < names->len; i++) {
		g_autofree char *test = g_strconcat("/corpus/", names->pdata[i], NULL);

		g_test_add_data_func_full(
		    test, g_build_filename(folder, names->pdata[i], NULL), replay_file, g_free);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/corpus/empty-input", replay_nothing);
	for (int i = 1; i < argc; i++)
		add_folder(argv[i]);
	return g_test_run();
}

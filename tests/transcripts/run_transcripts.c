/* SPDX-License-Identifier: MIT */
/*
 * Plays transcripts against the service in-process; each file is a test case.
 * Usage: run_transcripts [--io-threads N] [--accept] FILE-OR-FOLDER...
 * --accept writes what was received into the files instead of judging it.
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int io_threads;
static gboolean accept_all;
static char **paths;

static const GOptionEntry options[] = {
    {"io-threads", 0, 0, G_OPTION_ARG_INT, &io_threads, "Threads for I/O loops (0)", "N"},
    {"accept", 0, 0, G_OPTION_ARG_NONE, &accept_all, "Write what was received into the files",
	NULL},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL},
    {0},
};

static void
play(gconstpointer data)
{
	const char *path = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) report = g_string_new(NULL);
	g_autoptr(Transcript) transcript = transcript_read(path, &error);
	g_autoptr(Harness) harness = NULL;
	g_autofree char *settings = NULL;
	g_autofree char *accepted = NULL;
	World world;

	g_assert_no_error(error);
	settings = transcript_settings(transcript);
	harness = harness_new(settings, io_threads, &error);
	g_assert_no_error(error);
	world = harness_world(harness);
	if (transcript_run(transcript, &world, report, &accepted))
		return;
	if (accept_all && accepted) {
		g_file_set_contents(path, accepted, -1, &error);
		g_assert_no_error(error);
		g_test_message("%s: accepted", path);
		return;
	}
	g_test_message("%s", report->str);
	g_test_fail();
}

static void
add_file(const char *path)
{
	g_autofree char *base = g_path_get_basename(path);
	g_autofree char *test = NULL;

	if (!g_str_has_suffix(base, ".txt"))
		return;
	base[strlen(base) - strlen(".txt")] = '\0';
	test = g_strdup_printf("/transcript/io-threads-%d/%s", io_threads, base);
	g_test_add_data_func_full(test, g_strdup(path), play, g_free);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_path(const char *path)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	GDir *folder = g_dir_open(path, 0, NULL);
	const char *name;

	if (!folder) {
		add_file(path);
		return;
	}
	while ((name = g_dir_read_name(folder)))
		g_ptr_array_add(names, g_build_filename(path, name, NULL));
	g_dir_close(folder);
	g_ptr_array_sort(names, compare_names);
	for (unsigned i = 0; i < names->len; i++)
		add_file(names->pdata[i]);
}

int
main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new("FILE-OR-FOLDER...");
	g_autoptr(GError) error = NULL;

	g_test_init(&argc, &argv, NULL);
	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || !paths) {
		fprintf(stderr, "run_transcripts: %s\n", error ? error->message : "no file given");
		return 2;
	}
	for (unsigned i = 0; paths[i]; i++)
		add_path(paths[i]);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "modcheck/module_load.h"

#include <string.h>

static void
test_the_loaders_words_are_kept(void)
{
	SnapinNoteData note = {1, 0, "m", "1.0", ""};
	g_autoptr(ModuleFinding) finding = NULL;

	g_assert_null(module_load("/nowhere/m.so", module_contract_snapin(), &note, 0, &finding));
	g_assert_cmpint(finding->kind, ==, MODULE_LOAD_FAILED);
	g_assert_nonnull(strstr(finding->loader_text, "/nowhere/m.so"));
}

static void
test_no_entry_point(void)
{
	SnapinNoteData note = {1, 0, "m", "1.0", ""};
	g_autoptr(ModuleFinding) finding = NULL;
	g_autofree char *cause = NULL;

	/* A library that is there and no module. */
	g_assert_null(
	    module_load("libglib-2.0.so.0", module_contract_snapin(), &note, 0, &finding));
	cause = module_finding_cause(finding);
	g_assert_cmpstr(cause, ==, "libglib-2.0.so.0 does not export chat_console_snapin_1");
	g_assert_nonnull(strstr(finding->loader_text, "undefined symbol"));
}

/* The zoo's modules, loaded here into a process of the test's own. */
static void
test_zoo_module(gconstpointer data)
{
	const char *name = data;
	const char *zoo = g_getenv("CHAT_ZOO");
	g_autofree char *file = g_strconcat(name, ".so", NULL);
	g_autofree char *path = g_build_filename(zoo, file, NULL);
	SnapinNoteData note = {1, 0, "", "1.0", ""};
	g_autoptr(ModuleFinding) finding = NULL;
	const SnapinDescriptorHead *head;

	g_strlcpy(note.id, name, sizeof note.id);
	head = module_load(path, module_contract_snapin(), &note, sizeof *head, &finding);
	if (!strcmp(name, "good")) {
		g_assert_nonnull(head);
		g_assert_cmpstr(head->id, ==, "good");
		/* A host whose descriptor is larger than the module's own refuses it. */
		g_assert_null(
		    module_load(path, module_contract_snapin(), &note, head->size + 1, &finding));
	}
	g_assert_cmpint(finding->kind, ==, MODULE_DESCRIPTOR_MISMATCH);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/module_load/loaders-words", test_the_loaders_words_are_kept);
	g_test_add_func("/module_load/no-entry-point", test_no_entry_point);
	g_test_add_data_func("/module_load/good", "good", test_zoo_module);
	g_test_add_data_func("/module_load/mismatch-id", "mismatch-id", test_zoo_module);
	g_test_add_data_func("/module_load/mismatch-size", "mismatch-size", test_zoo_module);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "modcheck/diagnostic.h"

#include <string.h>

static const ModuleFacts all_facts = {"/x/chatcfg.so", "S", "B", "F", "W", "P"};

static void
test_the_sentence(void)
{
	g_autoptr(ModuleFinding) finding = module_finding_new(MODULE_MISSING_DEPENDENCY,
	    &(ModuleFacts){.subject = "libjansson.so.4", .by = "chatcfg.so"});
	g_autofree char *sentence = module_finding_sentence(finding, "chatcfg");

	g_assert_cmpstr(sentence, ==,
	    "failed to load chatcfg module: libjansson.so.4, which chatcfg.so needs, is not "
	    "installed");
}

static void
test_every_row(void)
{
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < MODULE_N_KINDS; i++) {
		ModuleKind kind = (ModuleKind)i;
		ModuleKind found;
		g_autoptr(ModuleFinding) finding = module_finding_new(kind, &all_facts);
		g_autofree char *cause = module_finding_cause(finding);
		const char *id = module_kind_id(kind);

		g_assert_null(strpbrk(cause, "{}\n"));
		g_assert_cmpuint(strspn(id, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen(id));
		g_assert_true(g_hash_table_add(ids, (gpointer)id));
		g_assert_true(module_kind_from_id(id, &found) && found == kind);
		g_assert_cmpint(module_kind_exit_status(kind), >=, 3);
		g_assert_cmpint(module_kind_exit_status(kind), <=, 9);
		g_assert_false(g_str_has_suffix(module_kind_sentence(kind), "."));
		/* Those of libraries get theirs from package_hint; a refusal brings its own words.
		 */
		if (module_kind_stage(kind) != MODULE_STAGE_DEPENDENCIES &&
		    kind != MODULE_MISSING_SYMBOL_VERSION && kind != MODULE_INIT_REFUSED)
			g_assert_cmpuint(finding->remedies->len, >, 0);
	}
	g_assert_false(module_kind_from_id("no-such-kind", &(ModuleKind){0}));
}

static void
test_stages_follow_the_rows(void)
{
	for (guint i = 1; i < MODULE_N_KINDS; i++)
		g_assert_cmpint(
		    module_kind_stage((ModuleKind)i - 1), <=, module_kind_stage((ModuleKind)i));
	for (guint i = 0; i < MODULE_N_STAGES; i++)
		g_assert_nonnull(module_stage_name((ModuleStage)i));
}

static void
test_an_unknown_fact_drops_its_line(void)
{
	g_autoptr(ModuleFinding) without =
	    module_finding_new(MODULE_FILE_NOT_FOUND, &(ModuleFacts){.path = "/x/a.so"});
	g_autoptr(ModuleFinding) with = module_finding_new(
	    MODULE_FILE_NOT_FOUND, &(ModuleFacts){.path = "/x/a.so", .package = "chatcfg"});

	g_assert_cmpuint(without->remedies->len, ==, 0);
	g_assert_cmpuint(with->remedies->len, ==, 1);
	g_assert_cmpstr(with->remedies->pdata[0], ==,
	    "Install the package chatcfg: sudo apt install --reinstall chatcfg");
}

static void
test_hostile_facts(void)
{
	g_autofree char *huge = g_strnfill(100000, 'x');
	g_autoptr(ModuleFinding) finding = module_finding_new(MODULE_MISSING_DEPENDENCY,
	    &(ModuleFacts){.subject = "evil\n\033[31m\xff.so", .by = huge, .path = "a/{subject}"});
	g_autofree char *cause = module_finding_cause(finding);

	g_assert_true(g_utf8_validate(cause, -1, NULL));
	g_assert_null(strpbrk(cause, "\n\033"));
	g_assert_cmpuint(strlen(finding->by), ==, 4096);
	g_assert_cmpstr(finding->file, ==, "{subject}");
	for (guint i = 0; i < 1000; i++) {
		module_finding_add_detail(finding, "%u", i);
		module_finding_add_remedy(finding, TRUE, "x");
	}
	g_assert_cmpuint(finding->details->len, ==, 64);
	g_assert_cmpuint(finding->remedies->len, ==, 64);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/diagnostic/the-sentence", test_the_sentence);
	g_test_add_func("/diagnostic/every-row", test_every_row);
	g_test_add_func("/diagnostic/stages", test_stages_follow_the_rows);
	g_test_add_func("/diagnostic/unknown-fact", test_an_unknown_fact_drops_its_line);
	g_test_add_func("/diagnostic/hostile-facts", test_hostile_facts);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_note.h"

#include "elf_maker.h"

#include <string.h>

static void
test_ids(void)
{
	static const char *const good[] = {
	    "a", "chatcfg", "a-1", "abcdefghijklmnopqrstuvwxyz01234"};
	static const char *const bad[] = {"", "A", "1a", "-a", "a_b", "a b", "a/b", "\xc3\xa4",
	    "abcdefghijklmnopqrstuvwxyz012345"};

	for (guint i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(snapin_id_is_valid(good[i]));
	for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(snapin_id_is_valid(bad[i]));
}

static void
test_versions(void)
{
	static const struct {
		const char *a;
		const char *b;
		int order;
	} rows[] = {
	    {"", "", 0},
	    {"1.0", "1", 0},
	    {"0.1.0", "", 1},
	    {"0.9", "0.10", -1},
	    {"1.2.3", "1.2.4", -1},
	    {"2", "1.99.99", 1},
	    {"1.0rc1", "1.0", 0},
	    {"x.y", "0.0", 0},
	    {"99999999999999999999999", "1", 1},
	    {"....", "", 0},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_assert_cmpint(snapin_version_compare(rows[i].a, rows[i].b), ==, rows[i].order);
		g_assert_cmpint(snapin_version_compare(rows[i].b, rows[i].a), ==, -rows[i].order);
	}
}

static void
test_parse(void)
{
	SnapinNoteData note = {1, 0, "chatcfg", "0.1", ""};
	SnapinNoteData got;
	g_autofree char *problem = NULL;

	g_assert_null(snapin_note_parse((const guint8 *)&note, sizeof note, &got));
	g_assert_cmpstr(got.id, ==, "chatcfg");
	problem = snapin_note_parse((const guint8 *)&note, sizeof note - 1, &got);
	g_assert_cmpstr(problem, ==, "its note has 87 bytes instead of 88");
	/* No field may run on into the next one. */
	for (guint i = 0; i < 3; i++) {
		SnapinNoteData spoilt = note;
		char *fields[] = {spoilt.id, spoilt.version, spoilt.minimum_host};
		const gsize sizes[] = {
		    sizeof spoilt.id, sizeof spoilt.version, sizeof spoilt.minimum_host};
		g_autofree char *unterminated = NULL;
		g_autofree char *control = NULL;

		memset(fields[i], 'a', sizes[i]);
		unterminated = snapin_note_parse((const guint8 *)&spoilt, sizeof spoilt, &got);
		g_assert_nonnull(unterminated);
		memset(fields[i], 0, sizes[i]);
		fields[i][0] = '\n';
		control = snapin_note_parse((const guint8 *)&spoilt, sizeof spoilt, &got);
		g_assert_nonnull(control);
	}
}

static ModuleReport *
check(const SnapinNoteData *note, const SnapinExpectation *expectation)
{
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = NULL;
	ModuleReport *report = module_report_new("abc", "/x/abc.so");
	ElfFile elf;

	memcpy(maker.note, note, sizeof *note);
	file = elf_maker_make(&maker);
	g_assert_cmpint(elf_file_init_memory(&elf, file->data, file->len, NULL), ==, ELF_OK);
	g_assert_cmpint(
	    snapin_note_check(report, "/x/abc.so", &elf, module_contract_snapin(), expectation), ==,
	    module_report_is_good(report));
	return report;
}

static void
test_all_findings_of_the_stage(void)
{
	SnapinNoteData note = {1, SNAPIN_ABI_MINOR + 1, "abc", "1.0", "99"};
	SnapinExpectation expectation = {"def", "/x/def.snapin", "/y/def.snapin"};
	g_autoptr(ModuleReport) report = check(&note, &expectation);
	static const ModuleKind kinds[] = {
	    MODULE_ABI_TOO_NEW, MODULE_HOST_TOO_OLD, MODULE_DUPLICATE_ID, MODULE_ID_MISMATCH};

	g_assert_cmpuint(report->findings->len, ==, G_N_ELEMENTS(kinds));
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		g_assert_cmpint(((ModuleFinding *)report->findings->pdata[i])->kind, ==, kinds[i]);
}

static void
test_abi_rule(void)
{
	static const struct {
		guint32 major, minor;
		gboolean good;
	} rows[] = {
	    {SNAPIN_ABI_MAJOR, 0, TRUE},
	    {SNAPIN_ABI_MAJOR, SNAPIN_ABI_MINOR, TRUE},
	    {SNAPIN_ABI_MAJOR, SNAPIN_ABI_MINOR + 1, FALSE},
	    {SNAPIN_ABI_MAJOR + 1, 0, FALSE},
	    {SNAPIN_ABI_MAJOR - 1, 99, FALSE},
	    {G_MAXUINT32, G_MAXUINT32, FALSE},
	};
	SnapinExpectation anything = {0};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		SnapinNoteData note = {rows[i].major, rows[i].minor, "abc", "1.0", ""};
		g_autoptr(ModuleReport) report = check(&note, &anything);

		g_assert_cmpint(module_report_is_good(report), ==, rows[i].good);
		g_assert_true(report->has_note);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/snapin_note/ids", test_ids);
	g_test_add_func("/snapin_note/versions", test_versions);
	g_test_add_func("/snapin_note/parse", test_parse);
	g_test_add_func("/snapin_note/all-findings", test_all_findings_of_the_stage);
	g_test_add_func("/snapin_note/abi-rule", test_abi_rule);
	return g_test_run();
}

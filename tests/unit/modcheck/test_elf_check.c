/* SPDX-License-Identifier: MIT */
#include "modcheck/elf_check.h"

#include "elf_maker.h"

#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

typedef struct Judged {
	guint n;
	ElfVerdict verdicts[ELF_MOST_VERDICTS];
} Judged;

static Judged
judge(const guint8 *bytes, gsize size)
{
	g_autofree char *path = NULL;
	int fd = g_file_open_tmp("elf-XXXXXX", &path, NULL);
	Judged judged = {0};
	ElfFile elf;

	g_assert_cmpint(write(fd, bytes, size), ==, size);
	judged.n = elf_check_judge(fd, &elf, judged.verdicts);
	close(fd);
	g_unlink(path);
	return judged;
}

static void
judged_clear(Judged *judged)
{
	for (guint i = 0; i < judged->n; i++)
		elf_verdict_clear(&judged->verdicts[i]);
}

static void
test_good(void)
{
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = elf_maker_make(&maker);
	Judged judged = judge(file->data, file->len);

	g_assert_cmpuint(judged.n, ==, 0);
	judged_clear(&judged);
}

/* Another class, order and machine at once: all three are told. */
static void
test_all_differences(void)
{
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = NULL;
	Judged judged;

	maker.is_64 = !maker.is_64;
	maker.is_big_endian = !maker.is_big_endian;
	maker.machine = EM_PPC;
	file = elf_maker_make(&maker);
	judged = judge(file->data, file->len);
	g_assert_cmpuint(judged.n, ==, 3);
	g_assert_cmpint(judged.verdicts[0].kind, ==, MODULE_WRONG_ELF_CLASS);
	g_assert_cmpint(judged.verdicts[1].kind, ==, MODULE_WRONG_BYTE_ORDER);
	g_assert_cmpint(judged.verdicts[2].kind, ==, MODULE_WRONG_ARCHITECTURE);
	g_assert_cmpstr(judged.verdicts[2].found, ==, "PowerPC (32-bit)");
	judged_clear(&judged);
}

static void
test_types(void)
{
	const struct {
		guint16 type;
		guint64 flags_1;
		ModuleKind kind;
		const char *found;
	} rows[] = {
	    {ET_REL, 0, MODULE_NOT_A_SHARED_OBJECT, "an object file (.o)"},
	    {ET_EXEC, 0, MODULE_NOT_A_SHARED_OBJECT, "a program"},
	    {ET_CORE, 0, MODULE_NOT_A_SHARED_OBJECT, "a core dump"},
	    {77, 0, MODULE_NOT_A_SHARED_OBJECT, "an ELF file of an unknown type"},
	    {ET_DYN, DF_1_PIE, MODULE_NOT_A_SHARED_OBJECT, "a position-independent program"},
	    {ET_DYN, DF_1_NOOPEN, MODULE_NOT_LOADABLE, "-z nodlopen"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		ElfMaker maker = elf_maker_native("abc");
		g_autoptr(GByteArray) file = NULL;
		Judged judged;

		maker.type = rows[i].type;
		maker.flags_1 = rows[i].flags_1;
		file = elf_maker_make(&maker);
		judged = judge(file->data, file->len);
		g_assert_cmpuint(judged.n, ==, 1);
		g_assert_cmpint(judged.verdicts[0].kind, ==, rows[i].kind);
		g_assert_cmpstr(judged.verdicts[0].found, ==, rows[i].found);
		judged_clear(&judged);
	}
}

static void
test_cut_and_foreign(void)
{
	ElfMaker maker = elf_maker_native("abc");
	g_autoptr(GByteArray) file = elf_maker_make(&maker);
	Judged judged = judge(file->data, file->len - 1);

	g_assert_cmpint(judged.verdicts[0].kind, ==, MODULE_TRUNCATED);
	g_assert_cmpuint(g_ascii_strtoull(judged.verdicts[0].found, NULL, 10), ==, file->len - 1);
	g_assert_cmpuint(g_ascii_strtoull(judged.verdicts[0].wanted, NULL, 10), ==, file->len);
	judged_clear(&judged);
	judged = judge((const guint8 *)"hello\n", 6);
	g_assert_cmpint(judged.verdicts[0].kind, ==, MODULE_NOT_ELF);
	g_assert_cmpstr(judged.verdicts[0].found, ==, "a text file");
	judged_clear(&judged);
}

static void
test_real_files(void)
{
	ElfVerdict verdicts[ELF_MOST_VERDICTS];
	ElfFile elf;
	int fd;

	fd = open("/proc/self/exe", O_RDONLY);
	g_assert_cmpuint(elf_check_judge(fd, &elf, verdicts), ==, 1);
	g_assert_cmpint(verdicts[0].kind, ==, MODULE_NOT_A_SHARED_OBJECT);
	elf_verdict_clear(&verdicts[0]);
	close(fd);
	void *handle = dlopen("libglib-2.0.so.0", RTLD_LAZY | RTLD_NOLOAD);
	struct link_map *map = NULL;

	g_assert_nonnull(handle);
	g_assert_cmpint(dlinfo(handle, RTLD_DI_LINKMAP, &map), ==, 0);
	fd = open(map->l_name, O_RDONLY);
	g_assert_cmpuint(elf_check_judge(fd, &elf, verdicts), ==, 0);
	close(fd);
	dlclose(handle);
}

static void
test_machine_names(void)
{
	g_autofree char *known = elf_machine_name(EM_AARCH64);
	g_autofree char *unknown = elf_machine_name(4711);

	g_assert_cmpstr(known, ==, "ARM (64-bit)");
	g_assert_cmpstr(unknown, ==, "machine 4711");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/elf_check/good", test_good);
	g_test_add_func("/elf_check/all-differences", test_all_differences);
	g_test_add_func("/elf_check/types", test_types);
	g_test_add_func("/elf_check/cut-and-foreign", test_cut_and_foreign);
	g_test_add_func("/elf_check/real-files", test_real_files);
	g_test_add_func("/elf_check/machine-names", test_machine_names);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "modcheck/elf_check.h"

#include "modcheck/file_guess.h"

#include <elf.h>
#include <link.h>
#include <string.h>
#include <unistd.h>

/* The linker's name for the ELF header of the program this is part of: what we are ourselves. */
extern const ElfW(Ehdr) __ehdr_start __attribute__((visibility("hidden")));

static const struct {
	guint16 machine;
	const char *name;
} machines[] = {
    {EM_386, "x86 (32-bit)"},
    {EM_X86_64, "x86-64"},
    {EM_ARM, "ARM (32-bit)"},
    {EM_AARCH64, "ARM (64-bit)"},
    {EM_RISCV, "RISC-V"},
    {EM_PPC, "PowerPC (32-bit)"},
    {EM_PPC64, "PowerPC (64-bit)"},
    {EM_S390, "IBM Z"},
    {EM_MIPS, "MIPS"},
    {EM_SPARC, "SPARC (32-bit)"},
    {EM_SPARCV9, "SPARC (64-bit)"},
    {EM_IA_64, "Itanium"},
    {EM_PARISC, "PA-RISC"},
    {EM_ALPHA, "Alpha"},
    {EM_68K, "Motorola 68000"},
    {EM_SH, "SuperH"},
    {EM_BPF, "the kernel's BPF machine"},
    {258, "LoongArch"},
};

static const char *
known_machine(guint16 machine)
{
	for (gsize i = 0; i < G_N_ELEMENTS(machines); i++)
		if (machines[i].machine == machine)
			return machines[i].name;
	return NULL;
}

char *
elf_machine_name(guint16 machine)
{
	const char *name = known_machine(machine);

	return name ? g_strdup(name) : g_strdup_printf("machine %u", machine);
}

void
elf_verdict_clear(ElfVerdict *verdict)
{
	g_clear_pointer(&verdict->found, g_free);
	g_clear_pointer(&verdict->wanted, g_free);
}

static const char *
class_name(gboolean is_64)
{
	return is_64 ? "64-bit" : "32-bit";
}

static const char *
order_name(gboolean is_big_endian)
{
	return is_big_endian ? "big-endian" : "little-endian";
}

static guint
judge_identity(const ElfFile *elf, ElfVerdict verdicts[ELF_MOST_VERDICTS])
{
	gboolean host_is_64 = sizeof(void *) == 8;
	gboolean host_is_big = G_BYTE_ORDER == G_BIG_ENDIAN;
	guint16 host_machine = __ehdr_start.e_machine;
	guint n = 0;

	if (elf->is_64 != host_is_64)
		verdicts[n++] = (ElfVerdict){MODULE_WRONG_ELF_CLASS,
		    g_strdup(class_name(elf->is_64)), g_strdup(class_name(host_is_64))};
	if (elf->is_big_endian != host_is_big)
		verdicts[n++] = (ElfVerdict){MODULE_WRONG_BYTE_ORDER,
		    g_strdup(order_name(elf->is_big_endian)), g_strdup(order_name(host_is_big))};
	/* In a header whose order is forged the machine is nonsense: say only what is true. */
	if (elf->machine != host_machine && (n == 0 || known_machine(elf->machine)))
		verdicts[n++] = (ElfVerdict){MODULE_WRONG_ARCHITECTURE,
		    elf_machine_name(elf->machine), elf_machine_name(host_machine)};
	return n;
}

static ElfVerdict
judge_foreign(int fd)
{
	guint8 bytes[FILE_GUESS_BYTES];
	ssize_t size = pread(fd, bytes, sizeof bytes, 0);

	return (ElfVerdict){MODULE_NOT_ELF, file_guess(bytes, size < 0 ? 0 : (gsize)size), NULL};
}

static const char *
describe_type(guint16 type)
{
	return type == ET_REL    ? "an object file (.o)"
	       : type == ET_EXEC ? "a program"
	       : type == ET_CORE ? "a core dump"
				 : "an ELF file of an unknown type";
}

static guint
judge_content(const ElfFile *elf, ElfVerdict *verdict)
{
	ElfDynamic dynamic;
	char *text = NULL;
	gboolean is_program;
	gboolean forbids;

	if (elf->type != ET_DYN) {
		*verdict = (ElfVerdict){
		    MODULE_NOT_A_SHARED_OBJECT, g_strdup(describe_type(elf->type)), NULL};
		return 1;
	}
	if (elf_file_read_dynamic(elf, &dynamic, &text) != ELF_OK) {
		*verdict = (ElfVerdict){MODULE_DAMAGED, text, NULL};
		return 1;
	}
	is_program = (dynamic.flags_1 & DF_1_PIE) || dynamic.has_debug;
	forbids = (dynamic.flags_1 & DF_1_NOOPEN) != 0;
	elf_dynamic_clear(&dynamic);
	if (is_program)
		*verdict = (ElfVerdict){
		    MODULE_NOT_A_SHARED_OBJECT, g_strdup("a position-independent program"), NULL};
	else if (forbids)
		*verdict = (ElfVerdict){MODULE_NOT_LOADABLE, g_strdup("-z nodlopen"), NULL};
	return is_program || forbids;
}

guint
elf_check_judge(int fd, ElfFile *ret_elf, ElfVerdict verdicts[ELF_MOST_VERDICTS])
{
	char *text = NULL;
	ElfProblem problem = elf_file_init_fd(ret_elf, fd, &text);
	guint n;

	if (problem == ELF_NOT_ELF) {
		g_free(text);
		verdicts[0] = judge_foreign(fd);
		return 1;
	}
	/* Whatever else is wrong with it, a file for another machine is that first of all. */
	if (problem != ELF_UNREADABLE && ret_elf->machine &&
	    (n = judge_identity(ret_elf, verdicts)) > 0) {
		g_free(text);
		return n;
	}
	if (problem == ELF_TRUNCATED) {
		g_free(text);
		verdicts[0] = (ElfVerdict){MODULE_TRUNCATED,
		    g_strdup_printf("%" G_GUINT64_FORMAT, ret_elf->size),
		    g_strdup_printf("%" G_GUINT64_FORMAT, ret_elf->size_needed)};
		return 1;
	}
	if (problem != ELF_OK) {
		verdicts[0] = (ElfVerdict){MODULE_DAMAGED, text, NULL};
		return 1;
	}
	return judge_content(ret_elf, &verdicts[0]);
}

static void
take_verdict(ModuleReport *report, const char *path, int fd, const ElfVerdict *verdict)
{
	guint8 bytes[FILE_GUESS_BYTES];
	ssize_t size = pread(fd, bytes, sizeof bytes, 0);
	gboolean is_pointer = size > 0 && file_guess_is_lfs_pointer(bytes, (gsize)size);
	g_autofree char *file = g_path_get_basename(path);

	module_report_take(
	    report, module_finding_new(verdict->kind, &(ModuleFacts){.path = path,
							  .subject = is_pointer ? file : NULL,
							  .found = verdict->found,
							  .wanted = verdict->wanted,
							  .package = report->package}));
}

gboolean
elf_check(ModuleReport *report, const char *path, int fd, ElfFile *ret_elf)
{
	ElfVerdict verdicts[ELF_MOST_VERDICTS] = {0};
	guint n = elf_check_judge(fd, ret_elf, verdicts);

	for (guint i = 0; i < n; i++) {
		take_verdict(report, path, fd, &verdicts[i]);
		elf_verdict_clear(&verdicts[i]);
	}
	if (n == 0) {
		g_autofree char *machine = elf_machine_name(ret_elf->machine);

		module_report_pass(report, MODULE_STAGE_ELF,
		    "shared object for %s, %s, %u segments", machine, class_name(ret_elf->is_64),
		    ret_elf->n_segments);
	}
	return n == 0;
}

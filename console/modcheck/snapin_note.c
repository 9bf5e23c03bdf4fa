/* SPDX-License-Identifier: MIT */
#include "modcheck/snapin_note.h"

#include <string.h>

gboolean
snapin_id_is_valid(const char *id)
{
	if (!g_ascii_islower(id[0]) || strlen(id) >= sizeof((SnapinNoteData *)NULL)->id)
		return FALSE;
	for (const char *c = id; *c; c++)
		if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '-')
			return FALSE;
	return TRUE;
}

int
snapin_version_compare(const char *a, const char *b)
{
	while (*a || *b) {
		char *a_end = (char *)a;
		char *b_end = (char *)b;
		guint64 x = g_ascii_isdigit(*a) ? g_ascii_strtoull(a, &a_end, 10) : 0;
		guint64 y = g_ascii_isdigit(*b) ? g_ascii_strtoull(b, &b_end, 10) : 0;

		if (x != y)
			return x < y ? -1 : 1;
		/* Past the number and one separator; a rest such as "rc1" is skipped. */
		a = a_end + strcspn(a_end, ".");
		b = b_end + strcspn(b_end, ".");
		a += *a == '.';
		b += *b == '.';
	}
	return 0;
}

static gboolean
is_text(const char *field, gsize size)
{
	const char *end = memchr(field, '\0', size);

	if (!end)
		return FALSE;
	for (const char *c = field; c < end; c++)
		if (!g_ascii_isprint(*c))
			return FALSE;
	return TRUE;
}

char *
snapin_note_parse(const guint8 *bytes, gsize size, SnapinNoteData *ret_note)
{
	SnapinNoteData note;

	if (size < sizeof note)
		return g_strdup_printf("its note has %" G_GSIZE_FORMAT
				       " bytes instead of %" G_GSIZE_FORMAT,
		    size, sizeof note);
	memcpy(&note, bytes, sizeof note);
	if (!is_text(note.id, sizeof note.id) || !snapin_id_is_valid(note.id))
		return g_strdup(
		    "the id in its note is not valid (allowed: a-z, 0-9 and -, a letter first)");
	if (!is_text(note.version, sizeof note.version))
		return g_strdup("the version in its note is not text");
	if (!is_text(note.minimum_host, sizeof note.minimum_host))
		return g_strdup("the minimum host version in its note is not text");
	*ret_note = note;
	return NULL;
}

static void
refuse(ModuleReport *report, ModuleKind kind, const ModuleFacts *facts)
{
	module_report_take(report, module_finding_new(kind, facts));
}

static void
check_abi(ModuleReport *report, const char *path, const ModuleContract *contract)
{
	const SnapinNoteData *note = &report->note;
	g_autofree char *found = g_strdup_printf("%u.%u", note->abi_major, note->abi_minor);
	g_autofree char *wanted =
	    g_strdup_printf("%u.%u", contract->abi_major, contract->abi_minor);
	g_autofree char *host =
	    g_strdup_printf("%s %s", contract->host_name, contract->host_version);
	ModuleFacts facts = {.path = path,
	    .subject = contract->host_name,
	    .by = host,
	    .found = found,
	    .wanted = wanted,
	    .package = report->package};

	if (note->abi_major < contract->abi_major)
		refuse(report, MODULE_ABI_TOO_OLD, &facts);
	else if (note->abi_major > contract->abi_major || note->abi_minor > contract->abi_minor)
		refuse(report, MODULE_ABI_TOO_NEW, &facts);
	if (snapin_version_compare(contract->host_version, note->minimum_host) < 0)
		refuse(report, MODULE_HOST_TOO_OLD,
		    &(ModuleFacts){.path = path,
			.subject = contract->host_name,
			.found = contract->host_version,
			.wanted = note->minimum_host});
}

static void
check_expectation(ModuleReport *report, const char *path, const SnapinExpectation *expectation)
{
	if (expectation->duplicate_of)
		refuse(report, MODULE_DUPLICATE_ID,
		    &(ModuleFacts){.path = path,
			.subject = expectation->duplicate_of,
			.by = expectation->registered_by});
	if (expectation->id && strcmp(expectation->id, report->note.id))
		refuse(report, MODULE_ID_MISMATCH,
		    &(ModuleFacts){.path = path,
			.by = expectation->registered_by,
			.found = report->note.id,
			.wanted = expectation->id,
			.package = report->package});
}

gboolean
snapin_note_check(ModuleReport *report, const char *path, const ElfFile *elf,
    const ModuleContract *contract, const SnapinExpectation *expectation)
{
	guint8 bytes[sizeof(SnapinNoteData)];
	g_autofree char *problem = NULL;
	gsize size = 0;

	if (!elf_file_find_note(
		elf, contract->note_owner, contract->note_type, bytes, sizeof bytes, &size))
		problem = g_strdup_printf("it carries no %s note", contract->note_owner);
	else
		problem = snapin_note_parse(bytes, size, &report->note);
	if (problem) {
		refuse(report, MODULE_NOT_A_SNAPIN,
		    &(ModuleFacts){.path = path, .found = problem, .wanted = contract->noun});
		return FALSE;
	}
	report->has_note = TRUE;
	check_abi(report, path, contract);
	check_expectation(report, path, expectation);
	if (!module_report_is_good(report))
		return FALSE;
	module_report_pass(report, MODULE_STAGE_NOTE, "%s %s, interface %u.%u", report->note.id,
	    report->note.version, report->note.abi_major, report->note.abi_minor);
	return TRUE;
}

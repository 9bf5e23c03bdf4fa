/* SPDX-License-Identifier: MIT */
#include "modcheck/elf_reader.h"

#include <elf.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_DYNAMIC 4096u
#define MOST_STRING 1024u
#define MOST_NOTES 256u
#define MOST_OWNER 64u

/* FALSE if not all of it lies inside the file. */
static gboolean
read_at(const ElfFile *elf, guint64 offset, void *buffer, gsize size)
{
	if (offset > elf->size || size > elf->size - offset)
		return FALSE;
	if (elf->fd < 0) {
		memcpy(buffer, elf->bytes + offset, size);
		return TRUE;
	}
	for (gsize done = 0; done < size;) {
		ssize_t n =
		    pread(elf->fd, (guint8 *)buffer + done, size - done, (off_t)(offset + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return FALSE;
		done += (gsize)n;
	}
	return TRUE;
}

static guint64
number(const ElfFile *elf, const guint8 *bytes, guint size)
{
	guint64 value = 0;

	for (guint i = 0; i < size; i++)
		value |= (guint64)bytes[i] << 8 * (elf->is_big_endian ? size - 1 - i : i);
	return value;
}

static ElfProblem fail(char **ret_text, ElfProblem problem, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static ElfProblem
fail(char **ret_text, ElfProblem problem, const char *format, ...)
{
	va_list arguments;

	if (!ret_text)
		return problem;
	va_start(arguments, format);
	*ret_text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return problem;
}

static ElfProblem
fail_truncated(const ElfFile *elf, char **ret_text)
{
	return fail(ret_text, ELF_TRUNCATED,
	    "it has %" G_GUINT64_FORMAT " bytes and should have at least %" G_GUINT64_FORMAT,
	    elf->size, elf->size_needed);
}

/* Offsets of the fields that differ between the classes, so that one reader serves both. */
typedef struct ElfLayout {
	guint header_size, word, phoff, phentsize;
	guint entry_size, p_offset, p_vaddr, p_filesz, p_align;
} ElfLayout;

static const ElfLayout *
layout_of(const ElfFile *elf)
{
	static const ElfLayout layouts[2] = {
	    {sizeof(Elf32_Ehdr), 4, offsetof(Elf32_Ehdr, e_phoff),
		offsetof(Elf32_Ehdr, e_phentsize), sizeof(Elf32_Phdr),
		offsetof(Elf32_Phdr, p_offset), offsetof(Elf32_Phdr, p_vaddr),
		offsetof(Elf32_Phdr, p_filesz), offsetof(Elf32_Phdr, p_align)},
	    {sizeof(Elf64_Ehdr), 8, offsetof(Elf64_Ehdr, e_phoff),
		offsetof(Elf64_Ehdr, e_phentsize), sizeof(Elf64_Phdr),
		offsetof(Elf64_Phdr, p_offset), offsetof(Elf64_Phdr, p_vaddr),
		offsetof(Elf64_Phdr, p_filesz), offsetof(Elf64_Phdr, p_align)},
	};

	return &layouts[elf->is_64];
}

static ElfProblem
read_segments(ElfFile *elf, guint64 table, guint count, char **ret_text)
{
	const ElfLayout *layout = layout_of(elf);

	for (guint i = 0; i < count; i++) {
		guint8 entry[sizeof(Elf64_Phdr)];
		ElfSegment *segment = &elf->segments[i];

		if (!read_at(
			elf, table + (guint64)i * layout->entry_size, entry, layout->entry_size))
			return fail(ret_text, ELF_UNREADABLE, "its segment table cannot be read");
		segment->type = (guint32)number(elf, entry, 4);
		segment->offset = number(elf, entry + layout->p_offset, layout->word);
		segment->address = number(elf, entry + layout->p_vaddr, layout->word);
		segment->size = number(elf, entry + layout->p_filesz, layout->word);
		segment->alignment = number(elf, entry + layout->p_align, layout->word);
		if (segment->offset > G_MAXINT64 - segment->size || segment->size > G_MAXINT64)
			return fail(
			    ret_text, ELF_DAMAGED, "its segment %u has an impossible size", i);
		elf->size_needed = MAX(elf->size_needed, segment->offset + segment->size);
	}
	elf->n_segments = count;
	return elf->size < elf->size_needed ? fail_truncated(elf, ret_text) : ELF_OK;
}

static ElfProblem
read_header(ElfFile *elf, char **ret_text)
{
	guint8 header[sizeof(Elf64_Ehdr)] = {0};
	const ElfLayout *layout;
	guint64 table;
	guint64 end;
	guint count;

	if (!read_at(elf, 0, header, MIN(sizeof header, elf->size)))
		return fail(ret_text, ELF_UNREADABLE, "its header cannot be read");
	if (elf->size < SELFMAG || memcmp(header, ELFMAG, SELFMAG))
		return fail(ret_text, ELF_NOT_ELF, "it is not an ELF file");
	elf->is_64 = header[EI_CLASS] == ELFCLASS64;
	elf->is_big_endian = header[EI_DATA] == ELFDATA2MSB;
	elf->type = (guint16)number(elf, header + offsetof(Elf64_Ehdr, e_type), 2);
	elf->machine = (guint16)number(elf, header + offsetof(Elf64_Ehdr, e_machine), 2);
	layout = layout_of(elf);
	elf->size_needed = layout->header_size;
	if (elf->size < elf->size_needed)
		return fail_truncated(elf, ret_text);
	if (!elf->is_64 && header[EI_CLASS] != ELFCLASS32)
		return fail(ret_text, ELF_DAMAGED, "its class is %u, neither 32-bit nor 64-bit",
		    header[EI_CLASS]);
	if (!elf->is_big_endian && header[EI_DATA] != ELFDATA2LSB)
		return fail(ret_text, ELF_DAMAGED, "its byte order is %u, neither known one",
		    header[EI_DATA]);
	table = number(elf, header + layout->phoff, layout->word);
	count = (guint)number(elf, header + layout->phentsize + 2, 2);
	if (count && number(elf, header + layout->phentsize, 2) != layout->entry_size)
		return fail(ret_text, ELF_DAMAGED, "its segment table has entries of a wrong size");
	if (count > ELF_MOST_SEGMENTS)
		return fail(ret_text, ELF_DAMAGED, "it claims %u segments, at most %u are believed",
		    count, ELF_MOST_SEGMENTS);
	end = (guint64)count * layout->entry_size;
	if (table > G_MAXINT64 - end)
		return fail(ret_text, ELF_DAMAGED, "its segment table has an impossible place");
	elf->size_needed = MAX(elf->size_needed, table + end);
	if (elf->size < elf->size_needed)
		return fail_truncated(elf, ret_text);
	return read_segments(elf, table, count, ret_text);
}

ElfProblem
elf_file_init_fd(ElfFile *elf, int fd, char **ret_text)
{
	struct stat status;

	*elf = (ElfFile){.fd = fd};
	if (fstat(fd, &status) || status.st_size < 0)
		return fail(ret_text, ELF_UNREADABLE, "%s", g_strerror(errno));
	elf->size = (guint64)status.st_size;
	return read_header(elf, ret_text);
}

ElfProblem
elf_file_init_memory(ElfFile *elf, const guint8 *bytes, gsize size, char **ret_text)
{
	*elf = (ElfFile){.fd = -1, .bytes = bytes, .size = size};
	return read_header(elf, ret_text);
}

static const ElfSegment *
find_segment(const ElfFile *elf, guint32 type)
{
	for (guint i = 0; i < elf->n_segments; i++)
		if (elf->segments[i].type == type)
			return &elf->segments[i];
	return NULL;
}

/* Where in the file the loaded address lies; FALSE if no segment holds it. */
static gboolean
address_to_offset(const ElfFile *elf, guint64 address, guint64 *ret_offset)
{
	for (guint i = 0; i < elf->n_segments; i++) {
		const ElfSegment *segment = &elf->segments[i];

		if (segment->type == PT_LOAD && address >= segment->address &&
		    address - segment->address < segment->size) {
			*ret_offset = segment->offset + (address - segment->address);
			return TRUE;
		}
	}
	return FALSE;
}

/* NULL if it does not end within the file and the maximum. */
static char *
read_string(const ElfFile *elf, guint64 offset)
{
	char buffer[MOST_STRING];
	gsize size;

	if (offset >= elf->size)
		return NULL;
	size = MIN(sizeof buffer, elf->size - offset);
	if (!read_at(elf, offset, buffer, size) || !memchr(buffer, '\0', size))
		return NULL;
	return g_strdup(buffer);
}

typedef struct DynamicEntry {
	gint64 tag;
	guint64 value;
} DynamicEntry;

static gboolean
read_entry(const ElfFile *elf, const ElfSegment *segment, guint i, DynamicEntry *ret_entry)
{
	guint word = layout_of(elf)->word;
	guint8 bytes[2 * sizeof(guint64)];

	if (i >= MOST_DYNAMIC || ((guint64)i + 1) * 2 * word > segment->size)
		return FALSE;
	if (!read_at(elf, segment->offset + (guint64)i * 2 * word, bytes, 2 * word))
		return FALSE;
	ret_entry->tag = (gint64)number(elf, bytes, word);
	ret_entry->value = number(elf, bytes + word, word);
	return ret_entry->tag != DT_NULL;
}

static void
take_string(const ElfFile *elf, guint64 strings, const DynamicEntry *entry, ElfDynamic *dynamic)
{
	g_autofree char *text = NULL;
	char **where = entry->tag == DT_SONAME    ? &dynamic->soname
		       : entry->tag == DT_RPATH   ? &dynamic->rpath
		       : entry->tag == DT_RUNPATH ? &dynamic->runpath
						  : NULL;

	if (entry->value > elf->size || (entry->tag != DT_NEEDED && !where))
		return;
	text = read_string(elf, strings + entry->value);
	if (!text)
		return;
	if (where) {
		g_free(*where);
		*where = g_steal_pointer(&text);
	} else if (dynamic->needed->len < ELF_MOST_NEEDED) {
		g_ptr_array_add(dynamic->needed, g_steal_pointer(&text));
	}
}

ElfProblem
elf_file_read_dynamic(const ElfFile *elf, ElfDynamic *ret_dynamic, char **ret_text)
{
	const ElfSegment *segment = find_segment(elf, PT_DYNAMIC);
	ElfDynamic dynamic = {0};
	DynamicEntry entry;
	guint64 strings = 0;
	gboolean has_strings = FALSE;

	if (!segment)
		return fail(ret_text, ELF_DAMAGED, "it has no dynamic section");
	for (guint i = 0; read_entry(elf, segment, i, &entry); i++) {
		if (entry.tag == DT_STRTAB)
			has_strings = address_to_offset(elf, entry.value, &strings);
		else if (entry.tag == DT_FLAGS_1)
			dynamic.flags_1 = entry.value;
		else if (entry.tag == DT_DEBUG)
			dynamic.has_debug = TRUE;
	}
	if (!has_strings)
		return fail(ret_text, ELF_DAMAGED, "its dynamic section has no string table");
	dynamic.needed = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; read_entry(elf, segment, i, &entry); i++)
		take_string(elf, strings, &entry, &dynamic);
	*ret_dynamic = dynamic;
	return ELF_OK;
}

void
elf_dynamic_clear(ElfDynamic *dynamic)
{
	if (dynamic->needed)
		g_ptr_array_unref(dynamic->needed);
	g_free(dynamic->soname);
	g_free(dynamic->rpath);
	g_free(dynamic->runpath);
	*dynamic = (ElfDynamic){0};
}

char *
elf_file_interpreter(const ElfFile *elf)
{
	const ElfSegment *segment = find_segment(elf, PT_INTERP);

	return segment ? read_string(elf, segment->offset) : NULL;
}

static guint64
round_up(guint64 value, guint64 alignment)
{
	return (value + alignment - 1) / alignment * alignment;
}

/* One segment holds notes one after the other: sizes, type, owner's name, description. */
static gboolean
find_in_segment(const ElfFile *elf, const ElfSegment *segment, const char *owner, guint32 type,
    guint8 *buffer, gsize size, gsize *ret_size)
{
	guint64 alignment = segment->alignment == 8 ? 8 : 4;
	guint64 at = 0;

	for (guint i = 0; i < MOST_NOTES && at + 12 <= segment->size; i++) {
		guint8 head[12];
		char name[MOST_OWNER] = "";
		guint64 name_size;
		guint64 data;
		guint64 data_size;

		if (!read_at(elf, segment->offset + at, head, sizeof head))
			return FALSE;
		name_size = number(elf, head, 4);
		data_size = number(elf, head + 4, 4);
		data = at + round_up(12 + name_size, alignment);
		if (data > segment->size || data_size > segment->size - data)
			return FALSE;
		if (name_size == strlen(owner) + 1 && name_size <= sizeof name &&
		    read_at(elf, segment->offset + at + 12, name, name_size) &&
		    !memcmp(name, owner, name_size) && number(elf, head + 8, 4) == type) {
			*ret_size = data_size;
			return read_at(elf, segment->offset + data, buffer, MIN(size, data_size));
		}
		at = data + round_up(data_size, alignment);
	}
	return FALSE;
}

gboolean
elf_file_find_note(const ElfFile *elf, const char *owner, guint32 type, guint8 *buffer, gsize size,
    gsize *ret_size)
{
	for (guint i = 0; i < elf->n_segments; i++)
		if (elf->segments[i].type == PT_NOTE &&
		    find_in_segment(elf, &elf->segments[i], owner, type, buffer, size, ret_size))
			return TRUE;
	return FALSE;
}

/* SPDX-License-Identifier: MIT */
#include "control_lines.h"

#include <string.h>

struct ControlLines {
	GByteArray *bytes;
	gsize start;      /* of the line to be given next */
	gsize scanned;    /* no line end between start and here */
	gsize unfinished; /* bytes fed since the last line end */
	gsize maximum;
	gboolean failed;
};

ControlLines *
control_lines_new(gsize maximum)
{
	ControlLines *lines = g_new0(ControlLines, 1);

	lines->bytes = g_byte_array_new();
	lines->maximum = maximum;
	return lines;
}

void
control_lines_free(ControlLines *lines)
{
	if (lines == NULL)
		return;
	g_byte_array_unref(lines->bytes);
	g_free(lines);
}

/* FALSE if a line that ends or goes on in these bytes is too long. */
static gboolean
measure(ControlLines *lines, const guint8 *bytes, gsize size)
{
	const guint8 *end;

	while ((end = memchr(bytes, '\n', size)) != NULL) {
		gsize length = (gsize)(end - bytes);

		if (lines->unfinished + length > lines->maximum)
			return FALSE;
		lines->unfinished = 0;
		bytes += length + 1;
		size -= length + 1;
	}
	lines->unfinished += size;
	return lines->unfinished <= lines->maximum;
}

gboolean
control_lines_feed(ControlLines *lines, const void *bytes, gsize size)
{
	if (lines->failed || !measure(lines, bytes, size)) {
		lines->failed = TRUE;
		return FALSE;
	}
	if (lines->start > 0) {
		g_byte_array_remove_range(lines->bytes, 0, (guint)lines->start);
		lines->scanned -= lines->start;
		lines->start = 0;
	}
	g_byte_array_append(lines->bytes, bytes, (guint)size);
	return TRUE;
}

const char *
control_lines_next(ControlLines *lines, gsize *ret_size)
{
	guint8 *data = lines->bytes->data;
	guint8 *end;
	gsize size;
	char *line;

	if (lines->scanned >= lines->bytes->len)
		return NULL;
	end = memchr(data + lines->scanned, '\n', lines->bytes->len - lines->scanned);
	if (end == NULL) {
		lines->scanned = lines->bytes->len;
		return NULL;
	}
	line = (char *)data + lines->start;
	size = (gsize)(end - data) - lines->start;
	lines->start = lines->scanned = (gsize)(end - data) + 1;
	if (size > 0 && line[size - 1] == '\r')
		size--;
	*ret_size = size;
	return line;
}

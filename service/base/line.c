/* SPDX-License-Identifier: MIT */
#include "base/line.h"

#include <glib.h>
#include <string.h>

enum { LINE_UNKNOWN, LINE_UTF8, LINE_BYTES };

Line *
line_new_sized(size_t length)
{
	Line *line;

	g_assert(length <= UINT32_MAX);
	line = g_malloc(sizeof *line + length);
	atomic_init(&line->references, 1);
	atomic_init(&line->text, LINE_UNKNOWN);
	line->length = (uint32_t)length;
	return line;
}

Line *
line_new(const void *data, size_t length)
{
	Line *line = line_new_sized(length);

	if (length > 0)
		memcpy(line->data, data, length);
	return line;
}

Line *
line_ref(Line *line)
{
	return line_ref_many(line, 1);
}

Line *
line_ref_many(Line *line, unsigned count)
{
	atomic_fetch_add_explicit(&line->references, count, memory_order_relaxed);
	return line;
}

bool
line_is_utf8(Line *line)
{
	unsigned char known = atomic_load_explicit(&line->text, memory_order_relaxed);

	if (known == LINE_UNKNOWN) {
		known =
		    g_utf8_validate_len(line->data, line->length, NULL) ? LINE_UTF8 : LINE_BYTES;
		atomic_store_explicit(&line->text, known, memory_order_relaxed);
	}
	return known == LINE_UTF8;
}

void
line_unref(Line *line)
{
	if (!line)
		return;
	/* The last holder needs no locked instruction: nobody else can take a reference. */
	if (atomic_load_explicit(&line->references, memory_order_acquire) == 1 ||
	    atomic_fetch_sub_explicit(&line->references, 1, memory_order_acq_rel) == 1)
		g_free(line);
}

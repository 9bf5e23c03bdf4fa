/* SPDX-License-Identifier: MIT */
#include "net/framer.h"

#include "net/io_sink.h"

#include <string.h>

#define CAPACITY_LEAST 128u

void
framer_clear(Framer *framer)
{
	g_free(framer->held);
	*framer = (Framer){0};
}

/* Keeps the beginning of a line, at most line_max + 1 bytes (the one more may be the \r). False
 * when bytes had to be dropped. */
static bool
hold(Framer *framer, const FramerLimits *limits, const char *data, size_t length)
{
	size_t room = (size_t)limits->line_max + 1 - MIN(framer->length, limits->line_max + 1);
	size_t part = MIN(length, room);
	size_t needed = framer->length + part + 1;

	if (needed > framer->capacity) {
		size_t capacity = MAX(framer->capacity * (size_t)2, CAPACITY_LEAST);

		capacity = MIN(MAX(capacity, needed), (size_t)limits->line_max + 2);
		capacity = MAX(capacity, needed); /* the limit may have been lowered meanwhile */
		framer->held = g_realloc(framer->held, capacity);
		framer->capacity = (uint32_t)capacity;
	}
	memcpy(framer->held + framer->length, data, part);
	framer->length += (uint32_t)part;
	return part == length;
}

/* What is held can end up within the limit only if its last byte over it is a \r. */
static bool
is_over(const Framer *framer, const FramerLimits *limits)
{
	return framer->dropping || framer->length > (size_t)limits->line_max + 1 ||
	       (framer->length == (size_t)limits->line_max + 1 &&
		   framer->held[framer->length - 1] != '\r');
}

/* A line without its \n. False: it is blank. */
static bool
finish_line(const FramerLimits *limits, char *text, size_t length, bool cut, FramerLine *line)
{
	unsigned flags = cut ? INPUT_TOO_LONG : 0;

	if (!cut && length > 0 && text[length - 1] == '\r')
		length--;
	if (length > limits->line_max) {
		flags |= INPUT_TOO_LONG;
		length = limits->line_max;
	}
	text[length] = '\0';
	if (memchr(text, '\0', length))
		flags |= INPUT_HAS_NUL;
	*line = (FramerLine){text, length, flags};
	return length > 0;
}

FramerResult
framer_lines_next(
    Framer *framer, const FramerLimits *limits, FramerInput *input, FramerLine *ret_line)
{
	if (framer->finished)
		framer_clear(framer);
	while (input->length > 0) {
		char *data = input->data;
		char *end = memchr(data, '\n', input->length);
		size_t length = end ? (size_t)(end - data) : input->length;
		size_t used = end ? length + 1 : length;
		bool given;

		input->data += used;
		input->length -= used;
		if (!end || framer->held) {
			framer->dropping |= !hold(framer, limits, data, length);
			if (limits->strict && is_over(framer, limits))
				return FRAMER_OVERFLOW;
			if (!end)
				return FRAMER_MORE;
			given = finish_line(
			    limits, framer->held, framer->length, framer->dropping, ret_line);
			framer->finished = given;
			if (!given)
				framer_clear(framer);
		} else {
			given = finish_line(limits, data, length, false, ret_line);
			if (given && limits->strict && (ret_line->flags & INPUT_TOO_LONG))
				return FRAMER_OVERFLOW;
		}
		if (given)
			return FRAMER_LINE;
	}
	return FRAMER_MORE;
}

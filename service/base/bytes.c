/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CAPACITY_LEAST 64u

void
bytes_init(Bytes *bytes, size_t maximum)
{
	*bytes = (Bytes){.maximum = maximum};
}

void
bytes_clear(Bytes *bytes)
{
	g_free(bytes->data);
	bytes_init(bytes, bytes->maximum);
}

void
bytes_reset(Bytes *bytes)
{
	bytes_truncate(bytes, 0);
}

/* Room for `length` more bytes and a NUL; false (and failed) if that would pass the maximum. */
static bool
make_room(Bytes *bytes, size_t length)
{
	size_t needed;
	size_t capacity;

	if (bytes->failed || length > bytes->maximum - bytes->length) {
		bytes->failed = true;
		return false;
	}
	needed = bytes->length + length + 1;
	if (needed <= bytes->capacity)
		return true;
	capacity = MAX(bytes->capacity, CAPACITY_LEAST);
	while (capacity < needed)
		capacity *= 2;
	capacity = MIN(capacity, bytes->maximum + 1);
	bytes->data = g_realloc(bytes->data, capacity);
	bytes->capacity = capacity;
	return true;
}

void
bytes_reserve(Bytes *bytes, size_t length)
{
	if (!bytes->failed)
		make_room(bytes, MIN(length, bytes->maximum - bytes->length));
}

void
bytes_append(Bytes *bytes, const void *data, size_t length)
{
	if (!make_room(bytes, length))
		return;
	if (length > 0)
		memcpy(bytes->data + bytes->length, data, length);
	bytes->length += length;
	bytes->data[bytes->length] = '\0';
}

void
bytes_append_string(Bytes *bytes, const char *string)
{
	bytes_append(bytes, string, strlen(string));
}

void
bytes_append_char(Bytes *bytes, char character)
{
	bytes_append(bytes, &character, 1);
}

void
bytes_append_format(Bytes *bytes, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	bytes_append_valist(bytes, format, arguments);
	va_end(arguments);
}

void
bytes_append_valist(Bytes *bytes, const char *format, va_list arguments)
{
	size_t room = bytes->failed ? 0 : bytes->capacity - bytes->length;
	va_list again;
	int length;

	/* Into the room there is, which is enough as a rule; the capacity never passes the maximum.
	 */
	va_copy(again, arguments);
	length = vsnprintf(room > 0 ? bytes->data + bytes->length : NULL, room, format, again);
	va_end(again);
	g_assert(length >= 0);
	if ((size_t)length >= room) {
		if (room > 0)
			bytes->data[bytes->length] = '\0';
		if (!make_room(bytes, (size_t)length))
			return;
		vsnprintf(bytes->data + bytes->length, (size_t)length + 1, format, arguments);
	}
	bytes->length += (size_t)length;
}

void
bytes_truncate(Bytes *bytes, size_t length)
{
	bytes->failed = false;
	if (length >= bytes->length)
		return;
	bytes->length = length;
	bytes->data[length] = '\0';
}

void
bytes_consume(Bytes *bytes, size_t length)
{
	g_assert(length <= bytes->length);
	if (length == 0)
		return;
	bytes->length -= length;
	memmove(bytes->data, bytes->data + length, bytes->length + 1);
}

const char *
bytes_text(const Bytes *bytes)
{
	return bytes->data ? bytes->data : "";
}

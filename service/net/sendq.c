/* SPDX-License-Identifier: MIT */
#include "net/sendq.h"

#include <string.h>

#define HEAP_LEAST 16u

/* A line this long is written by itself: copying it would cost more than another call. */
#define ALONE_LEAST 16384u

static Line **
lines_of(const Sendq *sendq)
{
	return sendq->heap ? sendq->heap : (Line **)sendq->few;
}

void
sendq_init(Sendq *sendq, uint32_t maximum)
{
	*sendq = (Sendq){.capacity = SENDQ_INLINE, .maximum = maximum};
}

void
sendq_clear(Sendq *sendq)
{
	Line **lines = lines_of(sendq);

	for (uint32_t i = 0; i < sendq->count; i++)
		line_unref(lines[(sendq->first + i) & (sendq->capacity - 1)]);
	g_free(sendq->heap);
	sendq_init(sendq, sendq->maximum);
}

static void
grow(Sendq *sendq)
{
	uint32_t capacity = MAX(sendq->capacity * 2, HEAP_LEAST);
	Line **grown = g_new(Line *, capacity);
	Line **lines = lines_of(sendq);

	for (uint32_t i = 0; i < sendq->count; i++)
		grown[i] = lines[(sendq->first + i) & (sendq->capacity - 1)];
	g_free(sendq->heap);
	sendq->heap = grown;
	sendq->capacity = capacity;
	sendq->first = 0;
}

void
sendq_push_forced(Sendq *sendq, Line *line)
{
	if (line->length == 0) {
		line_unref(line);
		return;
	}
	if (sendq->count == sendq->capacity)
		grow(sendq);
	lines_of(sendq)[(sendq->first + sendq->count) & (sendq->capacity - 1)] = line;
	sendq->count++;
	sendq->bytes += line->length;
}

bool
sendq_push(Sendq *sendq, Line *line)
{
	if ((uint64_t)sendq->bytes + line->length > sendq->maximum) {
		line_unref(line);
		return false;
	}
	sendq_push_forced(sendq, line);
	return true;
}

const char *
sendq_peek(const Sendq *sendq, char *buffer, size_t size, size_t *ret_length)
{
	Line **lines = lines_of(sendq);
	const Line *line = lines[sendq->first];
	size_t skipped = sendq->written;
	size_t length = 0;

	if (sendq->count == 1 || line->length - skipped >= MIN(size, ALONE_LEAST)) {
		*ret_length = MIN(line->length - skipped, size);
		return line->data + skipped;
	}
	for (uint32_t i = 0; i < sendq->count && length < size; i++, skipped = 0) {
		size_t part;

		line = lines[(sendq->first + i) & (sendq->capacity - 1)];
		part = MIN(line->length - skipped, size - length);
		memcpy(buffer + length, line->data + skipped, part);
		length += part;
	}
	*ret_length = length;
	return buffer;
}

const char *
sendq_first(const Sendq *sendq, size_t *ret_length)
{
	const Line *line = lines_of(sendq)[sendq->first];

	*ret_length = line->length - sendq->written;
	return line->data + sendq->written;
}

bool
sendq_first_is_utf8(const Sendq *sendq)
{
	return line_is_utf8(lines_of(sendq)[sendq->first]);
}

unsigned
sendq_consume(Sendq *sendq, size_t length)
{
	Line **lines = lines_of(sendq);
	unsigned through = 0;

	g_assert(length <= sendq->bytes);
	sendq->bytes -= (uint32_t)length;
	while (sendq->count > 0) {
		Line *line = lines[sendq->first];
		size_t left = line->length - sendq->written;

		if (length < left) {
			sendq->written += (uint32_t)length;
			break;
		}
		length -= left;
		sendq->written = 0;
		sendq->first = (sendq->first + 1) & (sendq->capacity - 1);
		sendq->count--;
		through++;
		line_unref(line);
	}
	if (sendq->count == 0 && sendq->heap)
		sendq_clear(sendq);
	return through;
}

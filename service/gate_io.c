/* SPDX-License-Identifier: MIT */
#include "gate_private.h"

#include <string.h>

static GateChunk *
chunk_new(size_t least)
{
	size_t size = MAX(GATE_CHUNK_SIZE, least);
	GateChunk *chunk = g_malloc(sizeof *chunk + size);

	chunk->item.next = NULL;
	chunk->size = size;
	chunk->used = 0;
	return chunk;
}

/* A block of that size that is freed in every turn makes malloc put all its lists in order. */
static GateChunk *
take_spare(GateIo *io, size_t least)
{
	GateChunk *chunk = least <= GATE_CHUNK_SIZE ? g_steal_pointer(&io->spare) : NULL;

	if (!chunk)
		return chunk_new(least);
	chunk->item.next = NULL;
	chunk->used = 0;
	return chunk;
}

void
gate_io_give(GateIo *io, GateChunk *chunk)
{
	if (io->loop == 0 && !io->spare && chunk->size == GATE_CHUNK_SIZE)
		io->spare = chunk;
	else
		g_free(chunk);
}

/* Room for a record of `size` bytes, its head filled in. Grows by chunks, so nothing ever moves. */
static GateRecord *
add_record(GateIo *io, GateRecordKind kind, Handle conn, size_t size)
{
	size_t whole = (size + sizeof(uint64_t) - 1) & ~(sizeof(uint64_t) - 1);
	GateRecord *record;

	if (!io->last || io->last->size - io->last->used < whole) {
		GateChunk *chunk = take_spare(io, whole);

		if (io->last)
			io->last->item.next = &chunk->item;
		else
			io->first = chunk;
		io->last = chunk;
	}
	record = (GateRecord *)((char *)io->last->records + io->last->used);
	io->last->used += whole;
	*record = (GateRecord){.size = (uint32_t)whole, .kind = (uint8_t)kind, .conn = conn};
	return record;
}

static bool
is_control(const GateIo *io, Handle conn)
{
	uint32_t index = conn.index & CONN_INDEX_MASK;

	return index < io->is_control->len && io->is_control->data[index];
}

static void
io_opened(void *data, Handle conn, const ConnInfo *info)
{
	GateIo *io = data;
	uint32_t index = conn.index & CONN_INDEX_MASK;
	bool control = info->listener >= io->gate->setup.control_listeners;
	GateOpened *opened = (GateOpened *)add_record(io, GATE_OPENED, conn, sizeof(GateOpened));

	if (index >= io->is_control->len) {
		guint old = io->is_control->len;

		g_byte_array_set_size(io->is_control, MAX(64, 2 * index + 2));
		memset(io->is_control->data + old, 0, io->is_control->len - old);
	}
	io->is_control->data[index] = control;
	opened->head.control = control;
	opened->info = *info;
}

static void
io_input(void *data, Handle conn, char *line, size_t length, unsigned flags)
{
	GateIo *io = data;
	GateInput *input =
	    (GateInput *)add_record(io, GATE_INPUT, conn, offsetof(GateInput, text) + length + 1);
	MessageStatus status;

	memcpy(input->text, line, length + 1);
	input->head.length = (uint32_t)length;
	input->head.control = is_control(io, conn);
	input->head.too_long = (flags & INPUT_TOO_LONG) != 0;
	if (input->head.control)
		return;
	status = message_parse(input->text, length, &input->message);
	if (input->head.too_long && status != MESSAGE_TAGS_TOO_LONG) {
		status = MESSAGE_TOO_LONG;
		input->message.verb = NULL;
	}
	input->head.status = (uint8_t)status;
}

static void
io_ended(void *data, Handle conn)
{
	GateIo *io = data;

	add_record(io, GATE_ENDED, conn, sizeof(GateRecord));
}

static void
io_closed(void *data, Handle conn, CloseReason reason, const char *detail)
{
	GateIo *io = data;
	size_t length = detail ? strlen(detail) : 0;
	GateClosed *closed = (GateClosed *)add_record(
	    io, GATE_CLOSED, conn, offsetof(GateClosed, detail) + length + 1);

	closed->head.control = is_control(io, conn);
	closed->head.reason = reason;
	memcpy(closed->detail, detail ? detail : "", length + 1);
}

static void
io_counted(void *data, const TrafficAnswer *answer)
{
	GateIo *io = data;
	size_t rows = answer->count * sizeof answer->rows[0];
	GateCounted *counted = (GateCounted *)add_record(
	    io, GATE_COUNTED, HANDLE_NONE, offsetof(GateCounted, rows) + rows);

	counted->answer = *answer;
	counted->answer.rows = counted->rows;
	if (rows > 0)
		memcpy(counted->rows, answer->rows, rows);
}

static void
io_drained(void *data, Handle conn)
{
	GateIo *io = data;

	add_record(io, GATE_DRAINED, conn, sizeof(GateRecord));
}

GateChunk *
gate_io_take(GateIo *io)
{
	GateChunk *first = io->first;

	io->first = NULL;
	io->last = NULL;
	return first;
}

/* Loop 0 is on the state thread, which takes what is there by itself. */
static void
io_turn_here(void *data)
{
}

/* One post per turn; the mailbox keeps the chunks' order. */
static void
io_turn(void *data)
{
	GateIo *io = data;
	GateChunk *chunk = gate_io_take(io);

	while (chunk) {
		GateChunk *next = (GateChunk *)chunk->item.next;

		mailbox_post(io->gate->inbox, &chunk->item);
		chunk = next;
	}
}

IoSink
gate_sink(Gate *gate, unsigned loop)
{
	return (IoSink){
	    .data = &gate->ios[loop],
	    .opened = io_opened,
	    .input = io_input,
	    .ended = io_ended,
	    .closed = io_closed,
	    .drained = io_drained,
	    .counted = io_counted,
	    .turn = loop == 0 ? io_turn_here : io_turn,
	};
}

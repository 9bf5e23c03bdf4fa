/* SPDX-License-Identifier: MIT */
#include "gate_private.h"

#include "cmd/dispatch.h"
#include "cmd/entry.h"
#include "cmd/held_lines.h"
#include "cmd/held_reply.h"
#include "control/control_server.h"
#include "out/held_back.h"
#include "proto/tags.h"

#include <errno.h>
#include <string.h>

Ctx
gate_ctx(Gate *gate, Session *session, Reply *reply)
{
	const GateSetup *setup = &gate->setup;
	Ctx ctx = {
	    .community = setup->community,
	    .out = setup->out,
	    .host = setup->host,
	    .records = setup->records,
	    .random = setup->random,
	    .reply = reply,
	    .now = clock_wall(setup->clock),
	    .monotonic = clock_monotonic(setup->clock),
	};

	if (session)
		ctx.actor = (Actor){ACTOR_USER, session->user, session, session_name(session)};
	else
		ctx.actor = (Actor){.kind = ACTOR_SERVICE, .name = setup->community->server_name};
	return ctx;
}

/* The label as it came; "" if there is none or it is too long to be one. */
static void
find_label(const Message *message, char label[static REPLY_LABEL_MAX + 1])
{
	Tag tag;

	label[0] = '\0';
	if (!message->tags || !tags_find(message->tags, message->tags_length, "label", &tag))
		return;
	if (tag.value_length > REPLY_LABEL_MAX)
		return;
	memcpy(label, tag.value, tag.value_length);
	label[tag.value_length] = '\0';
}

/* What a command said before it began to wait: it goes at once, or under a label with the rest. */
static void
leave_waiting(Gate *gate, Session *session, Reply *reply)
{
	HeldLines *lines;

	if (!reply->label[0] && !reply->batch[0] && !reply->is_labeled) {
		reply_end(reply);
		return;
	}
	if (reply->bytes.length > 0 || reply->is_labeled) {
		lines = g_new0(HeldLines, 1);
		held_lines_take(lines, reply);
		g_hash_table_replace(gate->begun, session, lines);
	}
	reply_abandon(reply);
}

static void
begun_free(gpointer data)
{
	held_lines_clear(data);
	g_free(data);
}

void
gate_run_line(Gate *gate, Session *session, const GateInput *input)
{
	const GateSetup *setup = &gate->setup;
	char label[REPLY_LABEL_MAX + 1];
	Reply reply;
	Ctx ctx;
	Outcome outcome;

	find_label(&input->message, label);
	ctx = gate_ctx(gate, session, &reply);
	reply_begin(
	    &reply, setup->community, &setup->out->outbox, setup->random, session, ctx.now, label);
	outcome = cmd_dispatch(&ctx, &input->message, (MessageStatus)input->head.status);
	if (outcome == OUTCOME_PENDING) {
		leave_waiting(gate, session, &reply);
	} else {
		session->voice = NULL;
		reply_end(&reply);
	}
	if (outcome == OUTCOME_CLOSE)
		out_close_session(setup->out, session, CLOSE_QUIT,
		    session->quit_reason ? session->quit_reason : close_reason(CLOSE_QUIT)->text);
}

void
gate_continue(
    Gate *gate, Handle handle, const char *label, HostContinuation go_on, const void *answer)
{
	const GateSetup *setup = &gate->setup;
	Session *session = slots_get(setup->community->sessions, handle);
	HeldLines *begun;
	Reply reply;
	Ctx ctx;

	if (!session || session->stage == SESSION_CLOSING)
		return;
	session->pending = false;
	ctx = gate_ctx(gate, session, &reply);
	ctx.voice = session->voice;
	reply_begin(
	    &reply, setup->community, &setup->out->outbox, setup->random, session, ctx.now, label);
	begun = g_hash_table_lookup(gate->begun, session);
	if (begun) {
		held_lines_give_back(begun, &reply);
		g_hash_table_remove(gate->begun, session);
	}
	held_reply_begin(&ctx);
	go_on(&ctx, answer);
	held_reply_end(&ctx, session->pending ? OUTCOME_PENDING : OUTCOME_DONE,
	    session->verb ? session->verb : "*");
	/* It may wait again: for another job, or until what it changed is on the disk. */
	if (session->pending) {
		leave_waiting(gate, session, &reply);
		return;
	}
	session->voice = NULL;
	reply_end(&reply);
	held_back_release(&setup->out->outbox, session);
	gate_wait_over(gate, session);
}

void
gate_tell(Gate *gate, Handle handle, HostContinuation tell, const void *data)
{
	const GateSetup *setup = &gate->setup;
	Session *session = slots_get(setup->community->sessions, handle);
	Reply reply;
	Ctx ctx;

	if (!session || session->stage != SESSION_REGISTERED)
		return;
	ctx = gate_ctx(gate, session, &reply);
	reply_begin(
	    &reply, setup->community, &setup->out->outbox, setup->random, session, ctx.now, NULL);
	reply.is_behind = true;
	tell(&ctx, data);
	reply_end(&reply);
}

static void
tell_channel(Ctx *ctx, const void *data)
{
	entry_tell(ctx, data);
}

void
gate_show_channel(Gate *gate, Handle handle, const Channel *channel)
{
	gate_tell(gate, handle, tell_channel, channel);
}

static GateConn *
find_conn(Gate *gate, Handle handle)
{
	GateTable *table = &gate->tables[conn_loop(handle)];
	uint32_t index = handle.index & CONN_INDEX_MASK;

	if (index >= table->size || table->conns[index].generation != handle.generation)
		return NULL;
	return &table->conns[index];
}

Session *
gate_session(Gate *gate, Handle handle)
{
	const GateConn *conn = find_conn(gate, handle);

	return conn ? conn->session : NULL;
}

static GateConn *
add_conn(Gate *gate, Handle handle)
{
	GateTable *table = &gate->tables[conn_loop(handle)];
	uint32_t index = handle.index & CONN_INDEX_MASK;

	if (index >= table->size) {
		uint32_t size = MAX(64, MAX(index + 1, table->size * 2));

		table->conns = g_renew(GateConn, table->conns, size);
		memset(table->conns + table->size, 0, (size - table->size) * sizeof *table->conns);
		table->size = size;
	}
	table->conns[index] = (GateConn){.generation = handle.generation};
	gate->connections++;
	return &table->conns[index];
}

/* Gives lines back in halves of the credit: one delivery for many lines, and never a stall. */
void
gate_line_done(Gate *gate, Handle handle)
{
	GateConn *conn = find_conn(gate, handle);

	if (!conn || ++conn->processed < MAX(1, gate->setup.client_credit / 2))
		return;
	outbox_credit(&gate->setup.out->outbox, handle, conn->processed);
	conn->processed = 0;
}

void
gate_end_client(Gate *gate, Session *session)
{
	GateConn *conn = find_conn(gate, session->conn);

	outbox_close(&gate->setup.out->outbox, session->conn, CLOSE_PEER, NULL);
	conn->session = NULL;
	gate_client_closed(gate, session, CLOSE_PEER, NULL);
}

static void
count_listener(Gate *gate, uint32_t listener, int change)
{
	unsigned count = gate_listener_connections(gate, listener);

	g_hash_table_insert(gate->by_listener, GUINT_TO_POINTER(listener),
	    GUINT_TO_POINTER((unsigned)((int)count + change)));
}

unsigned
gate_listener_connections(const Gate *gate, uint32_t listener)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(gate->by_listener, GUINT_TO_POINTER(listener)));
}

static void
receive_opened(Gate *gate, const GateOpened *opened)
{
	GateConn *conn = add_conn(gate, opened->head.conn);

	conn->listener = opened->info.listener;
	count_listener(gate, conn->listener, +1);
	if (opened->head.control)
		gate_control_opened(gate, conn, opened->head.conn, &opened->info);
	else
		gate_client_opened(gate, conn, opened->head.conn, &opened->info);
}

static void
receive_input(Gate *gate, GateInput *input)
{
	GateConn *conn = find_conn(gate, input->head.conn);

	if (!conn)
		return;
	if (conn->session) {
		gate_client_input(gate, conn->session, input);
		return;
	}
	if (conn->control)
		control_session_input(
		    conn->control, input->text, input->head.length, input->head.too_long);
	gate_line_done(gate, input->head.conn);
}

static void
receive_ended(Gate *gate, const GateRecord *ended)
{
	GateConn *conn = find_conn(gate, ended->conn);

	if (!conn)
		return;
	if (conn->session)
		gate_client_ended(gate, conn->session);
	else if (conn->control)
		control_session_end(conn->control);
	else
		outbox_close(&gate->setup.out->outbox, ended->conn, CLOSE_PEER, NULL);
}

static void
receive_closed(Gate *gate, const GateClosed *closed)
{
	GateConn *conn = find_conn(gate, closed->head.conn);

	if (!conn)
		return;
	if (conn->session)
		gate_client_closed(
		    gate, conn->session, (CloseReason)closed->head.reason, closed->detail);
	if (conn->control)
		control_session_close(conn->control);
	g_free(conn->console);
	count_listener(gate, conn->listener, -1);
	*conn = (GateConn){0};
	gate->connections--;
}

static void
receive_record(Gate *gate, GateRecord *record)
{
	switch ((GateRecordKind)record->kind) {
	case GATE_OPENED:
		receive_opened(gate, (GateOpened *)record);
		break;
	case GATE_INPUT:
		receive_input(gate, (GateInput *)record);
		break;
	case GATE_ENDED:
		receive_ended(gate, record);
		break;
	case GATE_CLOSED:
		receive_closed(gate, (GateClosed *)record);
		break;
	case GATE_COUNTED:
		gate_counted(gate, (GateCounted *)record);
		break;
	case GATE_DRAINED:
		gate_drained(gate, record->conn);
		break;
	}
}

static void
receive_chunks(Gate *gate, MailItem *item, GateIo *io)
{
	while (item) {
		GateChunk *chunk = (GateChunk *)item;

		item = item->next;
		for (size_t at = 0; at < chunk->used;) {
			GateRecord *record = (GateRecord *)((char *)chunk->records + at);

			at += record->size;
			receive_record(gate, record);
		}
		if (io)
			gate_io_give(io, chunk);
		else
			g_free(chunk);
	}
}

void
gate_receive(Gate *gate)
{
	receive_chunks(gate, (MailItem *)gate_io_take(&gate->ios[0]), &gate->ios[0]);
	receive_chunks(gate, mailbox_take(gate->inbox), NULL);
}

Gate *
gate_new(const GateSetup *setup, GError **error)
{
	Mailbox *inbox = mailbox_new();
	Gate *gate;

	if (!inbox) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno),
		    "no event descriptor: %s", g_strerror(errno));
		return NULL;
	}
	gate = g_new0(Gate, 1);
	gate->setup = *setup;
	gate->inbox = inbox;
	gate->ios = g_new0(GateIo, setup->n_loops);
	gate->tables = g_new0(GateTable, setup->n_loops);
	g_queue_init(&gate->ready);
	gate->begun = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, begun_free);
	g_queue_init(&gate->asked);
	gate->by_listener = g_hash_table_new(g_direct_hash, g_direct_equal);
	for (unsigned i = 0; i < setup->n_loops; i++) {
		gate->ios[i].gate = gate;
		gate->ios[i].loop = i;
		gate->ios[i].is_control = g_byte_array_new();
	}
	return gate;
}

static void
free_table(Gate *gate, GateTable *table)
{
	for (uint32_t i = 0; i < table->size; i++) {
		GateConn *conn = &table->conns[i];

		if (conn->session) {
			gate_reading_drop(conn->session);
			gate_wait_drop(gate, conn->session);
		}
		if (conn->control)
			control_session_close(conn->control);
		g_free(conn->console);
	}
	g_free(table->conns);
}

/* What was collected in a turn that nobody ended. */
static void
free_chunks(GateIo *io)
{
	g_clear_pointer(&io->spare, g_free);
	while (io->first) {
		GateChunk *next = (GateChunk *)io->first->item.next;

		g_free(io->first);
		io->first = next;
	}
}

void
gate_free(Gate *gate)
{
	if (!gate)
		return;
	gate_drop_asked(gate);
	for (unsigned i = 0; i < gate->setup.n_loops; i++) {
		free_table(gate, &gate->tables[i]);
		free_chunks(&gate->ios[i]);
		g_byte_array_unref(gate->ios[i].is_control);
	}
	g_hash_table_unref(gate->begun);
	g_hash_table_unref(gate->by_listener);
	g_free(gate->tables);
	g_free(gate->ios);
	mailbox_free(gate->inbox);
	g_free(gate);
}

int
gate_descriptor(const Gate *gate)
{
	return mailbox_descriptor(gate->inbox);
}

unsigned
gate_connections(const Gate *gate)
{
	return gate->connections;
}

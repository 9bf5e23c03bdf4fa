/* SPDX-License-Identifier: MIT */
/* The way out of a connection: queue, write, close. The way in is conn.c. */
#include "net/conn.h"

#include "net/io_loop_private.h"

#include <string.h>

void
conn_set_state(Conn *conn, ConnState state)
{
	g_assert(state > conn->state);
	conn->state = (uint8_t)state;
}

/* Who does not read must hear of the peer's end all the same. An end stays true for as long as the
 * descriptor lives, so only an edge can announce it without spinning; and libevent reports a reset
 * as EV_READ | EV_WRITE, never as EV_CLOSED, so room for output is watched as well. */
static unsigned
to_watch(const Conn *conn, unsigned wanted)
{
	if ((wanted & EV_READ) || (conn->state != CONN_OPEN && conn->state != CONN_CLOSING))
		return wanted;
	return EV_WRITE | EV_CLOSED | EV_ET;
}

static void
watch(Conn *conn, unsigned events)
{
	struct event_base *base = conn->loop->base;

	if (conn->watched == events || conn->transport->descriptor < 0)
		return;
	if (conn->watched)
		event_del(&conn->event);
	conn->watched = (uint8_t)events;
	if (!events)
		return;
	event_assign(&conn->event, base, conn->transport->descriptor, (short)(events | EV_PERSIST),
	    event_get_callback(&conn->event), conn);
	event_add(&conn->event, NULL);
}

void
conn_want(Conn *conn, unsigned events)
{
	conn->wanted = (uint8_t)events;
	watch(conn, to_watch(conn, events));
}

void
conn_mark_dirty(Conn *conn)
{
	if (conn->in_dirty || conn->state >= CONN_DRAINING)
		return;
	conn->in_dirty = true;
	g_ptr_array_add(conn->loop->dirty, conn);
}

static void
report_closed(Conn *conn, CloseReason reason, const char *detail)
{
	IoLoop *loop = conn->loop;

	io_stats_add(&loop->stats.closed[reason], 1);
	if (!conn->known_above)
		return;
	conn->known_above = false;
	loop->sink.closed(loop->sink.data, conn->handle, reason, detail);
	loop->reported = true;
}

/* No handle and no descriptor from here on. */
static void
bury(Conn *conn)
{
	IoLoop *loop = conn->loop;
	Handle slot = {conn->handle.index & CONN_INDEX_MASK, conn->handle.generation};

	watch(conn, 0);
	conn_set_state(conn, CONN_DEAD);
	timers_cancel(loop->timers, &conn->deadline);
	loop->descriptor_closed |= conn->transport->descriptor >= 0;
	g_clear_pointer(&conn->transport, transport_free);
	sendq_clear(&conn->output);
	framer_clear(&conn->framer);
	g_clear_pointer(&conn->held, g_free);
	g_clear_pointer(&conn->websocket, websocket_free);
	g_clear_pointer(&conn->rules, listen_rules_unref);
	g_clear_pointer(&conn->info, g_free);
	conn_leave_address(conn);
	if (conn->request)
		g_string_free(g_steal_pointer(&conn->request), TRUE);
	slots_remove(loop->conns, slot);
	io_stats_add(&loop->stats.connections, UINT64_MAX); /* one less, modulo 2^64 */
	g_ptr_array_add(loop->dead, conn);
}

void
conn_close_now(Conn *conn, CloseReason reason, const char *detail)
{
	/* What fails after the peer's end is a consequence of it. */
	if (conn->state < CONN_CLOSING)
		conn->reason = (uint8_t)(conn->ended ? CLOSE_PEER : reason);
	if (conn->state < CONN_DRAINING)
		report_closed(conn, conn->reason, detail);
	bury(conn);
}

void
conn_close_failed(Conn *conn)
{
	int error = conn->transport->error;

	conn_close_now(conn, conn->transport->failure, error ? g_strerror(error) : NULL);
}

static void
linger_over(Timer *timer, void *data)
{
	conn_close_now(data, CLOSE_WRITE_FAILED, NULL); /* its own reason stands */
}

static void
leaving_over(Timer *timer, void *data)
{
	conn_close_now(data, CLOSE_PEER, NULL);
}

void
conn_peer_leaves(Conn *conn)
{
	IoLoop *loop = conn->loop;

	if (conn->leaving)
		return;
	conn->leaving = true;
	if (conn->state < CONN_CLOSING)
		timers_set(loop->timers, &conn->deadline, clock_monotonic(loop->clock) + IO_LINGER,
		    leaving_over, conn);
}

/* RFC 6455 §7.4.1, as near as the codes come. */
static WsClose
close_code(CloseReason reason)
{
	if (reason == CLOSE_SHUTDOWN || reason == CLOSE_LISTENER_REMOVED)
		return WS_CLOSE_GOING_AWAY;
	return close_reason(reason)->is_error ? WS_CLOSE_POLICY : WS_CLOSE_NORMAL;
}

void
conn_close_gently(Conn *conn, CloseReason reason, Line *line)
{
	IoLoop *loop = conn->loop;

	if (conn->state >= CONN_CLOSING) {
		line_unref(line);
		return;
	}
	if (line)
		sendq_push_forced(&conn->output, line);
	if (conn->websocket)
		websocket_close(conn->websocket, close_code(reason));
	conn_set_state(conn, CONN_CLOSING);
	conn->reason = (uint8_t)reason;
	framer_clear(&conn->framer);
	g_clear_pointer(&conn->held, g_free);
	if (!conn->leaving)
		timers_set(loop->timers, &conn->deadline, clock_monotonic(loop->clock) + IO_LINGER,
		    linger_over, conn);
	conn_want(conn, conn->wanted | (conn->ended ? 0 : EV_READ));
	conn_mark_dirty(conn);
}

/* Everything is on its way. Closing with unread input would make the kernel send a reset, which can
 * take the last lines away from the peer: so wait until it closes, or the deadline. */
static void
finish_output(Conn *conn)
{
	report_closed(conn, conn->reason, NULL);
	if (!conn->transport->ops->finish) {
		bury(conn);
		return;
	}
	conn_set_state(conn, CONN_DRAINING);
	conn->transport->ops->finish(conn->transport);
	if (conn->ended)
		bury(conn); /* nothing unread is left */
	else
		conn_want(conn, EV_READ);
}

void
conn_close_unheard(Conn *conn, CloseReason reason)
{
	IoLoop *loop = conn->loop;

	conn->reason = (uint8_t)reason;
	timers_set(loop->timers, &conn->deadline, clock_monotonic(loop->clock) + IO_LINGER,
	    linger_over, conn);
	finish_output(conn);
}

static void
count_lines_out(Conn *conn, unsigned lines)
{
	conn->lines_out += lines;
	io_stats_add(&conn->loop->stats.lines_out, lines);
}

/* The next bytes to write; NULL: none. */
static const char *
peek_output(Conn *conn, size_t *ret_length)
{
	char *buffer = conn->loop->write_buffer;
	const char *data;
	unsigned lines;

	if (!conn->websocket)
		return sendq_is_empty(&conn->output)
			   ? NULL
			   : sendq_peek(&conn->output, buffer, IO_TURN_BYTES, ret_length);
	data = websocket_peek(
	    conn->websocket, &conn->output, buffer, IO_TURN_BYTES, ret_length, &lines);
	count_lines_out(conn, lines);
	return data;
}

static void
wrote_output(Conn *conn, size_t length)
{
	if (conn->websocket)
		websocket_wrote(conn->websocket, length);
	else
		count_lines_out(conn, sendq_consume(&conn->output, length));
}

static bool
is_written(const Conn *conn)
{
	return sendq_is_empty(&conn->output) &&
	       (!conn->websocket || websocket_is_written(conn->websocket));
}

static void
after_write(Conn *conn, size_t offered, size_t sent)
{
	IoStats *stats = &conn->loop->stats;

	io_stats_add(&stats->writes, 1);
	io_stats_add(&stats->bytes_out, sent);
	conn->bytes_out += sent;
	if (is_written(conn))
		return;
	if (sent < offered) {
		conn->blocked = true;
		conn_want(conn, conn->wanted | EV_WRITE);
	} else {
		conn_mark_dirty(conn); /* more than one turn's share: the rest in the next */
		io_loop_again(conn->loop);
	}
}

/* False when the connection ended of it or nothing more can be done for now. */
static bool
write_output(Conn *conn, const char *data, size_t offered)
{
	Transport *transport = conn->transport;
	size_t sent = 0;
	IoResult result = transport->ops->send(transport, data, offered, &sent);

	wrote_output(conn, result == IO_OK ? sent : 0);
	switch (result) {
	case IO_OK:
		after_write(conn, offered, sent);
		return true;
	case IO_AGAIN_WRITE:
		conn->blocked = true;
		conn_want(conn, conn->wanted | EV_WRITE);
		return false;
	case IO_AGAIN:
		if (conn->ended) { /* what it waits for cannot come */
			conn_close_now(conn, CLOSE_PEER, NULL);
			return false;
		}
		conn->blocked = true;
		conn_want(conn, conn->wanted | EV_READ);
		return false;
	case IO_EOF:
		conn_close_now(conn, CLOSE_PEER, NULL);
		return false;
	case IO_FAILED:
		conn_close_failed(conn);
		return false;
	}
	return false;
}

/* It was asked for, and as much is written. */
static void
look_at_mark(Conn *conn)
{
	IoLoop *loop = conn->loop;

	if (!conn->is_marked || conn->state != CONN_OPEN || conn->output.bytes > conn->mark)
		return;
	conn->is_marked = false;
	loop->reported = true;
	loop->sink.drained(loop->sink.data, conn->handle);
}

void
conn_flush(Conn *conn)
{
	const char *data;
	size_t offered;

	if (conn->state >= CONN_DRAINING || conn->blocked)
		return;
	data = peek_output(conn, &offered);
	if (data && !write_output(conn, data, offered))
		return;
	look_at_mark(conn);
	if (conn->state == CONN_CLOSING && is_written(conn))
		finish_output(conn);
}

static void
set_limits(Conn *conn, uint32_t sendq_max)
{
	conn->registered = true;
	conn->output.maximum = sendq_max;
	if (!conn->leaving)
		timers_cancel(conn->loop->timers, &conn->deadline);
}

static void
give_credit(Conn *conn, uint32_t lines)
{
	conn->credit = (uint32_t)MIN((uint64_t)conn->credit + lines, UINT32_MAX);
	if (conn->in_resume || conn->credit == 0 || conn->ended)
		return;
	if (conn->held || conn->transport->descriptor < 0) {
		conn->in_resume = true;
		g_ptr_array_add(conn->loop->resume, conn);
		io_loop_again(conn->loop);
		return;
	}
	conn_want(conn, conn->wanted | EV_READ);
}

void
conn_deliver(Conn *conn, const Delivery *delivery)
{
	if (conn->state != CONN_OPEN) {
		line_unref(delivery->line);
		return;
	}
	switch ((DeliveryKind)delivery->kind) {
	case DELIVERY_SEND:
		if (!sendq_push(&conn->output, delivery->line))
			conn_close_now(conn, CLOSE_SENDQ, NULL);
		else
			conn_mark_dirty(conn);
		break;
	case DELIVERY_CLOSE:
		conn_close_gently(conn, (CloseReason)delivery->value, delivery->line);
		break;
	case DELIVERY_CREDIT:
		give_credit(conn, delivery->value);
		break;
	case DELIVERY_LIMITS:
		set_limits(conn, delivery->value);
		break;
	case DELIVERY_GATEWAY:
		conn_leave_address(conn);
		break;
	case DELIVERY_MARK:
		conn->is_marked = true;
		conn->mark = delivery->value;
		look_at_mark(conn);
		break;
	}
}

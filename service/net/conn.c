/* SPDX-License-Identifier: MIT */
/* The way into a connection: birth, reading, framing. What comes before is conn_prelude.c, the
 * way out conn_output.c. */
#include "net/conn.h"

#include "net/io_loop_private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define HELLO_NONE UINT8_MAX

/* RFC 8446 §5.1: a hello's record begins with type handshake, legacy version 3.x. */
static const unsigned char tls_hello[] = {0x16, 0x03};

const IoProfile *
conn_profile(const Conn *conn)
{
	return &conn->loop->profiles[conn->profile];
}

static Line *
error_line(const char *text)
{
	return *text ? line_new(text, strlen(text)) : NULL;
}

void
conn_resume_later(Conn *conn)
{
	io_loop_again(conn->loop);
	if (conn->in_resume)
		return;
	conn->in_resume = true;
	g_ptr_array_add(conn->loop->resume, conn);
}

/* What is left of the input waits for credit. It may lie in conn->held already. */
static void
hold(Conn *conn, const FramerInput *input)
{
	HeldInput *held;

	if (conn->held) {
		memmove(conn->held->data, input->data, input->length);
		conn->held->length = (uint32_t)input->length;
		return;
	}
	held = g_malloc(sizeof *held + input->length + 1);
	memcpy(held->data, input->data, input->length);
	held->length = (uint32_t)input->length;
	conn->held = held;
}

static void
report_line(Conn *conn, const FramerLine *line)
{
	IoLoop *loop = conn->loop;

	conn->credit--;
	conn->lines_in++;
	io_stats_add(&loop->stats.lines_in, 1);
	loop->reported = true;
	loop->sink.input(loop->sink.data, conn->handle, line->text, line->length, line->flags);
}

static void end_input(Conn *conn);

static FramerResult
next_line(Conn *conn, FramerInput *input, FramerLine *line)
{
	FramerLimits limits = {conn_profile(conn)->line_max, !conn->registered};

	return conn->websocket ? websocket_next(conn->websocket, input, line)
			       : framer_lines_next(&conn->framer, &limits, input, line);
}

void
conn_feed(Conn *conn, FramerInput *input)
{
	FramerLine line;

	for (;;) {
		if (conn->credit == 0 && input->length > 0) {
			hold(conn, input);
			return;
		}
		switch (next_line(conn, input, &line)) {
		case FRAMER_LINE:
			report_line(conn, &line);
			break;
		case FRAMER_OVERFLOW:
			conn_close_gently(
			    conn, CLOSE_RECVQ, error_line(conn_profile(conn)->recvq_exceeded));
			return;
		case FRAMER_BROKEN:
			conn_close_gently(conn, CLOSE_PROTOCOL, NULL);
			return;
		case FRAMER_ENDED:
			g_clear_pointer(&conn->held, g_free);
			conn_mark_dirty(conn);
			end_input(conn);
			return;
		case FRAMER_MORE:
			g_clear_pointer(&conn->held, g_free);
			return;
		}
	}
}

/* True if the connection begins like TLS; a hello may come byte by byte. */
static bool
is_tls_hello(Conn *conn, const char *data, size_t length)
{
	for (size_t i = 0; i < length && conn->hello < sizeof tls_hello; i++) {
		if ((unsigned char)data[i] != tls_hello[conn->hello]) {
			conn->hello = HELLO_NONE;
			return false;
		}
		conn->hello++;
	}
	return conn->hello == sizeof tls_hello;
}

static void
take_input(Conn *conn, size_t length)
{
	IoLoop *loop = conn->loop;
	FramerInput input = {loop->read_buffer, length};

	io_stats_add(&loop->stats.bytes_in, length);
	conn->bytes_in += length;
	if (conn->hello != HELLO_NONE && is_tls_hello(conn, input.data, length)) {
		conn_close_gently(
		    conn, CLOSE_TLS_TO_PLAIN, error_line(conn_profile(conn)->tls_to_plain));
		return;
	}
	conn_feed(conn, &input);
	if (conn->state == CONN_OPEN &&
	    (conn->transport->pending || conn->transport->descriptor < 0))
		conn_resume_later(conn);
}

/* All that the peer sent was read. What it asked for is still answered, if the sink can tell. */
static void
end_input(Conn *conn)
{
	IoLoop *loop = conn->loop;

	conn->ended = true;
	if (conn->state == CONN_OPEN && !loop->sink.ended) {
		conn_close_now(conn, CLOSE_PEER, NULL);
		return;
	}
	conn_peer_leaves(conn);
	conn_want(conn, conn->wanted & ~(unsigned)EV_READ);
	if (conn->state != CONN_OPEN)
		return;
	loop->reported = true;
	loop->sink.ended(loop->sink.data, conn->handle);
}

static void
read_input(Conn *conn)
{
	Transport *transport = conn->transport;
	size_t size = CLAMP(conn_profile(conn)->recvq_max, 1, IO_TURN_BYTES);
	size_t length = 0;

	if (conn->ended)
		return;
	if (conn->held || conn->credit == 0) {
		conn_want(conn, conn->wanted & ~(unsigned)EV_READ);
		return;
	}
	conn_want(conn, conn->wanted | EV_READ);
	switch (transport->ops->receive(transport, conn->loop->read_buffer, size, &length)) {
	case IO_OK:
		take_input(conn, length);
		return;
	case IO_AGAIN:
		return;
	case IO_AGAIN_WRITE:
		conn_want(conn, conn->wanted | EV_WRITE);
		return;
	case IO_EOF:
		end_input(conn);
		return;
	case IO_FAILED:
		conn_close_failed(conn);
		return;
	}
}

/* Throws input away until the peer closes, which does not take from it what is still queued. */
static void
drain(Conn *conn)
{
	Transport *transport = conn->transport;
	ssize_t got;

	if (transport->descriptor < 0 || conn->ended)
		return;
	got = recv(transport->descriptor, conn->loop->read_buffer, IO_TURN_BYTES, MSG_DONTWAIT);
	if (got == 0 && conn->state == CONN_CLOSING)
		end_input(conn);
	else if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
		conn_close_now(conn, CLOSE_PEER, NULL);
}

static void
unblock(Conn *conn)
{
	if (!conn->blocked)
		return;
	conn->blocked = false;
	conn_mark_dirty(conn);
}

static void
go_on(Conn *conn)
{
	switch ((ConnState)conn->state) {
	case CONN_HANDSHAKE:
		conn_prelude_step(conn);
		break;
	case CONN_OPEN:
		read_input(conn);
		break;
	case CONN_CLOSING:
	case CONN_DRAINING:
		drain(conn);
		break;
	case CONN_DEAD:
		break;
	}
}

void
conn_ready(Conn *conn)
{
	unblock(conn);
	go_on(conn);
}

/* Nobody reads: is the peer still there? */
static void
look_after_peer(Conn *conn)
{
	struct pollfd look = {.fd = conn->transport->descriptor, .events = POLLRDHUP};
	int error = 0;
	socklen_t size = sizeof error;

	if (poll(&look, 1, 0) > 0 && (look.revents & (POLLERR | POLLHUP))) {
		(void)getsockopt(look.fd, SOL_SOCKET, SO_ERROR, &error, &size);
		conn_close_now(
		    conn, error ? CLOSE_RESET : CLOSE_PEER, error ? g_strerror(error) : NULL);
		return;
	}
	if (look.revents & POLLRDHUP)
		conn_peer_leaves(conn);
	if (conn->wanted & EV_WRITE)
		conn_want(conn, conn->wanted & ~(unsigned)EV_WRITE);
	unblock(conn);
}

static void
conn_event(evutil_socket_t descriptor, short events, void *data)
{
	Conn *conn = data;
	bool was_blocked = conn->blocked;

	io_loop_begin_turn(conn->loop);
	if (conn->watched & EV_ET) {
		look_after_peer(conn);
		return;
	}
	/* A blocked write waits for room, or (a TLS session may) for input. */
	if ((events & EV_WRITE) || !(conn->wanted & EV_WRITE))
		unblock(conn);
	if (events & EV_WRITE)
		conn_want(conn, conn->wanted & ~(unsigned)EV_WRITE);
	/* A read may wait for room as well, but not while it is a write that did. */
	if ((events & EV_READ) || !was_blocked)
		go_on(conn);
}

void
conn_resume(Conn *conn)
{
	if (conn->state != CONN_OPEN)
		return;
	if (conn->held && conn->credit > 0) {
		FramerInput input = {conn->held->data, conn->held->length};

		conn_feed(conn, &input);
	}
	if (conn->state == CONN_OPEN && !conn->ended && !conn->held && conn->credit > 0)
		read_input(conn);
}

static void
deadline_passed(Timer *timer, void *data)
{
	Conn *conn = data;

	if (conn->state == CONN_HANDSHAKE) {
		conn_prelude_late(conn);
		return;
	}
	conn_close_gently(conn, CLOSE_REGISTRATION_TIMEOUT,
	    error_line(conn_profile(conn)->registration_timeout_line));
}

/* False: there is no room for it, and it is gone. */
static bool
enter_loop(Conn *conn, const ConnInfo *info)
{
	IoLoop *loop = conn->loop;

	if (conn_prelude_admit(conn, info)) {
		conn->handle = slots_add(loop->conns, conn);
		if (!handle_is_none(conn->handle)) {
			conn->handle.index |= loop->number << CONN_LOOP_SHIFT;
			return true;
		}
		io_stats_add(&loop->stats.closed[CLOSE_FULL], 1);
		conn_leave_address(conn);
	}
	listen_rules_unref(conn->rules);
	transport_free(conn->transport);
	g_free(conn);
	return false;
}

Conn *
conn_new(
    IoLoop *loop, Transport *transport, ListenRules *rules, const ConnInfo *info, unsigned profile)
{
	Conn *conn = g_new0(Conn, 1);
	const IoProfile *limits = &loop->profiles[profile];

	conn->loop = loop;
	conn->transport = transport;
	conn->rules = listen_rules_ref(rules);
	if (!enter_loop(conn, info))
		return NULL;
	conn->profile = (uint8_t)profile;
	conn->credit = limits->credit;
	conn->hello =
	    limits->expects_text && !transport->ops->handshake && !(rules && rules->websocket)
		? 0
		: HELLO_NONE;
	sendq_init(&conn->output, limits->sendq_max);
	io_stats_add(&loop->stats.connections, 1);
	if (transport->descriptor >= 0)
		event_assign(&conn->event, loop->base, transport->descriptor, EV_READ | EV_PERSIST,
		    conn_event, conn);
	conn_want(conn, EV_READ);
	if (limits->registration_timeout > 0)
		timers_set(loop->timers, &conn->deadline,
		    clock_monotonic(loop->clock) + limits->registration_timeout, deadline_passed,
		    conn);
	conn_prelude_begin(conn, info);
	if (transport->ops->attached)
		transport->ops->attached(transport, loop, conn->handle);
	return conn;
}

void
conn_abort(Conn *conn)
{
	if (conn->state == CONN_DEAD)
		return;
	conn->known_above = false;
	conn_close_now(conn, CLOSE_SHUTDOWN, NULL);
}

void
conn_free(Conn *conn)
{
	g_assert(conn->state == CONN_DEAD);
	g_free(conn);
}

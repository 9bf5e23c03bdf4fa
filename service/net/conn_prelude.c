/* SPDX-License-Identifier: MIT */
/* What a connection does before it is open: a TLS handshake, a WebSocket's opening handshake. */
#include "net/conn.h"

#include "net/io_loop_private.h"

#include <string.h>
#include <sys/socket.h>

#define TLS_HANDSHAKE_RECORD 0x16 /* RFC 8446 §5.1 */

static void
open_conn(Conn *conn, ConnInfo *info)
{
	IoLoop *loop = conn->loop;

	conn_set_state(conn, CONN_OPEN);
	conn->known_above = true;
	if (conn->transport->ops->describe)
		conn->transport->ops->describe(conn->transport, info);
	loop->reported = true;
	loop->sink.opened(loop->sink.data, conn->handle, info);
}

static void
open_late(Conn *conn)
{
	ConnInfo *info = g_steal_pointer(&conn->info);

	conn_want(conn, EV_READ);
	open_conn(conn, info);
	g_free(info);
	if (conn->transport->pending)
		conn_resume_later(conn);
}

/* ---- TLS ---- */

/* The sentence goes past the session, in plain text, as the peer speaks. */
static void
tell_plain_peer(Conn *conn)
{
	const char *line = conn_profile(conn)->plain_to_tls;
	g_autoptr(GString) page = NULL;

	if (conn->rules && conn->rules->websocket) {
		page = ws_refusal(HTTP_BAD_REQUEST);
		line = page->str;
	}
	if (*line)
		(void)!send(
		    conn->transport->descriptor, line, strlen(line), MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
tls_failed(Conn *conn)
{
	if (conn->transport->failure != CLOSE_PLAIN_TO_TLS) {
		conn_close_failed(conn);
		return;
	}
	tell_plain_peer(conn);
	conn_close_unheard(conn, CLOSE_PLAIN_TO_TLS);
}

static void
tls_step(Conn *conn)
{
	switch (conn->transport->ops->handshake(conn->transport)) {
	case IO_OK:
		conn_prelude_next(conn);
		return;
	case IO_AGAIN:
		conn_want(conn, EV_READ);
		return;
	case IO_AGAIN_WRITE:
		conn_want(conn, EV_WRITE);
		return;
	case IO_EOF:
		conn_close_now(conn, CLOSE_PEER, NULL);
		return;
	case IO_FAILED:
		tls_failed(conn);
		return;
	}
}

static void
tls_late(Conn *conn)
{
	conn_close_now(conn, CLOSE_TLS_HANDSHAKE, "the TLS handshake took too long");
}

/* ---- HTTP ---- */

static void
refuse_request(Conn *conn, GString *answer)
{
	Line *line = line_new(answer->str, answer->len);

	g_string_free(answer, TRUE);
	conn_close_gently(conn, CLOSE_WEBSOCKET_HANDSHAKE, line);
}

/* What came behind the head is frames already. */
static void
begin_frames(Conn *conn, WsHandshake *handshake, size_t head_length)
{
	g_autoptr(GString) request = g_steal_pointer(&conn->request);
	FramerInput input = {request->str + head_length, request->len - head_length};

	conn->websocket = websocket_new(handshake->messages, conn_profile(conn)->line_max);
	if (!conn->websocket) {
		g_string_free(handshake->answer, TRUE);
		conn_close_now(conn, CLOSE_WEBSOCKET_HANDSHAKE, "no memory");
		return;
	}
	websocket_say(conn->websocket, handshake->answer);
	conn_mark_dirty(conn);
	open_late(conn);
	conn_feed(conn, &input);
}

static void
judge_request(Conn *conn, size_t head_length)
{
	WsHandshake handshake;

	ws_handshake(conn->request->str, head_length, conn->rules->origins, &handshake);
	if (handshake.status == HTTP_OK)
		begin_frames(conn, &handshake, head_length);
	else
		refuse_request(conn, handshake.answer);
}

/* True when more is to be read at once. */
static bool
take_request(Conn *conn, size_t length)
{
	const char *data = conn->loop->read_buffer;
	size_t head_length;

	io_stats_add(&conn->loop->stats.bytes_in, length);
	if (!conn->request)
		conn->request = g_string_sized_new(512);
	if (conn->request->len == 0 && data[0] == TLS_HANDSHAKE_RECORD) {
		conn_close_now(conn, CLOSE_TLS_TO_PLAIN, NULL);
		return false;
	}
	g_string_append_len(conn->request, data, (gssize)length);
	head_length = http_head_length(conn->request->str, conn->request->len);
	if (head_length == 0 && conn->request->len <= HTTP_HEAD_MAX)
		return true;
	if (head_length == 0)
		refuse_request(conn, ws_refusal(HTTP_FIELDS_TOO_LARGE));
	else
		judge_request(conn, head_length);
	return false;
}

static void
http_step(Conn *conn)
{
	Transport *transport = conn->transport;
	size_t length;

	for (;;) {
		size_t size = HTTP_HEAD_MAX + 1 - (conn->request ? conn->request->len : 0);

		switch (
		    transport->ops->receive(transport, conn->loop->read_buffer, size, &length)) {
		case IO_OK:
			if (!take_request(conn, length))
				return;
			continue;
		case IO_AGAIN:
			conn_want(conn, EV_READ);
			return;
		case IO_AGAIN_WRITE:
			conn_want(conn, EV_READ | EV_WRITE);
			return;
		case IO_EOF:
			conn_close_now(conn, CLOSE_PEER, NULL);
			return;
		case IO_FAILED:
			conn_close_failed(conn);
			return;
		}
	}
}

static void
http_late(Conn *conn)
{
	refuse_request(conn, ws_refusal(HTTP_REQUEST_TIMEOUT));
}

/* ---- One after the other ---- */

static bool
wants_tls(const Conn *conn)
{
	return conn->transport->ops->handshake != NULL;
}

static bool
wants_http(const Conn *conn)
{
	return conn->rules && conn->rules->websocket;
}

/* The stages in the order in which they come on the wire. */
static const struct {
	bool (*wanted)(const Conn *conn);
	void (*step)(Conn *conn); /* there is input or room for output */
	void (*late)(Conn *conn); /* the deadline passed */
} stages[] = {
    {wants_tls, tls_step, tls_late},
    {wants_http, http_step, http_late},
};

/* The first stage from `conn->stage` on that the connection has; one past the last: none. */
static bool
find_stage(Conn *conn)
{
	while (conn->stage < G_N_ELEMENTS(stages) && !stages[conn->stage].wanted(conn))
		conn->stage++;
	return conn->stage < G_N_ELEMENTS(stages);
}

void
conn_prelude_begin(Conn *conn, const ConnInfo *info)
{
	ConnInfo copy = *info;

	if (find_stage(conn))
		conn->info = g_memdup2(info, sizeof *info);
	else
		open_conn(conn, &copy);
}

void
conn_prelude_next(Conn *conn)
{
	conn->stage++;
	if (!find_stage(conn)) {
		open_late(conn);
		return;
	}
	conn_want(conn, EV_READ);
	stages[conn->stage].step(conn);
}

void
conn_prelude_step(Conn *conn)
{
	stages[conn->stage].step(conn);
}

void
conn_prelude_late(Conn *conn)
{
	stages[conn->stage].late(conn);
}

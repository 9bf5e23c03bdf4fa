/* SPDX-License-Identifier: MIT */
/* What a connection does before it is open: a PROXY header, a TLS handshake, a WebSocket's opening
 * handshake. */
#include "net/conn.h"

#include "net/forwarded.h"
#include "net/io_loop_private.h"
#include "net/proxy_header.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#define TLS_HANDSHAKE_RECORD 0x16 /* RFC 8446 §5.1 */

static bool
wants_tls(const Conn *conn)
{
	return conn->transport->ops->handshake != NULL;
}

static void
open_conn(Conn *conn, ConnInfo *info)
{
	IoLoop *loop = conn->loop;

	conn_set_state(conn, CONN_OPEN);
	conn->known_above = true;
	if (conn->transport->ops->describe)
		conn->transport->ops->describe(conn->transport, info);
	info->private_link |= wants_tls(conn);
	info->too_many = conn->is_crowded;
	loop->reported = true;
	loop->sink.opened(loop->sink.data, conn->handle, info);
}

static void
open_late(Conn *conn)
{
	ConnInfo *info = g_steal_pointer(&conn->info);

	conn_prelude_end(conn);
	conn_want(conn, EV_READ);
	open_conn(conn, info);
	g_free(info);
	if (conn->transport->pending)
		conn_resume_later(conn);
}

/* Somebody trusted says in whose name the connection is. That the client speaks TLS with him is
 * worth nothing where what he passes on can be listened to. */
static void
learn_client(ConnInfo *info, const char *address, uint16_t port, bool tls)
{
	if (!*info->gateway)
		g_strlcpy(
		    info->gateway, *info->address ? info->address : "unix", sizeof info->gateway);
	g_strlcpy(info->address, address, sizeof info->address);
	info->peer_port = port;
	info->unix_socket = false;
	info->tls |= tls && info->private_link;
}

static bool
is_trusted(const ConnInfo *info, const NetRange *ranges, unsigned n_ranges)
{
	return info->unix_socket || net_ranges_hold(ranges, n_ranges, info->address);
}

/* ---- PROXY ---- */

static void
refuse_proxy(Conn *conn, const char *why)
{
	conn_close_now(conn, CLOSE_PROXY_HEADER, why);
}

/* True when more is to be read at once. */
static bool
judge_proxy_header(Conn *conn)
{
	ProxyHeader header;

	switch (proxy_header_parse(conn->request, &header)) {
	case PROXY_MORE:
		return true;
	case PROXY_BAD:
		refuse_proxy(conn, "no PROXY header");
		return false;
	case PROXY_DONE:
		break;
	}
	g_string_free(g_steal_pointer(&conn->request), TRUE);
	if (header.known) {
		learn_client(conn->info, header.address, header.peer_port, header.tls);
		conn->info->local_port = header.local_port;
		g_strlcpy(conn->info->tls_host, header.host, sizeof conn->info->tls_host);
	}
	conn_prelude_next(conn);
	return false;
}

/* Looks at what is there and takes as much of it as is the header's: the rest is TLS or HTTP. */
static ssize_t
take_proxy_bytes(Conn *conn)
{
	int descriptor = conn->transport->descriptor;
	char *buffer = conn->loop->read_buffer;
	ssize_t got;

	if (!conn->request)
		conn->request = g_string_sized_new(128);
	got = recv(descriptor, buffer, PROXY_HEADER_MAX, MSG_PEEK | MSG_DONTWAIT);
	if (got <= 0)
		return got;
	got = recv(descriptor, buffer, proxy_header_share(conn->request, buffer, (size_t)got),
	    MSG_DONTWAIT);
	if (got > 0) {
		io_stats_add(&conn->loop->stats.bytes_in, (uint64_t)got);
		conn->bytes_in += (uint64_t)got;
		g_string_append_len(conn->request, buffer, got);
	}
	return got;
}

static void
proxy_step(Conn *conn)
{
	if (!is_trusted(conn->info, conn->rules->proxies, conn->rules->n_proxies)) {
		refuse_proxy(conn, "not a trusted proxy");
		return;
	}
	for (;;) {
		ssize_t got = take_proxy_bytes(conn);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (got <= 0) {
			conn_close_now(conn, got == 0 ? CLOSE_PEER : CLOSE_READ_FAILED, NULL);
			return;
		}
		if (!judge_proxy_header(conn))
			return;
	}
}

static void
proxy_late(Conn *conn)
{
	refuse_proxy(conn, "the PROXY header took too long");
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

/* Which header the gateway writes: the narrowest of its ranges says. False: it is not trusted. */
static bool
find_header(const ListenRules *rules, const ConnInfo *info, ForwardedHeader *ret_header)
{
	const NetRange *best = NULL;

	*ret_header = rules->unix_header;
	for (unsigned i = 0; !info->unix_socket && i < rules->n_forwarders; i++) {
		const NetRange *range = &rules->forwarders[i];

		if (!net_ranges_hold(range, 1, info->address) ||
		    (best && best->prefix >= range->prefix))
			continue;
		best = range;
		*ret_header = rules->headers[i];
	}
	return info->unix_socket || best;
}

/* False: the gateway's fields make no sense. */
static bool
learn_forwarded(Conn *conn, const HttpRequest *request)
{
	const ListenRules *rules = conn->rules;
	ForwardedHeader header;
	ForwardedClient client;

	if (!find_header(rules, conn->info, &header))
		return true;
	if (!forwarded_client(request, header, rules->forwarders, rules->n_forwarders, &client))
		return false;
	if (*client.address) {
		conn->info->private_link |= wants_tls(conn);
		learn_client(conn->info, client.address, client.port, client.tls);
	}
	return true;
}

static void
judge_request(Conn *conn, size_t head_length)
{
	WsHandshake handshake;

	ws_handshake(conn->request->str, head_length, conn->rules->origins, &handshake);
	if (handshake.status == HTTP_OK && !learn_forwarded(conn, &handshake.request)) {
		g_string_free(handshake.answer, TRUE);
		handshake.status = HTTP_BAD_REQUEST;
		handshake.answer = ws_refusal(handshake.status);
	}
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
	conn->bytes_in += length;
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
wants_proxy(const Conn *conn)
{
	return conn->rules && conn->rules->proxy;
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
    {wants_proxy, proxy_step, proxy_late},
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

/* Input left unread would turn the close into a reset that overtakes the page. Who speaks TLS can
 * be told nothing before the handshake, which is what there are too many of. */
static void
tell_refused(Conn *conn)
{
	int descriptor = conn->transport->descriptor;
	g_autoptr(GString) page = NULL;

	if (descriptor < 0 || wants_proxy(conn) || wants_tls(conn) || !wants_http(conn))
		return;
	page = ws_refusal(HTTP_UNAVAILABLE);
	(void)!recv(descriptor, conn->loop->read_buffer, IO_TURN_BYTES, MSG_DONTWAIT);
	(void)!send(descriptor, page->str, page->len, MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool
conn_prelude_admit(Conn *conn, const ConnInfo *info)
{
	IoLoop *loop = conn->loop;
	CloseReason reason;

	conn->in_prelude = find_stage(conn);
	if (!loop->peer_limits ||
	    peer_limits_enter(loop->peer_limits, info, conn->in_prelude, &conn->place, &reason))
		return true;
	if (!conn->in_prelude) {
		conn->is_crowded = true; /* the sink can tell it why */
		return true;
	}
	io_stats_add(&loop->stats.closed[reason], 1);
	tell_refused(conn);
	return false;
}

void
conn_prelude_end(Conn *conn)
{
	if (conn->in_prelude)
		peer_limits_opened(conn->loop->peer_limits, conn->place);
	conn->in_prelude = false;
}

void
conn_leave_address(Conn *conn)
{
	conn_prelude_end(conn);
	peer_limits_leave(conn->loop->peer_limits, g_steal_pointer(&conn->place));
}

void
conn_prelude_begin(Conn *conn, const ConnInfo *info)
{
	ConnInfo copy = *info;

	copy.private_link |= info->unix_socket || net_is_loopback(info->address);
	if (find_stage(conn))
		conn->info = g_memdup2(&copy, sizeof copy);
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

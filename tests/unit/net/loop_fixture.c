/* SPDX-License-Identifier: MIT */
#include "loop_fixture.h"

#include "net/listen_socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

const IoProfile fixture_profile = {
    .line_max = 510,
    .recvq_max = IO_TURN_BYTES,
    .sendq_max = 1 << 20,
    .credit = 64,
    .registration_timeout = 20 * CLOCK_SECOND,
    .expects_text = true,
    .tls_to_plain = "ERROR :no TLS here\r\n",
    .plain_to_tls = "ERROR :TLS only\r\n",
    .no_descriptor = "ERROR :full\r\n",
    .registration_timeout_line = "ERROR :too slow\r\n",
    .recvq_exceeded = "ERROR :too much\r\n",
};

static FixtureConn *
find(LoopFixture *fixture, Handle handle)
{
	for (guint i = fixture->conns->len; i-- > 0;) {
		FixtureConn *conn = fixture->conns->pdata[i];

		if (handle_equal(conn->handle, handle))
			return conn;
	}
	g_assert_not_reached();
}

static void
free_conn(gpointer data)
{
	FixtureConn *conn = data;

	g_ptr_array_unref(conn->lines);
	g_array_unref(conn->flags);
	g_free(conn->detail);
	g_free(conn);
}

static void
on_opened(void *data, Handle handle, const ConnInfo *info)
{
	LoopFixture *fixture = data;
	FixtureConn *conn = g_new0(FixtureConn, 1);

	conn->handle = handle;
	conn->info = *info;
	conn->lines = g_ptr_array_new_with_free_func(g_free);
	conn->flags = g_array_new(FALSE, FALSE, sizeof(unsigned));
	pthread_mutex_lock(&fixture->mutex);
	g_ptr_array_add(fixture->conns, conn);
	pthread_mutex_unlock(&fixture->mutex);
}

static void
on_input(void *data, Handle handle, char *line, size_t length, unsigned flags)
{
	LoopFixture *fixture = data;
	FixtureConn *conn;

	g_assert_cmpint(line[length], ==, '\0');
	pthread_mutex_lock(&fixture->mutex);
	conn = find(fixture, handle);
	g_assert_false(conn->closed);
	g_ptr_array_add(conn->lines, g_strndup(line, length));
	g_array_append_val(conn->flags, flags);
	pthread_mutex_unlock(&fixture->mutex);
	if (fixture->echo) {
		Delivery reply = {handle, line_new_sized(length + 1), 0, DELIVERY_SEND};

		memcpy(reply.line->data, line, length);
		reply.line->data[length] = '\n';
		g_array_append_val(fixture->replies, reply);
	}
	if (fixture->echo || fixture->credit) {
		Delivery credit = {handle, NULL, 1, DELIVERY_CREDIT};

		g_array_append_val(fixture->replies, credit);
	}
}

static void
on_ended(void *data, Handle handle)
{
	LoopFixture *fixture = data;
	Delivery end = {handle, NULL, CLOSE_PEER, DELIVERY_CLOSE};
	FixtureConn *conn;

	pthread_mutex_lock(&fixture->mutex);
	conn = find(fixture, handle);
	g_assert_false(conn->ended || conn->closed);
	conn->ended = true;
	pthread_mutex_unlock(&fixture->mutex);
	if (!fixture->answers_late)
		g_array_append_val(fixture->replies, end);
}

static void
on_closed(void *data, Handle handle, CloseReason reason, const char *detail)
{
	LoopFixture *fixture = data;
	FixtureConn *conn;

	pthread_mutex_lock(&fixture->mutex);
	conn = find(fixture, handle);
	g_assert_false(conn->closed);
	conn->closed = true;
	conn->reason = reason;
	conn->detail = g_strdup(detail);
	pthread_mutex_unlock(&fixture->mutex);
}

static void
on_drained(void *data, Handle handle)
{
	LoopFixture *fixture = data;

	pthread_mutex_lock(&fixture->mutex);
	find(fixture, handle)->drained++;
	pthread_mutex_unlock(&fixture->mutex);
}

static void
on_counted(void *data, const TrafficAnswer *answer)
{
	LoopFixture *fixture = data;

	fixture->counted = *answer;
	memcpy(fixture->counted_rows, answer->rows, answer->count * sizeof answer->rows[0]);
}

static void
on_turn(void *data)
{
	LoopFixture *fixture = data;

	fixture->turns++;
	io_loop_deliver(
	    fixture->loop, (Delivery *)(void *)fixture->replies->data, fixture->replies->len);
	g_array_set_size(fixture->replies, 0);
}

static void
on_log(void *data, const LogEvent *event)
{
	((LoopFixture *)data)->n_logged++;
}

void
fixture_init(LoopFixture *fixture, const IoProfile *profile, const Clock *clock, bool threaded)
{
	IoConfig config;
	IoSink sink = {
	    .data = fixture,
	    .opened = on_opened,
	    .input = on_input,
	    .ended = on_ended,
	    .closed = on_closed,
	    .drained = on_drained,
	    .counted = on_counted,
	    .turn = on_turn,
	};
	g_autoptr(GError) error = NULL;

	memset(fixture, 0, sizeof *fixture);
	fixture->clock = clock ? *clock : clock_system();
	fixture->log = log_new(&fixture->clock);
	log_add_sink(fixture->log, LOG_LEVEL_DEBUG, on_log, fixture);
	pthread_mutex_init(&fixture->mutex, NULL);
	fixture->conns = g_ptr_array_new_with_free_func(free_conn);
	fixture->replies = g_array_new(FALSE, FALSE, sizeof(Delivery));
	config = (IoConfig){.clock = &fixture->clock, .log = fixture->log};
	config.profiles[0] = *profile;
	if (!threaded)
		fixture->base = event_base_new();
	fixture->loop = io_loop_new(3, fixture->base, &config, sink, &error);
	g_assert_no_error(error);
}

void
fixture_clear(LoopFixture *fixture)
{
	if (!fixture->base)
		io_loop_stop(fixture->loop);
	io_loop_free(fixture->loop);
	if (fixture->base)
		event_base_free(fixture->base);
	g_ptr_array_unref(fixture->conns);
	g_array_unref(fixture->replies);
	pthread_mutex_destroy(&fixture->mutex);
	log_free(fixture->log);
}

static void
turn(LoopFixture *fixture, int flags)
{
	if (!fixture->base) {
		g_thread_yield();
		return;
	}
	event_base_loop(fixture->base, flags);
	io_loop_end_input(fixture->loop);
	io_loop_run_inbox(fixture->loop);
	io_loop_flush(fixture->loop);
}

void
fixture_turn(LoopFixture *fixture)
{
	turn(fixture, EVLOOP_ONCE | EVLOOP_NONBLOCK);
}

void
fixture_wait(LoopFixture *fixture)
{
	turn(fixture, EVLOOP_ONCE);
}

void
fixture_turns(LoopFixture *fixture, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		fixture_turn(fixture);
}

unsigned
fixture_count(LoopFixture *fixture)
{
	unsigned count;

	pthread_mutex_lock(&fixture->mutex);
	count = fixture->conns->len;
	pthread_mutex_unlock(&fixture->mutex);
	return count;
}

FixtureConn *
fixture_conn(LoopFixture *fixture, unsigned index)
{
	FixtureConn *conn;

	pthread_mutex_lock(&fixture->mutex);
	g_assert_cmpuint(index, <, fixture->conns->len);
	conn = fixture->conns->pdata[index];
	pthread_mutex_unlock(&fixture->mutex);
	return conn;
}

unsigned
fixture_n_lines(LoopFixture *fixture, unsigned index)
{
	FixtureConn *conn = fixture_conn(fixture, index);
	unsigned count;

	pthread_mutex_lock(&fixture->mutex);
	count = conn->lines->len;
	pthread_mutex_unlock(&fixture->mutex);
	return count;
}

bool
fixture_has_ended(LoopFixture *fixture, unsigned index)
{
	FixtureConn *conn = fixture_conn(fixture, index);
	bool ended;

	pthread_mutex_lock(&fixture->mutex);
	ended = conn->ended;
	pthread_mutex_unlock(&fixture->mutex);
	return ended;
}

bool
fixture_is_closed(LoopFixture *fixture, unsigned index)
{
	FixtureConn *conn = fixture_conn(fixture, index);
	bool closed;

	pthread_mutex_lock(&fixture->mutex);
	closed = conn->closed;
	pthread_mutex_unlock(&fixture->mutex);
	return closed;
}

void
fixture_deliver(
    LoopFixture *fixture, unsigned index, DeliveryKind kind, uint32_t value, const char *text)
{
	Delivery delivery = {fixture_conn(fixture, index)->handle,
	    text ? line_new(text, strlen(text)) : NULL, value, (uint8_t)kind};

	io_loop_deliver(fixture->loop, &delivery, 1);
}

void
fixture_send(LoopFixture *fixture, unsigned index, const char *text)
{
	fixture_deliver(fixture, index, DELIVERY_SEND, 0, text);
}

uint16_t
fixture_listen(LoopFixture *fixture, TlsContext *tls)
{
	g_autoptr(GError) error = NULL;
	IoListen listen = {.id = 7, .tls = tls};

	listen.descriptor = listen_socket_tcp("127.0.0.1", 0, false, LISTEN_BACKLOG, &error);
	g_assert_no_error(error);
	io_loop_listen(fixture->loop, &listen);
	return listen_socket_port(listen.descriptor);
}

int
fixture_connect(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	g_assert_cmpint(descriptor, >=, 0);
	g_assert_cmpint(connect(descriptor, (struct sockaddr *)&address, sizeof address), ==, 0);
	g_assert_true(g_unix_set_fd_nonblocking(descriptor, TRUE, NULL));
	return descriptor;
}

bool
fixture_receive(int descriptor, GString *text)
{
	char buffer[4096];
	ssize_t got = recv(descriptor, buffer, sizeof buffer, 0);

	if (got > 0)
		g_string_append_len(text, buffer, got);
	return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

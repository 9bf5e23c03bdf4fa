/* SPDX-License-Identifier: MIT */
#include "net/io_loop.h"

#include "net/conn.h"
#include "net/io_loop_private.h"
#include "net/listener.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define CONNS_MAX CONN_INDEX_MASK
/* How long a loop writes before it looks at its descriptors again. */
#define FLUSH_SLICE (10 * CLOCK_MILLISECOND)
#define FLUSH_CHECK 64u

void
io_loop_begin_turn(IoLoop *loop)
{
	if (loop->turn_began == 0)
		loop->turn_began = clock_monotonic(loop->clock);
}

void
io_loop_again(IoLoop *loop)
{
	event_active(loop->again_event, EV_TIMEOUT, 1);
}

bool
io_loop_is_busy(const IoLoop *loop)
{
	return loop->reported || loop->dirty->len > 0 || loop->resume->len > 0;
}

void
io_loop_post(IoLoop *loop, Mail *mail)
{
	mailbox_post(loop->inbox, &mail->item);
}

void
io_loop_run_mail(IoLoop *loop)
{
	MailItem *next;

	for (MailItem *item = mailbox_take(loop->inbox); item; item = next) {
		Mail *mail = (Mail *)item;

		next = item->next;
		io_loop_begin_turn(loop);
		mail->run(loop, mail);
	}
}

Conn *
io_loop_conn(const IoLoop *loop, Handle handle)
{
	if (conn_loop(handle) != loop->number)
		return NULL;
	handle.index &= CONN_INDEX_MASK;
	return slots_get(loop->conns, handle);
}

size_t
io_loop_unsent(IoLoop *loop, Handle conn)
{
	const Conn *found = io_loop_conn(loop, conn);

	return found ? found->output.bytes : 0;
}

void
io_loop_take_socket(IoLoop *loop, int descriptor, TlsContext *tls, ListenRules *rules,
    const ConnInfo *info, unsigned profile)
{
	bool asks = !(rules && rules->websocket);
	Transport *transport =
	    tls ? transport_tls_new(descriptor, tls, asks) : transport_plain_new(descriptor);

	if (transport)
		conn_new(loop, transport, rules, info, profile);
	else
		io_stats_add(&loop->stats.closed[CLOSE_TLS_HANDSHAKE], 1);
}

const IoStats *
io_loop_stats(const IoLoop *loop)
{
	return &loop->stats;
}

/* The list as it is now; a new one takes its place while it is walked. */
static GPtrArray *
take_list(IoLoop *loop, GPtrArray **list)
{
	GPtrArray *taken = *list;

	*list = loop->spare ? g_steal_pointer(&loop->spare) : g_ptr_array_new();
	return taken;
}

static void
give_list(IoLoop *loop, GPtrArray *list)
{
	g_ptr_array_set_size(list, 0);
	if (loop->spare)
		g_ptr_array_unref(list);
	else
		loop->spare = list;
}

static void
run_resume(IoLoop *loop)
{
	GPtrArray *list;

	if (loop->resume->len == 0)
		return;
	io_loop_begin_turn(loop);
	list = take_list(loop, &loop->resume);
	for (guint i = 0; i < list->len; i++) {
		Conn *conn = list->pdata[i];

		conn->in_resume = false;
		conn_resume(conn);
	}
	give_list(loop, list);
}

void
io_loop_end_input(IoLoop *loop)
{
	int64_t now = clock_monotonic(loop->clock);

	if (timers_next(loop->timers) <= now) {
		io_loop_begin_turn(loop);
		timers_run(loop->timers, now);
	}
	run_resume(loop);
	if (!loop->reported)
		return;
	loop->reported = false;
	loop->sink.turn(loop->sink.data);
}

void
io_loop_run_inbox(IoLoop *loop)
{
	io_loop_run_mail(loop);
}

/* Puts what the slice did not reach before what came meanwhile. */
static void
keep_rest(IoLoop *loop, GPtrArray *list, guint done)
{
	GPtrArray *fresh = loop->dirty;

	g_ptr_array_remove_range(list, 0, done);
	for (guint i = 0; i < fresh->len; i++)
		g_ptr_array_add(list, fresh->pdata[i]);
	loop->dirty = list;
	give_list(loop, fresh);
	io_loop_again(loop);
}

static void
flush_dirty(IoLoop *loop)
{
	GPtrArray *list;
	int64_t end;

	if (loop->dirty->len == 0)
		return;
	io_loop_begin_turn(loop);
	list = take_list(loop, &loop->dirty);
	end = clock_monotonic(loop->clock) + FLUSH_SLICE;
	for (guint i = 0; i < list->len; i++) {
		Conn *conn = list->pdata[i];

		if (i % FLUSH_CHECK == FLUSH_CHECK - 1 && clock_monotonic(loop->clock) > end) {
			keep_rest(loop, list, i);
			return;
		}
		conn->in_dirty = false;
		conn_flush(conn);
	}
	give_list(loop, list);
}

static void
bury_dead(IoLoop *loop)
{
	guint kept = 0;

	for (guint i = 0; i < loop->dead->len; i++) {
		Conn *conn = loop->dead->pdata[i];

		if (conn->in_dirty || conn->in_resume)
			loop->dead->pdata[kept++] = conn;
		else
			conn_free(conn);
	}
	g_ptr_array_set_size(loop->dead, (gint)kept);
	if (!loop->descriptor_closed)
		return;
	loop->descriptor_closed = false;
	for (guint i = 0; i < loop->listeners->len; i++)
		listener_resume(loop->listeners->pdata[i]);
}

static void
arm_timer(IoLoop *loop)
{
	int64_t next = timers_next(loop->timers);
	struct timeval wait;
	int64_t left;

	if (next >= loop->timer_armed)
		return; /* it fires early at worst, and is armed again then */
	left = MAX(next - clock_monotonic(loop->clock), 0);
	wait.tv_sec = (time_t)(left / CLOCK_SECOND);
	wait.tv_usec = (suseconds_t)(left % CLOCK_SECOND);
	event_add(loop->timer_event, &wait);
	loop->timer_armed = next;
}

static void
count_turn(IoLoop *loop)
{
	uint64_t took;

	if (loop->turn_began == 0)
		return;
	took = (uint64_t)(clock_monotonic(loop->clock) - loop->turn_began);
	loop->turn_began = 0;
	io_stats_add(&loop->stats.turns, 1);
	if (took > io_stats_get(&loop->stats.longest_turn))
		atomic_store_explicit(&loop->stats.longest_turn, took, memory_order_relaxed);
}

void
io_loop_flush(IoLoop *loop)
{
	flush_dirty(loop);
	bury_dead(loop);
	arm_timer(loop);
	if (loop->reported || loop->resume->len > 0)
		io_loop_again(loop);
	count_turn(loop);
}

/* Takes the mail, so that the descriptor is not ready any more: an owner's base may be in a mode
 * where it goes round until nothing is. */
static void
inbox_event(evutil_socket_t descriptor, short events, void *data)
{
	io_loop_run_mail(data);
}

static void
again_event(evutil_socket_t descriptor, short events, void *data)
{
	io_loop_begin_turn(data);
}

static void
timer_event(evutil_socket_t descriptor, short events, void *data)
{
	IoLoop *loop = data;

	loop->timer_armed = INT64_MAX;
}

static void *
loop_thread(void *data)
{
	IoLoop *loop = data;

	while (!loop->stopping) {
		event_base_loop(loop->base, EVLOOP_ONCE);
		io_loop_end_input(loop);
		io_loop_run_inbox(loop);
		io_loop_flush(loop);
	}
	io_loop_end_input(loop);
	return NULL;
}

bool
io_loop_start(IoLoop *loop, GError **error)
{
	sigset_t all, before;
	int code;

	g_assert(loop->owns_base && !loop->started);
	/* Signals are the main thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	code = pthread_create(&loop->thread, NULL, loop_thread, loop);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (code != 0) {
		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(code),
		    "cannot start an I/O thread: %s", g_strerror(code));
		return false;
	}
	loop->started = true;
	return true;
}

static void
free_listener(gpointer listener)
{
	listener_free(listener);
}

static bool
make_events(IoLoop *loop)
{
	loop->inbox_event = event_new(
	    loop->base, mailbox_descriptor(loop->inbox), EV_READ | EV_PERSIST, inbox_event, loop);
	loop->timer_event = event_new(loop->base, -1, 0, timer_event, loop);
	loop->again_event = event_new(loop->base, -1, 0, again_event, loop);
	return loop->inbox_event && loop->timer_event && loop->again_event &&
	       event_add(loop->inbox_event, NULL) == 0;
}

static struct event_base *
make_base(void)
{
	struct event_config *config = event_config_new();
	struct event_base *base = NULL;

	if (config && event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK) == 0)
		base = event_base_new_with_config(config);
	if (config)
		event_config_free(config);
	return base;
}

IoLoop *
io_loop_new(
    unsigned number, struct event_base *base, const IoConfig *config, IoSink sink, GError **error)
{
	g_autoptr(IoLoop) loop = g_new0(IoLoop, 1);

	g_assert(number < CONN_LOOPS_MAX);
	loop->number = number;
	loop->owns_base = !base;
	loop->sink = sink;
	loop->clock = config->clock;
	loop->log = config->log;
	loop->peer_limits = config->peer_limits;
	memcpy(loop->profiles, config->profiles, sizeof loop->profiles);
	loop->timers = timers_new();
	loop->conns = slots_new(CONNS_MAX);
	loop->dirty = g_ptr_array_new();
	loop->resume = g_ptr_array_new();
	loop->dead = g_ptr_array_new();
	loop->listeners = g_ptr_array_new_with_free_func(free_listener);
	loop->reserve = -1;
	loop->timer_armed = INT64_MAX;
	loop->read_buffer = g_malloc(IO_TURN_BYTES + 1);
	loop->write_buffer = g_malloc(IO_TURN_BYTES);
	loop->inbox = mailbox_new();
	loop->base = base ? base : make_base();
	if (!loop->inbox || !loop->base || !make_events(loop)) {
		int saved = errno;

		g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(saved),
		    "cannot make an I/O loop: %s", g_strerror(saved));
		return NULL;
	}
	return g_steal_pointer(&loop);
}

static void
ignore_opened(void *data, Handle conn, const ConnInfo *info)
{
}

static void
ignore_closed(void *data, Handle conn, CloseReason reason, const char *detail)
{
}

/* Mail that nobody will deal with holds lines and sockets: run it, then end what there is. The
 * sink's owner may be gone already. */
static void
end_conns(IoLoop *loop)
{
	uint32_t cursor = 0;
	Conn *conn;

	loop->sink.opened = ignore_opened;
	loop->sink.closed = ignore_closed;
	if (!loop->inbox || !loop->base)
		return;
	io_loop_run_mail(loop);
	g_ptr_array_set_size(loop->listeners, 0);
	while ((conn = slots_next(loop->conns, &cursor)))
		conn_abort(conn);
	io_loop_run_mail(loop); /* what a transport announced while it was adopted */
	for (guint i = 0; i < loop->dead->len; i++)
		conn_free(loop->dead->pdata[i]);
	g_ptr_array_set_size(loop->dead, 0);
}

void
io_loop_free(IoLoop *loop)
{
	if (!loop)
		return;
	g_assert(!loop->started);
	end_conns(loop);
	if (loop->inbox_event)
		event_free(loop->inbox_event);
	if (loop->timer_event)
		event_free(loop->timer_event);
	if (loop->again_event)
		event_free(loop->again_event);
	if (loop->owns_base && loop->base)
		event_base_free(loop->base);
	mailbox_free(loop->inbox);
	if (loop->reserve >= 0)
		close(loop->reserve);
	g_ptr_array_unref(loop->listeners);
	g_ptr_array_unref(loop->dead);
	g_ptr_array_unref(loop->resume);
	g_ptr_array_unref(loop->dirty);
	if (loop->spare)
		g_ptr_array_unref(loop->spare);
	slots_free(loop->conns);
	timers_free(loop->timers);
	g_free(loop->read_buffer);
	g_free(loop->write_buffer);
	g_free(loop);
}

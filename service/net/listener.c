/* SPDX-License-Identifier: MIT */
#include "net/listener.h"

#include "net/io_loop_private.h"
#include "net/listen_socket.h"
#include "net/peer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ACCEPT_BUDGET 64
#define PAUSE (250 * CLOCK_MILLISECOND)
#define LOG_INTERVAL (10 * CLOCK_SECOND)

struct Listener {
	IoLoop *loop;
	IoListen listen;
	struct event event;
	Timer pause;
	bool paused;
	unsigned next_loop;
	uint16_t port;
};

static void
open_reserve(IoLoop *loop)
{
	if (loop->reserve < 0)
		loop->reserve = open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static int
accept_one(Listener *listener, struct sockaddr_storage *address)
{
	socklen_t size = sizeof *address;

	address->ss_family = AF_UNSPEC;
	return accept4(listener->listen.descriptor, (struct sockaddr *)address, &size,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);
}

/* Gives up the reserve to tell one peer that there is no room. */
static void
tell_one(Listener *listener)
{
	IoLoop *loop = listener->loop;
	const char *line = loop->profiles[listener->listen.profile].no_descriptor;
	struct sockaddr_storage address;
	int descriptor;

	if (loop->reserve < 0)
		return;
	close(loop->reserve);
	loop->reserve = -1;
	descriptor = accept_one(listener, &address);
	if (descriptor >= 0) {
		/* Input left unread would turn the close into a reset that overtakes the line. */
		(void)!recv(descriptor, loop->read_buffer, IO_TURN_BYTES, MSG_DONTWAIT);
		if (*line && !listener->listen.tls)
			(void)!send(descriptor, line, strlen(line), MSG_NOSIGNAL | MSG_DONTWAIT);
		close(descriptor);
		io_stats_add(&loop->stats.closed[CLOSE_OUT_OF_DESCRIPTORS], 1);
	}
	open_reserve(loop);
}

static void
log_starved(IoLoop *loop, int error)
{
	int64_t now = clock_monotonic(loop->clock);

	if (!loop->log || (loop->starved_logged && now - loop->starved_logged < LOG_INTERVAL))
		return;
	loop->starved_logged = now;
	log_event(loop->log, LOG_LEVEL_WARN, "listener", "LISTENER_PAUSED", NULL,
	    "cannot accept: %s; peers are told in turn and others wait", g_strerror(error));
}

static void
pause_over(Timer *timer, void *data)
{
	listener_resume(data);
}

static void
starved(Listener *listener, int error)
{
	IoLoop *loop = listener->loop;

	event_del(&listener->event);
	listener->paused = true;
	timers_set(loop->timers, &listener->pause, clock_monotonic(loop->clock) + PAUSE, pause_over,
	    listener);
	io_stats_add(&loop->stats.descriptor_pauses, 1);
	if (error == EMFILE || error == ENFILE)
		tell_one(listener);
	log_starved(loop, error);
}

static void
hand_over(Listener *listener, int descriptor, const struct sockaddr_storage *address)
{
	const IoListen *listen = &listener->listen;
	IoLoop *loop = listener->loop;
	ConnInfo info = {.listener = listen->id, .local_port = listener->port};

	peer_describe(descriptor, address, &info);
	io_stats_add(&loop->stats.accepted, 1);
	if (listen->n_loops > 0)
		loop = listen->loops[listener->next_loop++ % listen->n_loops];
	if (loop == listener->loop)
		io_loop_take_socket(
		    loop, descriptor, listen->tls, listen->rules, &info, listen->profile);
	else
		io_loop_adopt_socket(
		    loop, descriptor, listen->tls, listen->rules, &info, listen->profile);
}

static void
listener_event(evutil_socket_t event_descriptor, short events, void *data)
{
	Listener *listener = data;

	io_loop_begin_turn(listener->loop);
	for (int i = 0; i < ACCEPT_BUDGET; i++) {
		struct sockaddr_storage address;
		int descriptor = accept_one(listener, &address);

		if (descriptor >= 0) {
			hand_over(listener, descriptor, &address);
			continue;
		}
		if (errno == EAGAIN || errno == EWOULDBLOCK)
			return;
		/* accept(2): network errors of a connection that is gone already. */
		if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO ||
		    errno == ENETDOWN || errno == ENOPROTOOPT || errno == EHOSTDOWN ||
		    errno == ENONET || errno == EHOSTUNREACH || errno == ENETUNREACH ||
		    errno == EPERM)
			continue;
		starved(listener, errno);
		return;
	}
}

Listener *
listener_new(IoLoop *loop, const IoListen *listen)
{
	Listener *listener = g_new0(Listener, 1);

	listener->loop = loop;
	listener->listen = *listen;
	if (listen->tls)
		tls_context_ref(listen->tls);
	listen_rules_ref(listen->rules);
	listener->port = listen_socket_port(listen->descriptor);
	open_reserve(loop);
	event_assign(&listener->event, loop->base, listen->descriptor, EV_READ | EV_PERSIST,
	    listener_event, listener);
	event_add(&listener->event, NULL);
	return listener;
}

void
listener_free(Listener *listener)
{
	if (!listener)
		return;
	event_del(&listener->event);
	timers_cancel(listener->loop->timers, &listener->pause);
	close(listener->listen.descriptor);
	tls_context_unref(listener->listen.tls);
	listen_rules_unref(listener->listen.rules);
	g_free(listener);
}

uint32_t
listener_id(const Listener *listener)
{
	return listener->listen.id;
}

void
listener_resume(Listener *listener)
{
	if (!listener->paused)
		return;
	listener->paused = false;
	timers_cancel(listener->loop->timers, &listener->pause);
	open_reserve(listener->loop);
	event_add(&listener->event, NULL);
}

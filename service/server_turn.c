/* SPDX-License-Identifier: MIT */
#include "server_private.h"

#include "presence_keeper.h"

#include <signal.h>

static void
nothing(evutil_socket_t descriptor, short what, void *data)
{
	/* Waking up was all: the turn that follows does the work. */
}

static void
on_stop_signal(evutil_socket_t signal_number, short what, void *data)
{
	server_stop(data, "Server shutting down");
}

static void
on_reload_signal(evutil_socket_t signal_number, short what, void *data)
{
	Server *server = data;

	if (!server_reload(server, "SIGHUP", NULL, NULL))
		log_event(server->options.log, LOG_LEVEL_WARN, "config", "CONFIG_BUSY", NULL,
		    "The configuration is being read already");
}

void
server_arm(Server *server)
{
	server->wake = event_new(server->base, -1, 0, nothing, NULL);
	server->answer_event = event_new(
	    server->base, mailbox_descriptor(server->answers), EV_READ | EV_PERSIST, nothing, NULL);
	server->gate_event = event_new(
	    server->base, gate_descriptor(server->gate), EV_READ | EV_PERSIST, nothing, NULL);
	event_add(server->answer_event, NULL);
	event_add(server->gate_event, NULL);
}

void
server_arm_signals(Server *server)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
	sigset_t held;

	for (unsigned i = 0; i < G_N_ELEMENTS(numbers); i++) {
		server->signals[i] = evsignal_new(server->base, numbers[i],
		    numbers[i] == SIGHUP ? on_reload_signal : on_stop_signal, server);
		event_add(server->signals[i], NULL);
	}
	/* What came before there was somebody to hear it comes now. */
	sigemptyset(&held);
	sigaddset(&held, SIGHUP);
	pthread_sigmask(SIG_UNBLOCK, &held, NULL);
}

Ctx
server_ctx(Server *server)
{
	return (Ctx){
	    .community = server->community,
	    .out = &server->out,
	    .host = &server->host,
	    .records = server->store ? &server->records : NULL,
	    .random = server->options.random,
	    .actor = {.kind = ACTOR_SERVICE, .name = server->community->server_name},
	    .now = clock_wall(server->options.clock),
	    .monotonic = clock_monotonic(server->options.clock),
	};
}

static void
arm_wake(Server *server)
{
	int64_t now = clock_monotonic(server->options.clock);
	int64_t due = timers_next(server->timers);
	struct timeval wait;

	if (server->stopping)
		due = MIN(due, MIN(server->stop_deadline, now + 20 * CLOCK_MILLISECOND));
	if (due == INT64_MAX) {
		event_del(server->wake);
		return;
	}
	due = MAX(0, due - now);
	wait = (struct timeval){.tv_sec = due / CLOCK_SECOND, .tv_usec = due % CLOCK_SECOND};
	event_add(server->wake, &wait);
}

void
server_take_answers(Server *server)
{
	MailItem *item = server->answers ? mailbox_take(server->answers) : NULL;

	while (item) {
		MailItem *next = item->next;

		work_finish(item);
		item = next;
	}
}

static void
hand_over(Server *server)
{
	counter_add(&server->out.counters, COUNTER_TURNS, 1);
	server->out.counters.values[COUNTER_LINES_QUEUED] = server->out.outbox.queued;
	/* Loop 0 runs on this very thread. */
	io_loop_run_inbox(server->loops[0]);
	for (unsigned i = 0; i < server->n_loops; i++) {
		size_t count;
		const Delivery *deliveries = outbox_take(&server->out.outbox, i, &count);

		(i == 0 ? io_loop_deliver_here : io_loop_deliver)(
		    server->loops[i], deliveries, count);
	}
	io_loop_flush(server->loops[0]);
}

/* What a turn does, in this order: hear what came in, act, send; the dead are buried by the flush.
 */
static void
work_turn(Server *server)
{
	int64_t begin = clock_monotonic(server->options.clock);
	uint64_t took;

	io_loop_end_input(server->loops[0]);
	gate_receive(server->gate);
	server_take_answers(server);
	timers_run(server->timers, clock_monotonic(server->options.clock));
	gate_resume(server->gate);
	if (server->keeper)
		presence_keeper_end_turn(server->keeper);
	if (server->recorder)
		recorder_end_turn(server->recorder);
	hand_over(server);
	took = (uint64_t)(clock_monotonic(server->options.clock) - begin);
	server->turn_longest = MAX(server->turn_longest, took);
}

bool
server_turn(Server *server, bool wait)
{
	bool busy = io_loop_is_busy(server->loops[0]);

	if (wait && !busy)
		arm_wake(server);
	event_base_loop(server->base, EVLOOP_ONCE | (wait && !busy ? 0 : EVLOOP_NONBLOCK));
	work_turn(server);
	if (!server->stopping)
		return true;
	return gate_connections(server->gate) > 0 &&
	       clock_monotonic(server->options.clock) < server->stop_deadline;
}

bool
server_is_settled(const Server *server)
{
	const GHashTable *kept = server->records.kept;

	return server->records.asked == 0 && (!kept || g_hash_table_size((GHashTable *)kept) == 0);
}

void
server_stop(Server *server, const char *reason)
{
	if (server->stopping)
		return;
	server->stopping = true;
	server->stop_deadline = clock_monotonic(server->options.clock) + SERVER_STOP_TIME;
	log_event(server->options.log, LOG_LEVEL_INFO, "main", "SERVICE_STOPPING", NULL,
	    "Stopping: %s", reason);
	if (server->notify)
		notify_stopping(server->notify, reason);
	control_set_state(server->control, "stopping");
	gate_close_all(server->gate, CLOSE_SHUTDOWN, reason);
}

static void
feed_watchdog(Timer *timer, void *data)
{
	Server *server = data;

	notify_watchdog(server->notify);
	timers_set(server->timers, timer,
	    clock_monotonic(server->options.clock) + notify_watchdog_interval() / 2, feed_watchdog,
	    server);
}

void
server_run(Server *server)
{
	server->notify = notify_open();
	control_set_state(server->control, "running");
	log_event(server->options.log, LOG_LEVEL_INFO, "main", "SERVICE_STARTED", NULL,
	    "chatd %s serves %s as %s", CHAT_VERSION, server->community->network,
	    server->community->server_name);
	notify_ready(server->notify, NULL);
	if (server->notify && notify_watchdog_interval() > 0)
		feed_watchdog(&server->watchdog, server);
	while (server_turn(server, true))
		;
	log_event(server->options.log, LOG_LEVEL_INFO, "main", "SERVICE_STOPPED", NULL, "Stopped");
}

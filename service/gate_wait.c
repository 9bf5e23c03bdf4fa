/* SPDX-License-Identifier: MIT */
#include "gate_private.h"

#include "cmd/dispatch.h"

#include <string.h>

static const char *
moved(const char *view, const GateInput *from, const GateInput *to)
{
	return view ? (const char *)to + (view - (const char *)from) : NULL;
}

/* A copy whose message points into the copy. */
static GateInput *
copy_input(const GateInput *input)
{
	GateInput *copy = g_memdup2(input, input->head.size);

	copy->message.tags = moved(input->message.tags, input, copy);
	copy->message.source = moved(input->message.source, input, copy);
	copy->message.verb = moved(input->message.verb, input, copy);
	for (unsigned i = 0; i < input->message.n_params; i++)
		copy->message.params[i] = moved(input->message.params[i], input, copy);
	return copy;
}

static void run_waiting(Timer *timer, void *data);

/* May the line run now? If not, a timer is set for when it may, unless a job comes first. */
static bool
may_run(Gate *gate, Session *session, const GateInput *input)
{
	const SettingsLimits *limits = gate->setup.community->settings->limits;
	GateWait *wait = session->gate;
	int64_t now = clock_monotonic(gate->setup.clock);
	int64_t when;

	if (session->pending || !gate_has_read(gate, session))
		return false;
	if (session_take_tokens(session, cmd_cost(&input->message), limits->flood_burst,
		limits->flood_rate, now, &when))
		return true;
	if (wait)
		timers_set(gate->setup.community->timers, &wait->timer, when, run_waiting, wait);
	return false;
}

static void
drain(Gate *gate, GateWait *wait)
{
	Session *session = wait->session;
	bool ended;

	while (session->stage != SESSION_CLOSING && !g_queue_is_empty(&wait->lines)) {
		GateInput *input = g_queue_peek_head(&wait->lines);

		if (!may_run(gate, session, input))
			break;
		g_queue_pop_head(&wait->lines);
		gate_run_line(gate, session, input);
		gate_line_done(gate, session->conn);
		g_free(input);
	}
	if (session->stage == SESSION_CLOSING) {
		gate_wait_drop(gate, session);
	} else if (!session->pending && g_queue_is_empty(&wait->lines)) {
		ended = wait->ended;
		gate_wait_drop(gate, session);
		if (ended)
			gate_end_client(gate, session);
	}
}

static void
run_waiting(Timer *timer, void *data)
{
	GateWait *wait = data;

	drain(wait->gate, wait);
}

static GateWait *
wait_new(Gate *gate, Session *session)
{
	GateWait *wait = g_new0(GateWait, 1);

	g_queue_init(&wait->lines);
	wait->session = session;
	wait->gate = gate;
	session->gate = wait;
	return wait;
}

static void
wait_for_turn(Gate *gate, Session *session, const GateInput *input)
{
	GateWait *wait = session->gate;

	if (wait) {
		g_queue_push_tail(&wait->lines, copy_input(input));
		return;
	}
	wait = wait_new(gate, session);
	g_queue_push_tail(&wait->lines, copy_input(input));
	counter_add(&gate->setup.out->counters, COUNTER_COMMANDS_DELAYED, 1);
	drain(gate, wait);
}

void
gate_client_input(Gate *gate, Session *session, const GateInput *input)
{
	session->heard_at = clock_monotonic(gate->setup.clock);
	session->ping_sent = false;
	if (session->stage == SESSION_CLOSING) {
		gate_line_done(gate, session->conn);
		return;
	}
	/* How many lines can wait is bounded by the credit of the connection. */
	if (session->gate || !may_run(gate, session, input)) {
		wait_for_turn(gate, session, input);
		return;
	}
	gate_run_line(gate, session, input);
	gate_line_done(gate, session->conn);
}

void
gate_client_ended(Gate *gate, Session *session)
{
	GateWait *wait = session->gate;

	if (session->stage == SESSION_CLOSING)
		return; /* its connection closes already */
	if (!wait && !session->pending) {
		gate_end_client(gate, session);
		return;
	}
	if (!wait)
		wait = wait_new(gate, session);
	wait->ended = true;
}

void
gate_wait_drop(Gate *gate, Session *session)
{
	GateWait *wait = session->gate;

	if (!wait)
		return;
	session->gate = NULL;
	timers_cancel(gate->setup.community->timers, &wait->timer);
	if (wait->is_ready)
		g_queue_unlink(&gate->ready, &wait->link);
	g_queue_clear_full(&wait->lines, g_free);
	g_free(wait);
}

void
gate_wait_over(Gate *gate, Session *session)
{
	GateWait *wait = session->gate;

	if (!wait || wait->is_ready)
		return;
	wait->is_ready = true;
	wait->link.data = wait;
	g_queue_push_tail_link(&gate->ready, &wait->link);
}

void
gate_resume(Gate *gate)
{
	GList *link;

	while ((link = g_queue_pop_head_link(&gate->ready))) {
		GateWait *wait = link->data;

		wait->is_ready = false;
		drain(gate, wait);
	}
}

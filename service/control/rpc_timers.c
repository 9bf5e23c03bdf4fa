/* SPDX-License-Identifier: MIT */
#include "control/rpc_timers.h"

#include "control/rows.h"

typedef struct RpcTimer {
	Timer timer;
	ControlSession *session;
	int64_t every; /* microseconds */
	json_t *request;
} RpcTimer;

static Timers *
timers_of(const ControlSession *session)
{
	return session->control->setup.community->timers;
}

static void
rpc_timer_free(gpointer data)
{
	RpcTimer *timer = data;

	timers_cancel(timers_of(timer->session), &timer->timer);
	json_decref(timer->request);
	g_free(timer);
}

static bool
may_fire(ControlSession *session)
{
	return !session->judge &&
	       session->output.unsent(session->output.data) <= CONTROL_PUSH_QUEUE_MAX;
}

static void
fire(Timer *due, void *data)
{
	RpcTimer *timer = data;
	ControlSession *session = timer->session;
	JsonRequest request;

	if (session->closing)
		return;
	timers_set(timers_of(session), due,
	    clock_monotonic(session->control->setup.clock) + timer->every, fire, timer);
	if (!may_fire(session))
		return;
	/* The call may end this timer, and changes its parameters: it gets a copy. */
	json_request_take(&request, json_deep_copy(timer->request));
	session_run_request(session, &request);
	json_request_clear(&request);
}

void
rpc_timers_clear(ControlSession *session)
{
	g_clear_pointer(&session->timers, g_hash_table_unref);
}

/* Method and role are looked at now, parameters when it runs. */
static bool
check_request(ControlCall *call, json_t *inner)
{
	const ControlMethod *method;
	JsonRequest request;

	json_request_take(&request, json_deep_copy(inner));
	method = request.code == 0 ? control_method_find(request.method) : NULL;
	if (request.code != 0)
		call_refuse(call, request.code, "Parameter 'request': %s", request.problem);
	else if (!method)
		call_refuse(call, CONTROL_ERROR_METHOD_NOT_FOUND, "Unsupported method");
	else if (call->role < method->role)
		call_refuse(call, CONTROL_ERROR_DENIED, "%s needs the role %s, you have %s",
		    method->name, role_name(method->role), role_name(call->role));
	json_request_clear(&request);
	return call->code == 0;
}

json_t *
method_rpc_add_timer(ControlCall *call)
{
	ControlSession *session = call->session;
	const char *id = call_string(call, "timer_id");
	json_t *inner = call_value(call, "request");
	RpcTimer *timer;

	if (!check_request(call, inner))
		return NULL;
	if (!session->timers)
		session->timers =
		    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, rpc_timer_free);
	if (g_hash_table_contains(session->timers, id))
		return call_refuse(
		    call, CONTROL_ERROR_ALREADY_EXISTS, "Timer with that ID already exists");
	if (g_hash_table_size(session->timers) >= RPC_TIMERS_MAX)
		return call_refuse(call, CONTROL_ERROR_TOO_MANY,
		    "A connection has at most %u timers", RPC_TIMERS_MAX);
	timer = g_new0(RpcTimer, 1);
	timer->session = session;
	timer->every = call_integer(call, "every_msec", RPC_TIMER_LEAST) * CLOCK_MILLISECOND;
	timer->request = json_deep_copy(inner);
	g_hash_table_insert(session->timers, g_strdup(id), timer);
	timers_set(timers_of(session), &timer->timer,
	    clock_monotonic(call->control->setup.clock) + timer->every, fire, timer);
	return json_true();
}

json_t *
method_rpc_del_timer(ControlCall *call)
{
	const char *id = call_string(call, "timer_id");

	if (!call->session->timers || !g_hash_table_remove(call->session->timers, id))
		return call_not_found(call, id, "Timer with that ID not found");
	return json_true();
}

/* SPDX-License-Identifier: MIT */
#include "control/control_server.h"

#include "control.h"
#include "control/control_answer.h"
#include "control/control_call.h"
#include "control/judge.h"
#include "control/rpc_timers.h"

void
session_send(ControlSession *session, Line *line)
{
	if (session->closing)
		line_unref(line);
	else
		session->output.send(session->output.data, line);
}

char *
session_actor_name(const ControlSession *session)
{
	if (!session->issuer)
		return g_strdup(session->who);
	return g_strdup_printf("%s for %s", session->who, session->issuer);
}

void
session_call_ended(ControlSession *session)
{
	if (session->calls->len > 0 || session->judge || !g_queue_is_empty(&session->early))
		return;
	session_flush_held(session);
	if (session->ended && !session->closing)
		session->output.close(session->output.data, CLOSE_PEER);
}

void
control_session_end(ControlSession *session)
{
	if (session->ended || session->closing)
		return;
	session->ended = true;
	session_call_ended(session);
}

/* Tells why and closes, for connections that never became a session. */
static void
turn_away(const ControlOutput *output, int code, const char *problem)
{
	JsonRequest nothing = {0};

	output->send(output->data, answer_error(&nothing, code, problem, NULL));
	output->close(output->data, CLOSE_NOT_ALLOWED);
}

ControlSession *
control_session_open(Control *control, const ControlPeer *peer, const ControlOutput *output)
{
	ControlSession *session;

	if (control->sessions->len >= CONTROL_SESSIONS_MAX) {
		turn_away(output, CONTROL_ERROR_TOO_MANY, "Too many control connections");
		return NULL;
	}
	session = g_new0(ControlSession, 1);
	session->control = control;
	session->peer = *peer;
	session->output = *output;
	session->who = g_strdup_printf("uid %lu", (unsigned long)peer->uid);
	session->calls = g_ptr_array_new();
	session->log_sources = log_sources_new();
	g_queue_init(&session->held);
	g_queue_init(&session->early);
	g_ptr_array_add(control->sessions, session);
	if (!judge_start(session)) {
		control_session_close(session);
		turn_away(output, CONTROL_ERROR_INTERNAL, "The service is stopping");
		return NULL;
	}
	return session;
}

/* Before the session may be gone: nothing of it is used after its last line. */
static void
run_early_lines(ControlSession *session)
{
	EarlyLine *early;

	while (!session->judge && (early = g_queue_pop_head(&session->early))) {
		session->early_bytes -= early->length;
		control_session_input(session, early->text, early->length, early->too_long);
		g_free(early);
	}
	if (session->ended && !session->judge)
		session_call_ended(session);
}

static void
refuse_session(ControlSession *session, const char *problem)
{
	JsonRequest nothing = {0};

	log_event(session->control->setup.log, LOG_LEVEL_WARN, "control", "CONTROL_REFUSED", NULL,
	    "%s", problem);
	session_send(session, answer_error(&nothing, CONTROL_ERROR_DENIED, problem, NULL));
	session->closing = true;
	session->output.close(session->output.data, CLOSE_NOT_ALLOWED);
}

void
session_judged(ControlSession *session, unsigned role, char *who, const char *refusal)
{
	bool first = !session->judged;

	if (who) {
		g_free(session->who);
		session->who = who;
	}
	if (session->closing)
		return;
	if (refusal) {
		refuse_session(session, refusal);
		return;
	}
	session->role = role;
	session->judged = true;
	if (first)
		log_event(session->control->setup.log, LOG_LEVEL_DEBUG, "control", "CONTROL_OPENED",
		    NULL, "%s connected as %s", session->who, role_name(role));
	run_early_lines(session);
}

void
control_session_close(ControlSession *session)
{
	if (!session)
		return;
	session->closing = true;
	judge_drop(session->judge);
	rpc_timers_clear(session);
	g_queue_clear_full(&session->early, g_free);
	while (session->calls->len > 0)
		call_abandon(g_ptr_array_steal_index_fast(session->calls, session->calls->len - 1));
	g_ptr_array_remove_fast(session->control->sessions, session);
	g_queue_clear_full(&session->held, (GDestroyNotify)line_unref);
	log_sources_free(session->log_sources);
	g_ptr_array_unref(session->calls);
	g_free(session->who);
	g_free(session->issuer);
	g_free(session);
}

/* An error outside any call; malformed ones end the session. */
static void
answer_bad_request(ControlSession *session, const JsonRequest *request)
{
	session_send(session, answer_error(request, request->code, request->problem, NULL));
	if (!request->fatal)
		return;
	session->closing = true;
	log_event(session->control->setup.log, LOG_LEVEL_INFO, "control", "CONTROL_BAD_REQUEST",
	    NULL, "%s sent what is no request: %s", session->who, request->problem);
	session->output.close(session->output.data, CLOSE_PROTOCOL);
}

void
session_run_request(ControlSession *session, JsonRequest *request)
{
	const ControlMethod *method;

	if (session->calls->len >= CONTROL_CALLS_MAX) {
		session_send(session, answer_error(request, CONTROL_ERROR_BUSY,
					  "Too many calls are waiting for their answers", NULL));
		return;
	}
	method = control_method_find(request->method);
	if (!method) {
		session_send(session, answer_error(request, CONTROL_ERROR_METHOD_NOT_FOUND,
					  "Unsupported method", NULL));
		return;
	}
	counter_add(&session->control->setup.out->counters, COUNTER_CONTROL_CALLS, 1);
	call_start(session, method, request);
}

void
control_session_input(ControlSession *session, const char *line, size_t length, bool too_long)
{
	JsonRequest request;

	if (session->closing)
		return;
	if (session->judge && judge_keep_line(session, line, length, too_long))
		return;
	if (too_long)
		json_request_too_long(&request);
	else
		json_request_parse(&request, line, length);
	if (request.code != 0)
		answer_bad_request(session, &request);
	else if (session->judge)
		session_send(session, answer_error(&request, CONTROL_ERROR_BUSY,
					  "Too many calls are waiting for their answers", NULL));
	else
		session_run_request(session, &request);
	json_request_clear(&request);
}

void
control_judge_roles(Control *control)
{
	for (unsigned i = 0; i < control->sessions->len; i++) {
		ControlSession *session = control->sessions->pdata[i];

		if (!session->closing)
			(void)judge_start(session);
	}
}

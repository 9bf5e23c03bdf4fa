/* SPDX-License-Identifier: MIT */
#include "control/control_call.h"

#include "control/audit.h"
#include "control/control_answer.h"
#include "control/params.h"

#include <stdarg.h>

static void
call_free(ControlCall *call)
{
	timers_cancel(call->control->setup.community->timers, &call->deadline);
	g_ptr_array_remove_fast(call->control->calls, call);
	json_request_clear(&call->request);
	json_decref(call->result);
	json_decref(call->data);
	json_decref(call->before);
	json_decref(call->after);
	g_free(call->who);
	g_free(call->message);
	g_free(call->object);
	g_free(call);
}

/* Takes the call out of its session; false if nobody waits any more. */
static bool
leave_session(ControlCall *call, Line *answer)
{
	ControlSession *session = call->session;

	if (!session) {
		line_unref(answer);
		return false;
	}
	call->session = NULL;
	timers_cancel(call->control->setup.community->timers, &call->deadline);
	g_ptr_array_remove_fast(session->calls, call);
	session_send(session, answer);
	session_call_ended(session);
	return true;
}

static Line *
answer_line(ControlCall *call)
{
	if (call->code != 0)
		return answer_error(
		    &call->request, call->code, call->message, call->ours ? call->data : NULL);
	return answer_result(&call->request, g_steal_pointer(&call->result));
}

static void
deliver(ControlCall *call)
{
	if (call->session)
		leave_session(call, answer_line(call));
	if (call->then)
		call->then(call);
	call_free(call);
}

static void
audit_stored(void *data, const StoreAnswer *answer)
{
	ControlCall *call = data;
	const Control *control = call->control;

	if (!answer->done && control->setup.records)
		log_event(control->setup.log, LOG_LEVEL_ERROR, "control", "AUDIT_NOT_STORED", NULL,
		    "%s by %s is not in the audit: %s", call->method->name, call->who,
		    answer->text);
	/* The disk that did not take this record did not take the change either. */
	if (!answer->done && control->setup.records && !control->stopping && call->code == 0)
		call_refuse(call, CONTROL_ERROR_INTERNAL,
		    "It was done, but could not be stored and may be lost at a restart: %s",
		    answer->text);
	deliver(call);
}

/* What was changed is acknowledged only once it can be told who did it. */
static void
end_call(ControlCall *call)
{
	if (call->method->audited && call->accepted)
		audit_call(call, audit_stored);
	else
		deliver(call);
}

void
call_finish(ControlCall *call, json_t *result)
{
	g_assert(!call->ended && (result || call->code != 0));
	call->result = result;
	call->ended = true;
	call->abandon = NULL;
	/* While its handler runs the call is still needed: call_start() ends it. */
	if (!call->running)
		end_call(call);
}

void
call_finish_text(ControlCall *call, const char *text, size_t length)
{
	g_assert(!call->running && !call->method->audited);
	call->abandon = NULL;
	if (call->session)
		leave_session(call, answer_text(&call->request, text, length));
	call_free(call);
}

static void
time_is_up(Timer *timer, void *data)
{
	ControlCall *call = data;
	const char *text = call->method->changes
			       ? "Not finished in time; it may still be carried out"
			       : "Not finished in time";

	leave_session(call, answer_error(&call->request, CONTROL_ERROR_TIMEOUT, text, NULL));
	call_abandon(call);
}

void
call_start(ControlSession *session, const ControlMethod *method, JsonRequest *request)
{
	ControlCall *call = g_new0(ControlCall, 1);
	Control *control = session->control;
	json_t *result = NULL;

	call->control = control;
	call->session = session;
	call->method = method;
	call->request = *request;
	*request = (JsonRequest){0};
	call->role = session->role;
	call->who = session_actor_name(session);
	g_ptr_array_add(session->calls, call);
	g_ptr_array_add(control->calls, call);
	call->running = true;
	call->accepted = params_check(call);
	if (call->accepted)
		result = method->handler(call);
	if (!call->waiting)
		call_finish(call, result);
	call->running = false;
	if (call->ended)
		end_call(call);
	else
		timers_set(control->setup.community->timers, &call->deadline,
		    clock_monotonic(control->setup.clock) + CALL_DEADLINE, time_is_up, call);
}

void
call_abandon(ControlCall *call)
{
	call->session = NULL;
	timers_cancel(call->control->setup.community->timers, &call->deadline);
	if (call->abandon)
		call->abandon(call);
}

void
call_drop_all(Control *control)
{
	while (control->calls->len > 0) {
		ControlCall *call = control->calls->pdata[control->calls->len - 1];

		/* Its answer was about to be recorded in a store that is gone. */
		if (call->ended) {
			deliver(call);
			continue;
		}
		call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
		call_finish(call, NULL);
	}
}

static json_t *
set_refusal(ControlCall *call, int code, char *message)
{
	g_assert(call->code == 0);
	call->code = code;
	call->message = message;
	return NULL;
}

json_t *
call_refuse(ControlCall *call, int code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_refusal(call, code, g_strdup_vprintf(format, arguments));
	va_end(arguments);
	return NULL;
}

json_t *
call_refuse_parameter(
    ControlCall *call, const char *parameter, const char *allowed, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_refusal(call, CONTROL_ERROR_INVALID_PARAMS, g_strdup_vprintf(format, arguments));
	va_end(arguments);
	call_refusal_data(call, "parameter", parameter);
	if (allowed)
		call_refusal_data(call, "allowed", allowed);
	return NULL;
}

json_t *
call_not_found(ControlCall *call, const char *object, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	set_refusal(call, CONTROL_ERROR_NOT_FOUND, g_strdup_vprintf(format, arguments));
	va_end(arguments);
	call_refusal_data(call, "object", object);
	return NULL;
}

json_t *
call_wait(ControlCall *call)
{
	call->waiting = true;
	return NULL;
}

void
call_refusal_data(ControlCall *call, const char *key, const char *value)
{
	if (!call->data)
		call->data = json_object();
	json_object_set_new(call->data, key, json_text(value));
}

json_t *
call_value(const ControlCall *call, const char *name)
{
	json_t *value = json_object_get(call->request.params, name);

	return json_is_null(value) ? NULL : value;
}

const char *
call_string(const ControlCall *call, const char *name)
{
	return json_string_value(call_value(call, name));
}

int64_t
call_integer(const ControlCall *call, const char *name, int64_t fallback)
{
	json_t *value = call_value(call, name);

	return json_is_integer(value) ? json_integer_value(value) : fallback;
}

void
call_note(ControlCall *call, const char *object, json_t *before, json_t *after)
{
	g_free(call->object);
	call->object = g_strdup(object);
	json_decref(call->before);
	call->before = before;
	json_decref(call->after);
	call->after = after;
}

/* SPDX-License-Identifier: MIT */
/*
 * ControlCall: one call from its acceptance to its answer. Invariant: it ends exactly once, in
 * call_finish() or call_finish_text(), also when nobody waits any more; a refusal is set before the
 * handler returns NULL or call_finish(call, NULL). Ownership: of itself until then.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "base/timers.h"
#include "control.h"
#include "control/control_state.h"
#include "control/json_request.h"

#define CALL_DEADLINE (30 * CLOCK_SECOND)

struct ControlCall {
	Control *control;
	ControlSession *session; /* NULL once nobody waits */
	const ControlMethod *method;
	JsonRequest request;
	bool ours; /* strict parameters, `data` in errors */
	unsigned role;
	char *who;     /* for records */
	bool running;  /* its handler is on the stack */
	bool accepted; /* by role and parameters */
	bool waiting;
	bool ended; /* by call_finish() while running */
	json_t *result;
	int code; /* of the refusal; 0: none */
	char *message;
	json_t *data;
	char *object; /* for the audit: what it was about, before and after */
	json_t *before;
	json_t *after;
	Timer deadline;
	/* Set while something of the state thread's works on it: nobody waits any more. May end the
	 * call. */
	void (*abandon)(ControlCall *call);
	void (*then)(ControlCall *call); /* after its answer was sent; NULL: nothing */
	void *work;
};

/* Takes the request over and runs it: the session's call count goes up and, in the end, down. */
void call_start(ControlSession *session, const ControlMethod *method, JsonRequest *request);
/* The session is gone or the time is up. */
void call_abandon(ControlCall *call);

/* At the end of the service: ends what is left. */
void call_drop_all(Control *control);

/* For handlers: all return NULL. */
json_t *call_refuse(ControlCall *call, int code, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* −32602 about one parameter; `allowed` may be NULL. */
json_t *call_refuse_parameter(ControlCall *call, const char *parameter, const char *allowed,
    const char *format, ...) G_GNUC_PRINTF(4, 5);
/* −1000 */
json_t *call_not_found(ControlCall *call, const char *object, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* The answer comes later, by call_finish(). */
json_t *call_wait(ControlCall *call);
/* Adds a key to `data` of the refusal. */
void call_refusal_data(ControlCall *call, const char *key, const char *value);

/* The end of a call that waited: a result, or NULL after a refusal. Steals the reference. */
void call_finish(ControlCall *call, json_t *result);
/* The same with the result as JSON text, which is copied. */
void call_finish_text(ControlCall *call, const char *text, size_t length);

/* Parameters, checked already (params.h). */
json_t *call_value(const ControlCall *call, const char *name); /* borrowed; NULL if absent */
const char *call_string(const ControlCall *call, const char *name);
int64_t call_integer(const ControlCall *call, const char *name, int64_t fallback);

/* A Ctx of an administrator whose refusals become the call's. */
void call_ctx(ControlCall *call, Ctx *ret_ctx);
/* `true` if the verb was done, the refusal if not. */
json_t *call_outcome(ControlCall *call, Outcome outcome);
/* What the audit says it was about; the texts are copied, the values stolen. */
void call_note(ControlCall *call, const char *object, json_t *before, json_t *after);

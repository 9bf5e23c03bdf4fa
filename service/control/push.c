/* SPDX-License-Identifier: MIT */
#include "control/control_answer.h"
#include "control/control_state.h"

#include "domain/community.h"

#define CALM_INTERVAL (CLOCK_SECOND / 2)

const char *
topic_name(Topic topic)
{
	static const char *const names[TOPICS] = {
	    [TOPIC_USER] = "user",
	    [TOPIC_CHANNEL] = "channel",
	    [TOPIC_MEMBER] = "member",
	    [TOPIC_ACCOUNT] = "account",
	    [TOPIC_CONFIG] = "config",
	    [TOPIC_SERVICE] = "service",
	    [TOPIC_LOG] = "log",
	};

	g_assert(topic < TOPICS);
	return names[topic];
}

static size_t
backlog(const ControlSession *session)
{
	size_t unsent = session->output.unsent ? session->output.unsent(session->output.data) : 0;

	return unsent + session->held_bytes;
}

static void
tell_resync(ControlSession *session)
{
	json_t *result = json_object();
	json_t *topics = json_array();

	for (Topic topic = 0; topic < TOPICS; topic++)
		if (session->lost & (1u << topic))
			json_array_append_new(topics, json_string(topic_name(topic)));
	json_object_set_new(result, "type", json_string("resync"));
	json_object_set_new(result, "topics", topics);
	session->lost = 0;
	session_send(session, answer_push("service.event", result));
}

/* Half empty again: it may be told what it missed. */
static void
look_for_calm(Timer *timer, void *data)
{
	Control *control = data;
	bool again = false;

	for (unsigned i = 0; i < control->sessions->len; i++) {
		ControlSession *session = control->sessions->pdata[i];

		if (session->lost == 0)
			continue;
		if (session->calls->len == 0 && backlog(session) <= CONTROL_PUSH_QUEUE_MAX / 2)
			tell_resync(session);
		else
			again = true;
	}
	if (again)
		timers_set(control->setup.community->timers, timer,
		    clock_monotonic(control->setup.clock) + CALM_INTERVAL, look_for_calm, control);
}

static void
lose(ControlSession *session, Topic topic)
{
	Control *control = session->control;

	session->lost |= 1u << topic;
	if (!timer_is_set(&control->calm))
		timers_set(control->setup.community->timers, &control->calm,
		    clock_monotonic(control->setup.clock) + CALM_INTERVAL, look_for_calm, control);
}

void
session_push(ControlSession *session, Topic topic, Line *line)
{
	if (session->closing)
		return;
	/* After a loss nothing of that topic makes sense until the reader has listed again. */
	if ((session->lost & (1u << topic)) ||
	    backlog(session) + line->length > CONTROL_PUSH_QUEUE_MAX) {
		lose(session, topic);
		return;
	}
	line_ref(line);
	if (session->calls->len == 0) {
		session_send(session, line);
		return;
	}
	session->held_bytes += line->length;
	g_queue_push_tail(&session->held, line);
}

void
session_flush_held(ControlSession *session)
{
	Line *line;

	session->held_bytes = 0;
	while ((line = g_queue_pop_head(&session->held)))
		session_send(session, line);
}

bool
control_is_followed(const Control *control, Topic topic)
{
	for (unsigned i = 0; i < control->sessions->len; i++)
		if (((ControlSession *)control->sessions->pdata[i])->topics & (1u << topic))
			return true;
	return false;
}

void
control_push(Control *control, Topic topic, json_t *result)
{
	Line *line = answer_push("service.event", result);

	for (unsigned i = 0; i < control->sessions->len; i++) {
		ControlSession *session = control->sessions->pdata[i];

		if (session->topics & (1u << topic))
			session_push(session, topic, line);
	}
	line_unref(line);
}

void
control_push_by_role(Control *control, Topic topic,
    json_t *(*make)(const Control *control, unsigned role, const void *object), const void *object)
{
	for (unsigned role = ROLE_VIEWER; role <= ROLE_ADMINISTRATOR; role++) {
		Line *line = NULL;

		for (unsigned i = 0; i < control->sessions->len; i++) {
			ControlSession *session = control->sessions->pdata[i];

			if (session->role != role || !(session->topics & (1u << topic)))
				continue;
			if (!line)
				line = answer_push("service.event", make(control, role, object));
			session_push(session, topic, line);
		}
		line_unref(line);
	}
}

void
session_set_topics(ControlSession *session, unsigned topics)
{
	session->topics = topics;
	session->lost &= topics | (1u << TOPIC_LOG);
}

void
control_log_entry(void *data, const LogEntry *entry)
{
	Control *control = data;
	Line *line = NULL;

	for (unsigned i = 0; i < control->sessions->len; i++) {
		ControlSession *session = control->sessions->pdata[i];

		if (!log_sources_match(
			session->log_sources, entry->level, entry->subsystem, entry->id))
			continue;
		if (!line)
			line = answer_push("log.event", log_entry_object(entry));
		session_push(session, TOPIC_LOG, line);
	}
	line_unref(line);
}

/* SPDX-License-Identifier: MIT */
#include "act/speech_event.h"

/* The source is somebody elsewhere, and nothing that is said of the bridge is true of him. */
static void
relay(Event *event, const char *source)
{
	event->relayed_by = event->user ? event->user->nick : NULL;
	event->source = source;
	event->account = NULL;
	event->owner = 0;
	event->is_by_bot = event->is_by_operator = false;
	event->operator_name = NULL;
}

Event
speech_event(Ctx *ctx, const Speech *speech, const char *target_name)
{
	Event event = ctx_event(ctx, speech->text ? EVENT_MESSAGE : EVENT_TAG_MESSAGE);

	event.verb = speech->verb;
	event.text = speech->text;
	event.lines = speech->lines;
	event.n_lines = speech->n_lines;
	event.client_tags = speech->client_tags;
	event.target_name = target_name;
	if (speech->relayed_for)
		relay(&event, speech->relayed_for);
	return event;
}

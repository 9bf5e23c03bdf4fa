/* SPDX-License-Identifier: MIT */
#include "act/speech_event.h"

/* The source is somebody elsewhere, and what the tags say of the bridge is not true of him. But it
 * is the bridge's account that answers for it: it may change it, and takes it along. */
static void
relay(Event *event, const char *source)
{
	event->relayed_by = event->user ? event->user->nick : NULL;
	event->source = source;
	event->account = NULL;
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

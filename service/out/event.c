/* SPDX-License-Identifier: MIT */
#include "out/event.h"

#include "proto/caps.h"

#include <glib.h>

static const EventRow rows[EVENTS] = {
#define EVENT(name, audience, needs, varies, text, help)                                           \
	[EVENT_##name] = {text, AUDIENCE_##audience, needs, varies, help},
#include "out/events.def"
#undef EVENT
};

const EventRow *
event_row(EventKind kind)
{
	g_assert(kind < EVENTS);
	return &rows[kind];
}

/* SPDX-License-Identifier: MIT */
/* Questions for what went over connections (base/traffic.h), and their answers. */
#include "gate_private.h"

typedef struct GateAsked {
	uint64_t id;
	HostTrafficThen then;
	void *data;
} GateAsked;

uint64_t
gate_ask_traffic(Gate *gate, HostTrafficThen then, void *data)
{
	GateAsked *asked = g_new0(GateAsked, 1);

	asked->id = ++gate->last_asked;
	asked->then = then;
	asked->data = data;
	g_queue_push_tail(&gate->asked, asked);
	return asked->id;
}

/* Loops answer in the order they are asked, each for itself: who asked is near the head. */
static GateAsked *
take_asked(Gate *gate, uint64_t id)
{
	for (GList *link = gate->asked.head; link; link = link->next) {
		GateAsked *asked = link->data;

		if (asked->id != id)
			continue;
		g_queue_delete_link(&gate->asked, link);
		return asked;
	}
	return NULL;
}

void
gate_counted(Gate *gate, const GateCounted *counted)
{
	const TrafficAnswer *answer = &counted->answer;
	GateAsked *asked = take_asked(gate, answer->id);
	HostTraffic rows[TRAFFIC_MAX];
	HostTrafficAnswer told = {.next = answer->next, .rows = rows};

	if (!asked)
		return;
	for (uint32_t i = 0; i < answer->count; i++) {
		const Session *session = gate_session(gate, answer->rows[i].conn);

		if (session)
			rows[told.count++] = (HostTraffic){session, &answer->rows[i]};
	}
	asked->then(asked->data, &told);
	g_free(asked);
}

void
gate_drop_asked(Gate *gate)
{
	GateAsked *asked;

	while ((asked = g_queue_pop_head(&gate->asked))) {
		asked->then(asked->data, NULL);
		g_free(asked);
	}
}

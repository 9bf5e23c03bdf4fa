/* SPDX-License-Identifier: MIT */
#include "control/control_server.h"

#include "control/config_change.h"
#include "control/config_reconcile.h"
#include "control/config_values.h"
#include "control/config_watch.h"
#include "control/control_call.h"
#include "control/list_query.h"
#include "control/subscriptions.h"

Control *
control_new(const ControlSetup *setup)
{
	Control *control = g_new0(Control, 1);

	control->setup = *setup;
	control->sessions = g_ptr_array_new();
	control->calls = g_ptr_array_new();
	control->state = "running";
	control->lists = list_runner_new(control);
	control->subscriptions = subscriptions_new(control);
	control->config = config_queue_new(control);
	control->watch = config_watch_new(control);
	control->started = config_values(setup->community->settings);
	control->known = config_values(setup->community->settings);
	log_ring_set_source(setup->log_ring, setup->community->server_name);
	log_ring_listen(setup->log_ring, control_log_entry, control);
	config_reconcile(control);
	return control;
}

void
control_stop(Control *control)
{
	control->stopping = true;
	control_set_state(control, "stopping");
}

void
control_free(Control *control)
{
	if (!control)
		return;
	g_assert(control->sessions->len == 0);
	control->stopping = true;
	log_ring_listen(control->setup.log_ring, NULL, NULL);
	timers_cancel(control->setup.community->timers, &control->calm);
	list_runner_free(control->lists);
	subscriptions_free(control->subscriptions);
	config_queue_free(control->config);
	call_drop_all(control);
	g_ptr_array_unref(control->calls);
	config_watch_free(control->watch);
	g_hash_table_unref(control->started);
	g_hash_table_unref(control->known);
	g_ptr_array_unref(control->sessions);
	g_free(control);
}

WorkPool *
control_pool(const Control *control)
{
	return control->stopping ? NULL : control->setup.host->pool;
}

unsigned
control_sessions(const Control *control)
{
	return control->sessions->len;
}

void
control_set_state(Control *control, const char *state)
{
	if (strcmp(control->state, state) == 0)
		return;
	control->state = state;
	control_push(control, TOPIC_SERVICE,
	    json_pack("{s:s,s:s}", "type", "service.state", "state", state));
}

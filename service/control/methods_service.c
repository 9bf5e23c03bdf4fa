/* SPDX-License-Identifier: MIT */
#include "control/config_watch.h"
#include "control/rows.h"

#include "domain/accounts.h"
#include "domain/directory.h"

#include <unistd.h>

/* Names come from the system's user database, which may block. */
typedef struct WhoAmI {
	Job job; /* first */
	ControlCall *call;
	ControlPeer peer;
	char *user;
	char *groups[CONTROL_PEER_GROUPS_MAX];
} WhoAmI;

static void
whoami_run(Job *job)
{
	WhoAmI *asked = (WhoAmI *)job;

	asked->user = peer_user_name(asked->peer.uid);
	for (unsigned i = 0; i < asked->peer.n_groups; i++)
		asked->groups[i] = peer_group_name(asked->peer.groups[i]);
}

static void
whoami_done(Job *job)
{
	WhoAmI *asked = (WhoAmI *)job;
	ControlCall *call = asked->call;
	json_t *groups = NULL;

	if (work_is_cancelled(job)) {
		call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
		call_finish(call, NULL);
	} else {
		groups = json_array();
		for (unsigned i = 0; i < asked->peer.n_groups; i++)
			json_array_append_new(groups, json_text(asked->groups[i]));
		call_finish(call,
		    json_pack("{s:I,s:o,s:s,s:o}", "uid", (json_int_t)asked->peer.uid, "user",
			json_text(asked->user), "role", role_name(call->role), "groups", groups));
	}
	for (unsigned i = 0; i < asked->peer.n_groups; i++)
		g_free(asked->groups[i]);
	g_free(asked->user);
	g_free(asked);
}

json_t *
method_service_whoami(ControlCall *call)
{
	WorkPool *pool = control_pool(call->control);
	WhoAmI *asked = g_new0(WhoAmI, 1);

	asked->job.run = whoami_run;
	asked->job.done = whoami_done;
	asked->call = call;
	asked->peer = call->session->peer;
	if (pool && work_submit(pool, WORK_FILES, &asked->job, G_MAXUINT))
		return call_wait(call);
	g_free(asked);
	return call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
}

static json_t *
listeners(const HostStatus *status)
{
	static const char *const kinds[] = {
	    [LISTENER_CLIENT] = "client", [LISTENER_CONTROL] = "control"};
	json_t *list = json_array();

	for (unsigned i = 0; i < status->n_listeners; i++) {
		const HostListener *listener = &status->listeners[i];

		json_array_append_new(
		    list, json_pack("{s:o,s:o,s:i,s:s,s:b,s:o,s:o,s:I}", "name",
			      json_text(listener->name), "address", json_text(listener->address),
			      "port", (int)listener->port, "kind", kinds[listener->kind], "tls",
			      (int)listener->tls, "state", json_text(listener->state), "error",
			      json_text(listener->error), "connections",
			      (json_int_t)listener->connections));
	}
	return list;
}

static void
add_users(json_t *result, const Community *community)
{
	json_t *counts = json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "users",
	    (json_int_t)directory_users(community->directory), "users_peak",
	    (json_int_t)community->users_peak, "users_maximum",
	    (json_int_t)community->settings->limits->max_users, "unregistered",
	    (json_int_t)community->registering, "operators", (json_int_t)community->operators,
	    "channels", (json_int_t)directory_channels(community->directory), "accounts",
	    (json_int_t)accounts_count(community->accounts));

	json_object_update(result, counts);
	json_decref(counts);
}

json_t *
method_service_status(ControlCall *call)
{
	const Control *control = call->control;
	const ControlSetup *setup = &control->setup;
	const Community *community = setup->community;
	const HostStatus *status = setup->host->status(setup->host);
	json_t *result = json_pack("{s:o,s:o,s:s,s:s,s:I,s:o,s:I}", "name",
	    json_text(community->server_name), "network", json_text(community->network), "version",
	    CHAT_VERSION, "state", control->state, "pid", (json_int_t)getpid(), "started_at",
	    json_time(community->started_at), "uptime",
	    (json_int_t)((clock_wall(setup->clock) - community->started_at) / CLOCK_SECOND));
	json_t *process = json_pack("{s:I,s:{s:I,s:I},s:I,s:I,s:o,s:{s:o,s:o}}", "memory_bytes",
	    (json_int_t)status->memory_bytes, "descriptors", "used",
	    (json_int_t)status->descriptors_used, "limit", (json_int_t)status->descriptors_limit,
	    "io_threads", (json_int_t)status->io_threads, "turn_longest_us",
	    (json_int_t)status->turn_longest, "listeners", listeners(status), "database", "state",
	    json_text(status->database_state), "path", json_text(status->database_path));

	add_users(result, community);
	json_object_update(result, process);
	json_decref(process);
	json_object_set_new(result, "config", config_watch_status(control->watch));
	return result;
}

static int
topic_find(const char *name)
{
	for (Topic topic = 0; topic < TOPIC_LOG; topic++)
		if (name && strcmp(topic_name(topic), name) == 0)
			return (int)topic;
	return -1;
}

json_t *
method_service_subscribe(ControlCall *call)
{
	json_t *topics = call_value(call, "topics");
	unsigned wanted = 0;
	json_t *item;
	size_t index;

	json_array_foreach(topics, index, item)
	{
		int topic = topic_find(json_string_value(item));

		if (topic < 0)
			return call_refuse_parameter(call, "topics",
			    "user channel member account config service",
			    "Parameter 'topics' may hold: user, channel, member, account, config, "
			    "service");
		wanted |= 1u << topic;
	}
	session_set_topics(call->session, wanted | (call->session->topics & (1u << TOPIC_LOG)));
	return json_true();
}

static void
stop_service(ControlCall *call)
{
	Host *host = call->control->setup.host;
	const char *reason = call_string(call, "reason");

	host->stop(host, reason && *reason ? reason : "Stopped by an administrator");
}

json_t *
method_service_stop(ControlCall *call)
{
	call_note(call, call->control->setup.community->server_name, NULL,
	    json_pack("{s:o}", "reason", json_text(call_string(call, "reason"))));
	/* The answer goes before the connection does. */
	call->then = stop_service;
	return json_true();
}

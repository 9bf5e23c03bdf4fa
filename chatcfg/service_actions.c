/* SPDX-License-Identifier: MIT */
#include "service_private.h"

#include "asking.h"
#include "connections.h"
#include "control_address.h"

#include <string.h>

/* ---- Connect to another service ---- */

static void
open_other(Service *service, char **answers, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *address = g_strstrip(g_strdup(answers[0]));
	g_autofree char *path = control_address_path(address, &error);
	Service *other = path != NULL ? connections_open(service->host, path, &error) : NULL;

	if (other != NULL)
		service->host->node_select(service->host, other->node);
	else
		service->host->report(service->host, service->node, SNAPIN_ERROR,
		    "There is no service to connect to", error->message);
}

static void
ask_other(Service *service)
{
	static const SnapinField fields[] = {
	    {.label = "_Socket or address", .value = "/run/chatd/control.sock", .required = TRUE}};
	const SnapinQuestion question = {
	    .title = "Connect to another service",
	    .text = "Where its control socket is, as a path or as an address "
		    "(chatd+unix:/run/chatd/control.sock). The service is then kept in the tree.",
	    .accept = "_Connect",
	    .fields = fields,
	    .n_fields = G_N_ELEMENTS(fields),
	};

	asking_ask(service, &question, open_other, NULL, NULL);
}

/* ---- Connection ---- */

static void
reconnect(Service *service)
{
	service->attempts = 0;
	service_connect(service);
}

static void
disconnect(Service *service)
{
	service_disconnect(service);
	service_set_state(service, SERVICE_CLOSED, SNAPIN_STATE_WARNING,
	    "Disconnected; choose Reconnect to manage the service again");
}

static void
remove_service(Service *service)
{
	connections_remove(service);
}

/* ---- The service itself ---- */

/* The lines a reload wrote down, one below the other. */
static char *
lines_of(const json_t *answer)
{
	GString *text = g_string_new(NULL);
	const json_t *entry;
	size_t index;

	json_array_foreach(json_object_get(answer, "log"), index, entry)
	{
		const char *line = json_string_value(json_object_get(entry, "msg"));

		if (line != NULL)
			g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", line);
	}
	return g_string_free(text, FALSE);
}

static void
was_reloaded(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	g_autofree char *lines = NULL;
	Service *service = data;
	const json_t *success = json_object_get(answer, "success");

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	lines = error != NULL ? control_error_sentence(error) : lines_of(answer);
	if (error != NULL || json_is_false(success))
		service->host->report(service->host, service->node, SNAPIN_ERROR,
		    "The configuration was not reloaded; the service goes on as before", lines);
	else
		service->host->report(service->host, service->node, SNAPIN_INFO,
		    "The configuration was reloaded", *lines != '\0' ? lines : NULL);
	service_ask_status(service);
}

static void
reload(Service *service)
{
	service_call_async(service, "server.rehash", NULL, service->life, was_reloaded, service);
}

static void
stop(Service *service, char **answers, gpointer data)
{
	service_act(service, service->node, "service.stop",
	    json_pack("{s:s}", "reason", answers[0]), "The service was not stopped");
}

static void
ask_stop(Service *service)
{
	static const SnapinField fields[] = {
	    {.label = "_Reason, told to all users", .max_length = ASKING_REASON_MAX}};
	json_int_t users = json_integer_value(json_object_get(service->status, "users"));
	g_autofree char *text = g_strdup_printf(
	    "%" JSON_INTEGER_FORMAT " %s disconnected and the service ends. It cannot be started "
	    "again from here.",
	    users, users == 1 ? "user is" : "users are");
	const SnapinQuestion question = {
	    .title = "Stop the service?",
	    .text = text,
	    .accept = "_Stop",
	    .danger = TRUE,
	    .fields = fields,
	    .n_fields = G_N_ELEMENTS(fields),
	};

	asking_ask(service, &question, stop, NULL, NULL);
}

/* ---- The rows ---- */

typedef struct ServiceAct {
	void (*act)(Service *service);
	/* NULL if it is possible in this state, else why not; literal. */
	const char *(*reason)(const Service *service);
	const char *method; /* what the permission is for and the command calls; NULL: neither */
} ServiceAct;

static const char *
why_not_reconnect(const Service *service)
{
	return service->state == SERVICE_CONNECTED ? "The service is connected" : NULL;
}

static const char *
why_not_disconnect(const Service *service)
{
	return service->state == SERVICE_CLOSED ? "The service is disconnected" : NULL;
}

static const char *
why_not_remove(const Service *service)
{
	return connections_count() > 1
		   ? NULL
		   : "It is the only service in the tree; connect to another one first";
}

const SnapinAction service_actions[] = {
    {.name = "connect-other",
	.label = "_Connect to Another Service…",
	.icon_name = "list-add-symbolic",
	.tooltip = "Adds a service to the tree"},
    {.name = "reconnect",
	.label = "Rec_onnect",
	.icon_name = "network-transmit-receive-symbolic",
	.tooltip = "Tries now to reach the service"},
    {.name = "disconnect",
	.label = "_Disconnect",
	.icon_name = "network-offline-symbolic",
	.tooltip = "Closes the console's connection; the service runs on"},
    {.name = "reload",
	.label = "Re_load Configuration",
	.icon_name = "view-refresh-symbolic",
	.tooltip = "The service reads its configuration again; an error in it changes nothing",
	.permission = "server.rehash"},
    {.name = "remove",
	.label = "_Remove from the Tree",
	.icon_name = "list-remove-symbolic",
	.tooltip = "The console forgets this service; the service runs on"},
    {.name = "stop",
	.label = "_Stop Service…",
	.icon_name = "process-stop-symbolic",
	.tooltip = "Disconnects everybody and ends the service",
	.danger = TRUE,
	.permission = "service.stop"},
};

const guint service_n_actions = G_N_ELEMENTS(service_actions);

static const ServiceAct acts[] = {
    {ask_other, NULL, NULL},
    {reconnect, why_not_reconnect, NULL},
    {disconnect, why_not_disconnect, NULL},
    {reload, NULL, "server.rehash"},
    {remove_service, why_not_remove, NULL},
    {ask_stop, NULL, "service.stop"},
};

G_STATIC_ASSERT(G_N_ELEMENTS(acts) == G_N_ELEMENTS(service_actions));

void
service_activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	acts[action - service_actions].act(data);
}

char *
service_may_act(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const ServiceAct *row = &acts[action - service_actions];

	if (row->method != NULL)
		return service_may(data, row->method);
	return g_strdup(row->reason != NULL ? row->reason(data) : NULL);
}

char *
service_act_command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection)
{
	const ServiceAct *row = &acts[action - service_actions];

	if (row->method == NULL)
		return NULL;
	if (strcmp(row->method, "service.stop") == 0)
		return service_command(data, row->method, json_pack("{s:s}", "reason", "REASON"));
	return service_command(data, row->method, NULL);
}

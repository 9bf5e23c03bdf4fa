/* SPDX-License-Identifier: MIT */
#include "service_private.h"

#include "control.h"
#include "control_address.h"

#define BACK_OFF_MAX 15     /* seconds */
#define REFUSED_INTERVAL 60 /* seconds; the answer will hardly be another soon */
#define STATUS_INTERVAL 2   /* seconds */

static void service_lost(Service *service, const GError *error);

/* ---- Between two attempts ---- */

static void
end_attempt(Service *service)
{
	g_clear_handle_id(&service->retry_source, g_source_remove);
	g_clear_handle_id(&service->status_source, g_source_remove);
	if (service->connecting != NULL)
		g_cancellable_cancel(service->connecting);
	g_clear_object(&service->connecting);
	if (service->client != NULL)
		control_client_close(service->client);
	g_clear_pointer(&service->client, control_client_unref);
	g_clear_pointer(&service->hello.describe, json_decref);
	g_clear_pointer(&service->hello.whoami, json_decref);
	g_clear_pointer(&service->hello.status, json_decref);
	service->status_asked = FALSE;
}

static void
forget_connection(Service *service)
{
	g_clear_pointer(&service->description, description_unref);
	g_clear_pointer(&service->role, g_free);
}

static void
show_waiting(Service *service, SnapinState look)
{
	g_autofree char *sentence =
	    g_strdup_printf("%s; trying again in %u s", service->trouble, service->retry_seconds);

	service_set_state(service, SERVICE_WAITING, look, sentence);
}

static gboolean
tick(gpointer data)
{
	Service *service = data;
	gboolean refused = service->attempts == 0;

	if (--service->retry_seconds > 0) {
		show_waiting(service, refused ? SNAPIN_STATE_ERROR : SNAPIN_STATE_WARNING);
		return G_SOURCE_CONTINUE;
	}
	service->retry_source = 0;
	service_connect(service);
	return G_SOURCE_REMOVE;
}

static gboolean
is_refusal(const GError *error)
{
	return error->domain == CONTROL_ERROR ||
	       g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static char *
trouble_of(const Service *service, const GError *error)
{
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
		return g_strdup(error->message);
	if (error->domain == CONTROL_ERROR)
		return g_strdup_printf("The service refuses: %s", error->message);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
	    g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
		return g_strdup("The service is not running");
	if (service->state == SERVICE_CONNECTED)
		return g_strdup("The connection to the service was lost");
	return g_strdup_printf("No connection: %s", error->message);
}

static void
service_lost(Service *service, const GError *error)
{
	gboolean refused = is_refusal(error);

	g_free(service->trouble);
	service->trouble = trouble_of(service, error);
	end_attempt(service);
	forget_connection(service);
	service->attempts = refused ? 0 : service->attempts + 1;
	service->retry_seconds =
	    refused ? REFUSED_INTERVAL : MIN(1u << MIN(service->attempts - 1, 4), BACK_OFF_MAX);
	service->retry_source = g_timeout_add_seconds(1, tick, service);
	show_waiting(service, refused ? SNAPIN_STATE_ERROR : SNAPIN_STATE_WARNING);
}

void
service_disconnect(Service *service)
{
	end_attempt(service);
	forget_connection(service);
	g_clear_pointer(&service->trouble, g_free);
	service->attempts = 0;
}

/* ---- Subscriptions: sent before anybody lists, so that nothing falls between ---- */

static void
was_subscribed(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	Service *service = data;

	if (answer != NULL || error->domain != CONTROL_ERROR)
		return; /* a lost connection tells by itself, a cancelled call has no service */
	service->host->report(service->host, service->node, SNAPIN_WARNING,
	    "The service does not tell what changes; lists show what was there when they were "
	    "opened",
	    error->message);
}

void
service_subscribe(Service *service)
{
	json_t *topics = json_array();
	GHashTableIter iterator;
	gpointer topic;

	g_hash_table_iter_init(&iterator, service->topics);
	while (g_hash_table_iter_next(&iterator, &topic, NULL))
		json_array_append_new(topics, json_string(topic));
	service_send(service, "service.subscribe", json_pack("{s:o}", "topics", topics),
	    service->connecting, was_subscribed, service);
}

void
service_subscribe_log(Service *service)
{
	if (service->log_wanted > 0)
		service_send(service, "log.subscribe",
		    json_pack("{s:[s,s]}", "sources", "all", "!debug"), service->connecting,
		    was_subscribed, service);
	else
		service_send(
		    service, "log.unsubscribe", NULL, service->connecting, was_subscribed, service);
}

/* ---- The status, which everybody wants ---- */

static void
got_status(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	json_t *status = service_call_finish(result, &error);
	Service *service = data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	service->status_asked = FALSE;
	if (status != NULL)
		service_take_status(service, status);
}

void
service_ask_status(Service *service)
{
	if (service->status_asked || service->state != SERVICE_CONNECTED)
		return;
	service->status_asked = TRUE;
	service_send(service, "service.status", NULL, service->connecting, got_status, service);
}

static gboolean
on_status_time(gpointer data)
{
	service_ask_status(data);
	return G_SOURCE_CONTINUE;
}

/* ---- An attempt ---- */

static void
begin(Service *service)
{
	g_autofree char *sentence = NULL;
	const char *user = json_string_value(json_object_get(service->hello.whoami, "user"));

	g_free(service->role);
	service->role = g_strdup(json_string_value(json_object_get(service->hello.whoami, "role")));
	sentence = g_strdup_printf("Connected to %s as %s, with the role %s", service->path,
	    user != NULL ? user : "?", service->role);
	service_take_status(service, g_steal_pointer(&service->hello.status));
	service->attempts = 0;
	service->status_source = g_timeout_add_seconds(STATUS_INTERVAL, on_status_time, service);
	if (g_hash_table_size(service->topics) > 0)
		service_subscribe(service);
	if (service->log_wanted > 0)
		service_subscribe_log(service);
	service_set_state(service, SERVICE_CONNECTED, SNAPIN_STATE_NORMAL, sentence);
	/* Those who watch the status had no connection yet when it came. */
	service_take_status(service, json_incref(service->status));
}

static gboolean
is_known(Service *service, GError **error)
{
	if (service->hello.describe == NULL || service->hello.whoami == NULL ||
	    service->hello.status == NULL)
		return FALSE;
	if (!json_is_string(json_object_get(service->hello.whoami, "role"))) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		    "what answers at %s does not say who we are to it", service->path);
		return FALSE;
	}
	service->description = description_new(service->hello.describe, error);
	return service->description != NULL;
}

static void
take_hello(Service *service, json_t **place, GAsyncResult *result)
{
	g_autoptr(GError) error = NULL;
	json_t *answer = service_call_finish(result, &error);

	if (answer != NULL)
		*place = answer;
	if (error == NULL && is_known(service, &error))
		begin(service);
	else if (error != NULL)
		service_lost(service, error);
}

static gboolean
was_cancelled(GAsyncResult *result)
{
	return g_cancellable_is_cancelled(g_task_get_cancellable(G_TASK(result)));
}

static void
got_describe(GObject *source, GAsyncResult *result, gpointer data)
{
	if (!was_cancelled(result))
		take_hello(data, &((Service *)data)->hello.describe, result);
}

static void
got_whoami(GObject *source, GAsyncResult *result, gpointer data)
{
	if (!was_cancelled(result))
		take_hello(data, &((Service *)data)->hello.whoami, result);
}

static void
got_first_status(GObject *source, GAsyncResult *result, gpointer data)
{
	if (!was_cancelled(result))
		take_hello(data, &((Service *)data)->hello.status, result);
}

static void
on_push(ControlClient *client, const char *method, json_t *result, gpointer data)
{
	Service *service = data;

	if (service->state == SERVICE_CONNECTED)
		service_tell_event(service, method, result);
}

static void
on_closed(ControlClient *client, const GError *error, gpointer data)
{
	service_lost(data, error);
}

static void
was_connected(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	ControlClient *client = control_client_connect_finish(result, &error);
	Service *service = data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (client == NULL) {
		service_lost(service, error);
		return;
	}
	service->client = client;
	control_client_listen(client, on_push, on_closed, service);
	service_send(service, "describe", NULL, service->connecting, got_describe, service);
	service_send(service, "service.whoami", NULL, service->connecting, got_whoami, service);
	service_send(
	    service, "service.status", NULL, service->connecting, got_first_status, service);
}

void
service_connect(Service *service)
{
	g_autofree char *sentence = g_strdup_printf("Connecting to %s", service->path);

	end_attempt(service);
	forget_connection(service);
	service->connecting = g_cancellable_new();
	service_set_state(service, SERVICE_CONNECTING, SNAPIN_STATE_BUSY, sentence);
	control_client_connect_async(service->path, service->connecting, was_connected, service);
}

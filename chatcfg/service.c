/* SPDX-License-Identifier: MIT */
#include "service.h"

#include "service_private.h"

#include "command_line.h"
#include "connections.h"
#include "control_address.h"

#include <string.h>

typedef struct Watch {
	const ServiceWatch *table;
	gpointer data;
} Watch;

const SnapinHost *
service_host(const Service *service)
{
	return service->host;
}

SnapinNode *
service_node(const Service *service)
{
	return service->node;
}

const char *
service_path(const Service *service)
{
	return service->path;
}

ServiceState
service_state(const Service *service)
{
	return service->state;
}

const char *
service_sentence(const Service *service)
{
	return service->sentence;
}

const Description *
service_description(const Service *service)
{
	return service->state == SERVICE_CONNECTED ? service->description : NULL;
}

const char *
service_role(const Service *service)
{
	return service->state == SERVICE_CONNECTED ? service->role : NULL;
}

const json_t *
service_status(const Service *service)
{
	return service->state == SERVICE_CONNECTED ? service->status : NULL;
}

/* ---- Who wants to know ---- */

guint
service_watch(Service *service, const ServiceWatch *watch, gpointer data)
{
	Watch *entry = g_new(Watch, 1);

	*entry = (Watch){watch, data};
	service->last_watch++;
	g_hash_table_insert(service->watches, GUINT_TO_POINTER(service->last_watch), entry);
	return service->last_watch;
}

void
service_unwatch(Service *service, guint id)
{
	g_hash_table_remove(service->watches, GUINT_TO_POINTER(id));
}

static gint
compare_ids(gconstpointer a, gconstpointer b)
{
	guint left = GPOINTER_TO_UINT(*(gconstpointer *)a);
	guint right = GPOINTER_TO_UINT(*(gconstpointer *)b);

	return left < right ? -1 : left > right;
}

/* Calls `tell` for each watch; they may come and go meanwhile. */
static void
each_watch(Service *service, void (*tell)(Service *service, const Watch *watch, gpointer what),
    gpointer what)
{
	guint length;
	g_autofree gpointer *ids = g_hash_table_get_keys_as_array(service->watches, &length);

	qsort(ids, length, sizeof *ids, compare_ids);
	for (guint i = 0; i < length; i++) {
		const Watch *watch = g_hash_table_lookup(service->watches, ids[i]);

		if (watch != NULL)
			tell(service, watch, what);
	}
}

static void
tell_state(Service *service, const Watch *watch, gpointer what)
{
	if (watch->table->state != NULL)
		watch->table->state(service, watch->data);
}

static void
tell_event(Service *service, const Watch *watch, gpointer what)
{
	const gconstpointer *both = what;

	if (watch->table->event != NULL)
		watch->table->event(service, both[0], both[1], watch->data);
}

static void
tell_status(Service *service, const Watch *watch, gpointer what)
{
	if (watch->table->status != NULL && service->status != NULL)
		watch->table->status(service, service->status, watch->data);
}

void
service_tell_state(Service *service)
{
	each_watch(service, tell_state, NULL);
}

void
service_tell_event(Service *service, const char *method, const json_t *result)
{
	gconstpointer both[] = {method, result};

	each_watch(service, tell_event, both);
}

/* ---- What is known of it ---- */

static void
show_title(Service *service)
{
	const char *network = json_string_value(json_object_get(service->status, "network"));
	g_autofree char *title = g_strdup_printf("Chat service \342\200\224 %s",
	    network != NULL && *network != '\0' ? network : service->path);

	service->host->node_set_title(service->host, service->node, title);
}

void
service_take_status(Service *service, json_t *status)
{
	json_decref(service->status);
	service->status = status;
	show_title(service);
	if (service->state == SERVICE_CONNECTED)
		each_watch(service, tell_status, NULL);
}

void
service_set_state(Service *service, ServiceState state, SnapinState look, const char *sentence)
{
	gboolean is_new = state != service->state || state == SERVICE_CONNECTED;

	service->state = state;
	if (sentence != service->sentence) {
		g_free(service->sentence);
		service->sentence = g_strdup(sentence);
	}
	service->host->node_set_state(service->host, service->node, look, service->sentence);
	if (!is_new)
		return;
	service->host->actions_changed(service->host, service->node);
	service_tell_state(service);
}

void
service_mark(const Service *service, SnapinNode *node)
{
	const SnapinHost *host = service->host;

	if (service->state == SERVICE_CONNECTED)
		host->node_set_state(host, node, SNAPIN_STATE_NORMAL, NULL);
	else
		host->node_set_state(host, node, SNAPIN_STATE_WARNING,
		    "Not connected to the service; shown is what it said last");
	host->actions_changed(host, node);
}

/* ---- What is wanted ---- */

void
service_want(Service *service, const char *topic)
{
	guint count = GPOINTER_TO_UINT(g_hash_table_lookup(service->topics, topic));

	g_hash_table_insert(service->topics, g_strdup(topic), GUINT_TO_POINTER(count + 1));
	if (count == 0 && service->state == SERVICE_CONNECTED)
		service_subscribe(service);
}

void
service_want_no_more(Service *service, const char *topic)
{
	guint count = GPOINTER_TO_UINT(g_hash_table_lookup(service->topics, topic));

	g_assert(count > 0);
	if (count > 1) {
		g_hash_table_insert(service->topics, g_strdup(topic), GUINT_TO_POINTER(count - 1));
		return;
	}
	g_hash_table_remove(service->topics, topic);
	if (service->state == SERVICE_CONNECTED)
		service_subscribe(service);
}

void
service_want_log(Service *service)
{
	if (service->log_wanted++ == 0 && service->state == SERVICE_CONNECTED)
		service_subscribe_log(service);
}

void
service_want_log_no_more(Service *service)
{
	g_assert(service->log_wanted > 0);
	if (--service->log_wanted == 0 && service->state == SERVICE_CONNECTED)
		service_subscribe_log(service);
}

/* ---- Calls ---- */

static void
was_answered(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	GError *error = NULL;
	json_t *answer = control_client_call_finish(result, &error);

	if (error != NULL)
		g_task_return_error(task, error);
	else
		g_task_return_pointer(task, answer, (GDestroyNotify)json_decref);
}

/* A task of our own: once cancelled, it never brings an answer that had come already, so whoever
 * goes away may cancel and forget. */
void
service_send(Service *service, const char *method, json_t *params, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_set_source_tag(task, service_send);
	if (service->client == NULL) {
		g_task_return_new_error(
		    task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "not connected to the service");
		g_object_unref(task);
		json_decref(params);
		return;
	}
	control_client_call_async(
	    service->client, method, params, 0, cancellable, was_answered, task);
}

void
service_call_async(Service *service, const char *method, json_t *params, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task;

	if (service->state == SERVICE_CONNECTED) {
		service_send(service, method, params, cancellable, callback, user_data);
		return;
	}
	task = g_task_new(NULL, cancellable, callback, user_data);
	g_task_set_source_tag(task, service_call_async);
	g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "%s",
	    service->sentence != NULL ? service->sentence : "not connected to the service");
	g_object_unref(task);
	json_decref(params);
}

json_t *
service_call_finish(GAsyncResult *result, GError **error)
{
	return g_task_propagate_pointer(G_TASK(result), error);
}

typedef struct Act {
	const SnapinHost *host;
	SnapinNode *node; /* a reference */
	char *what;
} Act;

static void
was_acted(GObject *source, GAsyncResult *result, gpointer data)
{
	Act *act = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);

	if (answer == NULL) {
		g_autofree char *reason = control_error_sentence(error);
		g_autofree char *sentence = g_strdup_printf("%s: %s", act->what, reason);

		act->host->report(act->host, act->node, SNAPIN_ERROR, sentence, NULL);
	}
	g_object_unref(act->node);
	g_free(act->what);
	g_free(act);
}

void
service_act(
    Service *service, SnapinNode *node, const char *method, json_t *params, const char *what)
{
	Act *act = g_new(Act, 1);

	*act = (Act){service->host, g_object_ref(node), g_strdup(what)};
	service_call_async(service, method, params, NULL, was_acted, act);
}

char *
service_may(const Service *service, const char *method)
{
	const DescribedMethod *row;

	if (service->state != SERVICE_CONNECTED)
		return g_strdup("Not connected to the service");
	row = description_method(service->description, method);
	if (row == NULL)
		return g_strdup_printf("This service does not offer %s", method);
	if (!role_reaches(service->role, row->role))
		return g_strdup_printf(
		    "This takes the role %s; yours is %s", row->role, service->role);
	return NULL;
}

char *
service_command(const Service *service, const char *method, json_t *params)
{
	g_autofree char *found = control_address_find();
	g_autoptr(json_t) owned = params;

	return command_line_new(service_description(service),
	    g_strcmp0(found, service->path) == 0 ? NULL : service->path, method, owned);
}

/* ---- Coming and going ---- */

static void
service_clear(gpointer data)
{
	Service *service = data;

	g_object_unref(service->life);
	g_hash_table_unref(service->watches);
	g_hash_table_unref(service->topics);
	json_decref(service->status);
	g_free(service->role);
	g_free(service->sentence);
	g_free(service->path);
}

Service *
service_ref(Service *service)
{
	return g_rc_box_acquire(service);
}

void
service_unref(Service *service)
{
	if (service != NULL)
		g_rc_box_release_full(service, service_clear);
}

/* Its node is gone, and the nodes below before it. */
static void
node_gone(gpointer data)
{
	Service *service = data;

	g_cancellable_cancel(service->life);
	service_disconnect(service);
	service->state = SERVICE_CLOSED;
	service->node = NULL;
	connections_forget(service);
	g_clear_pointer(&service->overview, overview_free);
	service_unref(service);
}

static SnapinNode *
add_node(Service *service)
{
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, service->path, -1);
	g_autofree char *id = g_strdup_printf("service-%.12s", sum);
	g_autofree char *title = g_strdup_printf("Chat service \342\200\224 %s", service->path);
	SnapinNodeSpec spec = {
	    .size = sizeof spec,
	    .id = id,
	    .title = title,
	    .icon_name = "network-server-symbolic",
	    .may_have_children = TRUE,
	    .create_widget = overview_create,
	    .shown = overview_shown,
	    .refresh = overview_refresh,
	    .actions = service_actions,
	    .n_actions = service_n_actions,
	    .activate = service_activate,
	    .may = service_may_act,
	    .command = service_act_command,
	    .help = "chat-service",
	    .data = service,
	    .free_data = node_gone,
	};

	return service->host->node_add(service->host, NULL, &spec);
}

Service *
service_new(const SnapinHost *host, const char *path)
{
	Service *service = g_rc_box_new0(Service);

	service->host = host;
	service->path = g_strdup(path);
	service->life = g_cancellable_new();
	service->state = SERVICE_CLOSED;
	service->watches = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	service->topics = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	service->node = add_node(service);
	if (service->node == NULL)
		return NULL; /* the console freed it */
	channels_add(service);
	users_add(service);
	accounts_add(service);
	settings_add(service);
	history_add(service);
	log_add(service);
	audit_add(service);
	service_connect(service);
	return service;
}

void
service_remove(Service *service)
{
	service->host->node_remove(service->host, service->node);
}

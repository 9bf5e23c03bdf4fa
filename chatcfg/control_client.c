/* SPDX-License-Identifier: MIT */
#include "control_client.h"

#include "control.h"
#include "control_lines.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>

#define READ_SIZE (64 * 1024)

struct ControlClient {
	GSocketConnection *connection;
	GCancellable *stop; /* ends reading and writing */
	ControlLines *lines;
	GByteArray *output;  /* not yet handed to the socket */
	GByteArray *writing; /* NULL: no write under way */
	GHashTable *calls;   /* id → Call, in flight */
	GQueue waiting;      /* Call, not yet sent */
	gint64 last_id;
	GError *said; /* an error without an id: why the service will close */
	ControlPushFunc push;
	ControlClosedFunc closed;
	gpointer data;
	gboolean is_closed;
	guint8 buffer[READ_SIZE];
};

typedef struct Call {
	ControlClient *client;
	gint64 id;
	char *method;
	json_t *params;
	GTask *task; /* NULL: answered (timeout, cancelled), the service's answer is not awaited */
	GSource *timer;
	GSource *cancelled;
} Call;

static void read_more(ControlClient *client);
static void send_waiting(ControlClient *client);

static void
call_free(Call *call)
{
	g_clear_object(&call->task);
	g_free(call->method);
	json_decref(call->params);
	g_free(call);
}

static void
clear_source(GSource **source)
{
	if (*source == NULL)
		return;
	g_source_destroy(*source);
	g_clear_pointer(source, g_source_unref);
}

/* Gives the caller his answer; `result` and `error` are taken. */
static void
call_answer(Call *call, json_t *result, GError *error)
{
	g_autoptr(GTask) task = g_steal_pointer(&call->task);

	clear_source(&call->timer);
	clear_source(&call->cancelled);
	if (task == NULL) {
		json_decref(result);
		g_clear_error(&error);
	} else if (error != NULL) {
		g_task_return_error(task, error);
	} else {
		g_task_return_pointer(task, result, (GDestroyNotify)json_decref);
	}
}

static void
client_clear(gpointer data)
{
	ControlClient *client = data;

	control_client_close(client);
	g_clear_object(&client->connection);
	g_clear_object(&client->stop);
	control_lines_free(client->lines);
	g_byte_array_unref(client->output);
	g_clear_pointer(&client->writing, g_byte_array_unref);
	g_hash_table_unref(client->calls);
	g_clear_error(&client->said);
}

ControlClient *
control_client_ref(ControlClient *client)
{
	return g_rc_box_acquire(client);
}

void
control_client_unref(ControlClient *client)
{
	if (client != NULL)
		g_rc_box_release_full(client, client_clear);
}

/* The connection is over: every call fails with `error`, then the owner is told. */
static void
client_fail(ControlClient *client, const GError *error)
{
	g_autoptr(GPtrArray) calls = g_ptr_array_new_with_free_func((GDestroyNotify)call_free);
	GHashTableIter iterator;
	gpointer value;

	if (client->is_closed)
		return;
	client->is_closed = TRUE;
	g_cancellable_cancel(client->stop);
	g_hash_table_iter_init(&iterator, client->calls);
	while (g_hash_table_iter_next(&iterator, NULL, &value)) {
		g_ptr_array_add(calls, value);
		g_hash_table_iter_steal(&iterator);
	}
	while ((value = g_queue_pop_head(&client->waiting)) != NULL)
		g_ptr_array_add(calls, value);
	for (guint i = 0; i < calls->len; i++)
		call_answer(calls->pdata[i], NULL, g_error_copy(error));
	g_io_stream_close_async(
	    G_IO_STREAM(client->connection), G_PRIORITY_DEFAULT, NULL, NULL, NULL);
	if (client->closed != NULL)
		client->closed(client, error, client->data);
}

void
control_client_close(ControlClient *client)
{
	g_autoptr(GError) error =
	    g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CLOSED, "disconnected");

	client->closed = NULL;
	client->push = NULL;
	client_fail(client, error);
}

void
control_client_listen(
    ControlClient *client, ControlPushFunc push, ControlClosedFunc closed, gpointer data)
{
	client->push = push;
	client->closed = closed;
	client->data = data;
}

/* ---- In ---- */

static void
take_answer(ControlClient *client, json_t *object, const json_t *id)
{
	const json_t *error = json_object_get(object, "error");
	gint64 number = json_integer_value(id);
	gpointer value;

	if (!json_is_integer(id)) {
		g_clear_error(&client->said);
		if (json_is_object(error))
			client->said = control_error_from_json(error);
		return;
	}
	if (!g_hash_table_steal_extended(client->calls, &number, NULL, &value))
		return;
	if (json_is_object(error))
		call_answer(value, NULL, control_error_from_json(error));
	else
		call_answer(value, json_incref(json_object_get(object, "result")), NULL);
	call_free(value);
	send_waiting(client);
}

static gboolean
take_line(ControlClient *client, const char *line, gsize size, GError **error)
{
	json_error_t problem;
	g_autoptr(json_t) object = json_loadb(line, size, JSON_REJECT_DUPLICATES, &problem);
	const char *method = json_string_value(json_object_get(object, "method"));
	const json_t *id = json_object_get(object, "id");

	if (!json_is_object(object)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		    "the service sent a line that is not JSON (%s); is this the control socket of "
		    "chatd?",
		    object == NULL ? problem.text : "not an object");
		return FALSE;
	}
	if (id != NULL || json_object_get(object, "error") != NULL)
		take_answer(client, object, id);
	else if (method != NULL && client->push != NULL)
		client->push(client, method, json_object_get(object, "result"), client->data);
	return TRUE;
}

/* FALSE with an error if the stream makes no sense. */
static gboolean
take_bytes(ControlClient *client, gsize size, GError **error)
{
	const char *line;
	gsize length;

	if (!control_lines_feed(client->lines, client->buffer, size)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		    "the service sent a line of more than %d bytes", CONTROL_ANSWER_MAX);
		return FALSE;
	}
	while (!client->is_closed && (line = control_lines_next(client->lines, &length)) != NULL) {
		if (length > 0 && !take_line(client, line, length, error))
			return FALSE;
	}
	return TRUE;
}

static void
was_read(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(ControlClient) client = data;
	g_autoptr(GError) error = NULL;
	gssize size = g_input_stream_read_finish(G_INPUT_STREAM(source), result, &error);

	if (client->is_closed)
		return;
	if (size > 0 && take_bytes(client, (gsize)size, &error)) {
		read_more(client);
		return;
	}
	if (size == 0 || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)) {
		g_clear_error(&error);
		error = client->said != NULL
			    ? g_error_copy(client->said)
			    : g_error_new_literal(G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
				  "the service closed the connection");
	}
	client_fail(client, error);
}

static void
read_more(ControlClient *client)
{
	GInputStream *input;

	if (client->is_closed)
		return;
	input = g_io_stream_get_input_stream(G_IO_STREAM(client->connection));
	g_input_stream_read_async(input, client->buffer, READ_SIZE, G_PRIORITY_DEFAULT,
	    client->stop, was_read, control_client_ref(client));
}

/* ---- Out ---- */

static void write_more(ControlClient *client);

static void
was_written(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(ControlClient) client = data;
	g_autoptr(GError) error = NULL;

	g_clear_pointer(&client->writing, g_byte_array_unref);
	/* Where writing fails, reading ends too, and first tells what the service had to say. */
	if (g_output_stream_write_all_finish(G_OUTPUT_STREAM(source), result, NULL, &error) &&
	    !client->is_closed)
		write_more(client);
}

static void
write_more(ControlClient *client)
{
	GOutputStream *output = g_io_stream_get_output_stream(G_IO_STREAM(client->connection));

	if (client->writing != NULL || client->output->len == 0)
		return;
	client->writing = g_steal_pointer(&client->output);
	client->output = g_byte_array_new();
	g_output_stream_write_all_async(output, client->writing->data, client->writing->len,
	    G_PRIORITY_DEFAULT, client->stop, was_written, control_client_ref(client));
}

static void
call_send(Call *call)
{
	g_autoptr(json_t) request = json_pack("{s:s, s:I, s:s}", "jsonrpc", "2.0", "id",
	    (json_int_t)call->id, "method", call->method);
	g_autofree char *text = NULL;

	if (call->params != NULL)
		json_object_set(request, "params", call->params);
	text = json_dumps(request, JSON_COMPACT);
	if (text == NULL || strlen(text) > CONTROL_REQUEST_MAX) {
		call_answer(call, NULL,
		    g_error_new(G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
			"a call has at most %d bytes of UTF-8", CONTROL_REQUEST_MAX));
		call_free(call);
		return;
	}
	g_byte_array_append(call->client->output, (const guint8 *)text, (guint)strlen(text));
	g_byte_array_append(call->client->output, (const guint8 *)"\n", 1);
	g_hash_table_insert(call->client->calls, &call->id, call);
}

static void
send_waiting(ControlClient *client)
{
	while (!client->is_closed && !g_queue_is_empty(&client->waiting) &&
	       g_hash_table_size(client->calls) < CONTROL_CALLS_MAX)
		call_send(g_queue_pop_head(&client->waiting));
	if (!client->is_closed)
		write_more(client);
}

static gboolean
call_timed_out(gpointer data)
{
	Call *call = data;

	call_answer(call, NULL,
	    g_error_new(G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the service did not answer %s in time",
		call->method));
	return G_SOURCE_REMOVE;
}

static gboolean
call_cancelled(GCancellable *cancellable, gpointer data)
{
	GError *error = NULL;

	g_cancellable_set_error_if_cancelled(cancellable, &error);
	call_answer(data, NULL, error);
	return G_SOURCE_REMOVE;
}

static void
call_watch(Call *call, guint timeout, GCancellable *cancellable)
{
	call->timer = g_timeout_source_new(timeout != 0 ? timeout : CONTROL_CLIENT_TIMEOUT);
	g_source_set_callback(call->timer, call_timed_out, call, NULL);
	g_source_attach(call->timer, g_main_context_get_thread_default());
	if (cancellable == NULL)
		return;
	call->cancelled = g_cancellable_source_new(cancellable);
	g_source_set_callback(call->cancelled, G_SOURCE_FUNC(call_cancelled), call, NULL);
	g_source_attach(call->cancelled, g_main_context_get_thread_default());
}

void
control_client_call_async(ControlClient *client, const char *method, json_t *params, guint timeout,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);
	Call *call;

	g_task_set_source_tag(task, control_client_call_async);
	g_task_set_check_cancellable(task, FALSE);
	if (client->is_closed) {
		g_task_return_new_error(
		    task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "not connected");
		g_object_unref(task);
		json_decref(params);
		return;
	}
	call = g_new0(Call, 1);
	call->client = client;
	call->id = ++client->last_id;
	call->method = g_strdup(method);
	call->params = params;
	call->task = task;
	call_watch(call, timeout, cancellable);
	g_queue_push_tail(&client->waiting, call);
	send_waiting(client);
}

json_t *
control_client_call_finish(GAsyncResult *result, GError **error)
{
	return g_task_propagate_pointer(G_TASK(result), error);
}

/* ---- Connecting ---- */

/* Names the group that would let us in. */
static GError *
forbidden(const char *path)
{
	const struct group *group;
	GStatBuf status;

	if (g_stat(path, &status) != 0)
		return g_error_new(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
		    "You may not look for the service at %s", path);
	group = getgrgid(status.st_gid);
	if (group == NULL || !(status.st_mode & S_IWGRP))
		return g_error_new(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
		    "You may not connect to %s: only its owner may", path);
	return g_error_new(G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
	    "You may not connect to %s: only members of the group %s may; log in anew once you "
	    "are one",
	    path, group->gr_name);
}

static void
was_connected(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	g_autoptr(GError) error = NULL;
	GSocketConnection *connection =
	    g_socket_client_connect_finish(G_SOCKET_CLIENT(source), result, &error);
	ControlClient *client;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)) {
		g_task_return_error(task, forbidden(g_task_get_task_data(task)));
		return;
	}
	if (connection == NULL) {
		g_prefix_error(&error, "%s: ", (const char *)g_task_get_task_data(task));
		g_task_return_error(task, g_steal_pointer(&error));
		return;
	}
	client = g_rc_box_new0(ControlClient);
	client->connection = connection;
	client->stop = g_cancellable_new();
	client->lines = control_lines_new(CONTROL_ANSWER_MAX);
	client->output = g_byte_array_new();
	client->calls = g_hash_table_new(g_int64_hash, g_int64_equal);
	read_more(client);
	g_task_return_pointer(task, client, (GDestroyNotify)control_client_unref);
}

void
control_client_connect_async(
    const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
	g_autoptr(GSocketClient) socket_client = g_socket_client_new();
	g_autoptr(GSocketAddress) address = g_unix_socket_address_new(path);
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	g_task_set_task_data(task, g_strdup(path), g_free);
	g_socket_client_set_enable_proxy(socket_client, FALSE);
	g_socket_client_connect_async(
	    socket_client, G_SOCKET_CONNECTABLE(address), cancellable, was_connected, task);
}

ControlClient *
control_client_connect_finish(GAsyncResult *result, GError **error)
{
	return g_task_propagate_pointer(G_TASK(result), error);
}

/* SPDX-License-Identifier: MIT */
#include "chatctl_session.h"

#include "control.h"

#include <glib-unix.h>

struct ChatctlSession {
	ControlClient *client;
	guint timeout;
	GAsyncResult *result; /* of what is being waited for */
	gboolean interrupted;
	GError *closed;
	ChatctlPush push;
	gpointer data;
};

static void
have_result(GObject *source, GAsyncResult *result, gpointer data)
{
	((ChatctlSession *)data)->result = g_object_ref(result);
}

static GAsyncResult *
wait_result(ChatctlSession *session)
{
	while (session->result == NULL)
		g_main_context_iteration(NULL, TRUE);
	return g_steal_pointer(&session->result);
}

static void
was_pushed(ControlClient *client, const char *method, json_t *result, gpointer data)
{
	ChatctlSession *session = data;

	if (session->push != NULL && !session->interrupted)
		session->push(method, result, session->data);
}

static void
was_closed(ControlClient *client, const GError *error, gpointer data)
{
	ChatctlSession *session = data;

	if (session->closed == NULL)
		session->closed = g_error_copy(error);
}

static gboolean
too_late(gpointer data)
{
	g_cancellable_cancel(data);
	return G_SOURCE_REMOVE;
}

ChatctlSession *
chatctl_session_open(const char *path, guint timeout, GError **error)
{
	ChatctlSession *session = g_new0(ChatctlSession, 1);
	g_autoptr(GCancellable) late = g_cancellable_new();
	g_autoptr(GAsyncResult) result = NULL;
	guint timer = g_timeout_add(timeout, too_late, late);

	session->timeout = timeout;
	control_client_connect_async(path, late, have_result, session);
	result = wait_result(session);
	session->client = control_client_connect_finish(result, error);
	if (!g_cancellable_is_cancelled(late))
		g_source_remove(timer);
	if (session->client == NULL) {
		g_free(session);
		return NULL;
	}
	control_client_listen(session->client, was_pushed, was_closed, session);
	return session;
}

void
chatctl_session_close(ChatctlSession *session)
{
	if (session == NULL)
		return;
	control_client_close(session->client);
	control_client_unref(session->client);
	while (g_main_context_iteration(NULL, FALSE))
		;
	g_clear_error(&session->closed);
	g_free(session);
}

json_t *
chatctl_session_call(ChatctlSession *session, const char *method, json_t *params, GError **error)
{
	g_autoptr(GAsyncResult) result = NULL;

	control_client_call_async(session->client, method, json_incref(params), session->timeout,
	    NULL, have_result, session);
	result = wait_result(session);
	return control_client_call_finish(result, error);
}

json_t *
chatctl_session_list(
    ChatctlSession *session, const char *method, const json_t *params, GError **error)
{
	json_t *list = json_array();
	g_autoptr(json_t) page_params = params != NULL ? json_deep_copy(params) : json_object();
	json_int_t total = 0;
	gboolean more = TRUE;

	json_object_set_new(page_params, "limit", json_integer(CONTROL_PAGE_MAX));
	while (more) {
		g_autoptr(json_t) page = chatctl_session_call(session, method, page_params, error);
		const json_t *cursor = json_object_get(page, "next_cursor");

		if (page == NULL) {
			json_decref(list);
			return NULL;
		}
		json_array_extend(list, json_object_get(page, "list"));
		total = json_integer_value(json_object_get(page, "total"));
		more = json_is_string(cursor) || json_is_integer(cursor);
		if (more)
			json_object_set(page_params, "cursor", (json_t *)cursor);
	}
	return json_pack("{s:o, s:n, s:I}", "list", list, "next_cursor", "total", total);
}

static gboolean
interrupt(gpointer data)
{
	((ChatctlSession *)data)->interrupted = TRUE;
	return G_SOURCE_CONTINUE;
}

void
chatctl_session_listen(ChatctlSession *session, ChatctlPush push, gpointer data)
{
	session->push = push;
	session->data = data;
}

gboolean
chatctl_session_follow(ChatctlSession *session, GError **error)
{
	guint on_int = g_unix_signal_add(SIGINT, interrupt, session);
	guint on_term = g_unix_signal_add(SIGTERM, interrupt, session);

	while (!session->interrupted && session->closed == NULL)
		g_main_context_iteration(NULL, TRUE);
	g_source_remove(on_int);
	g_source_remove(on_term);
	if (session->interrupted)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&session->closed));
	return FALSE;
}

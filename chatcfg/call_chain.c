/* SPDX-License-Identifier: MIT */
#include "call_chain.h"

typedef struct Link {
	char *method;
	json_t *params;
} Link;

struct CallChain {
	GQueue links; /* Link */
	Service *service;
};

static void
link_free(gpointer data)
{
	Link *link = data;

	g_free(link->method);
	json_decref(link->params);
	g_free(link);
}

void
call_chain_free(CallChain *chain)
{
	g_queue_clear_full(&chain->links, link_free);
	service_unref(chain->service);
	g_free(chain);
}

gboolean
call_chain_is_empty(const CallChain *chain)
{
	return g_queue_is_empty((GQueue *)&chain->links);
}

CallChain *
call_chain_new(void)
{
	return g_new0(CallChain, 1);
}

void
call_chain_add(CallChain *chain, const char *method, json_t *params)
{
	Link *link = g_new(Link, 1);

	*link = (Link){g_strdup(method), params};
	g_queue_push_tail(&chain->links, link);
}

static void next(GTask *task);

static void
was_answered(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GTask) task = data;
	GError *error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);

	if (answer != NULL)
		next(g_steal_pointer(&task));
	else
		g_task_return_error(task, error);
}

/* Takes the task. */
static void
next(GTask *task)
{
	CallChain *chain = g_task_get_task_data(task);
	Link *link = g_queue_pop_head(&chain->links);

	if (link == NULL) {
		g_task_return_boolean(task, TRUE);
		g_object_unref(task);
		return;
	}
	service_call_async(chain->service, link->method, g_steal_pointer(&link->params),
	    g_task_get_cancellable(task), was_answered, task);
	link_free(link);
}

void
call_chain_run_async(CallChain *chain, Service *service, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data)
{
	GTask *task = g_task_new(NULL, cancellable, callback, user_data);

	chain->service = service_ref(service);
	g_task_set_source_tag(task, call_chain_run_async);
	g_task_set_task_data(task, chain, (GDestroyNotify)call_chain_free);
	next(task);
}

gboolean
call_chain_run_finish(GAsyncResult *result, GError **error)
{
	return g_task_propagate_boolean(G_TASK(result), error);
}

/* SPDX-License-Identifier: MIT */
#include "asking.h"

#include "service_private.h"

typedef struct Asking {
	const SnapinHost *host;
	Service *service; /* valid while `life` is not cancelled */
	GCancellable *life;
	AskingFunc answered;
	gpointer data;
	GDestroyNotify free_data;
} Asking;

static void
was_answered(GObject *source, GAsyncResult *result, gpointer data)
{
	Asking *asking = data;
	g_auto(GStrv) answers = asking->host->ask_finish(asking->host, result, NULL);

	if (answers != NULL && !g_cancellable_is_cancelled(asking->life))
		asking->answered(asking->service, answers, asking->data);
	if (asking->free_data != NULL)
		asking->free_data(asking->data);
	g_object_unref(asking->life);
	g_free(asking);
}

void
asking_ask(Service *service, const SnapinQuestion *question, AskingFunc answered, gpointer data,
    GDestroyNotify free_data)
{
	Asking *asking = g_new(Asking, 1);

	*asking = (Asking){
	    service->host, service, g_object_ref(service->life), answered, data, free_data};
	service->host->ask_async(service->host, question, service->life, was_answered, asking);
}

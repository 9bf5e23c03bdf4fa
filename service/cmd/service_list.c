/* SPDX-License-Identifier: MIT */
#include "cmd/service_list.h"

#include "cmd/walk.h"
#include "domain/accounts.h"
#include "domain/directory.h"

typedef struct ServiceList {
	const ServiceListKind *kind;
	char *mask;
	unsigned found;
	uint32_t cursor;
} ServiceList;

static void
list_free(gpointer data)
{
	ServiceList *list = data;

	g_free(list->mask);
	g_free(list);
}

static void
look_at(Ctx *ctx, ServiceList *list, const void *object)
{
	if (list->kind->matches(ctx, object, list->mask) && list->found++ < SERVICE_LIST_MOST)
		list->kind->tell(ctx, object);
}

static bool
list_step(Ctx *ctx, void *data)
{
	ServiceList *list = data;

	for (unsigned i = 0; i < WALK_SLICE; i++) {
		const void *object = list->kind->next(ctx->community, &list->cursor);

		if (!object) {
			ctx_say(ctx, "%u %s%s", list->found, list->kind->what,
			    list->found > SERVICE_LIST_MOST ? ", the first of them above" : "");
			return false;
		}
		look_at(ctx, list, object);
	}
	return true;
}

Outcome
service_list(Ctx *ctx, const ServiceListKind *kind, const char *mask)
{
	ServiceList *list = g_new0(ServiceList, 1);

	list->kind = kind;
	list->mask = g_strdup(mask);
	return walk_start(ctx, list_step, list, list_free);
}

const void *
service_list_account(const Community *community, uint32_t *cursor)
{
	return accounts_next(community->accounts, cursor);
}

const void *
service_list_channel(const Community *community, uint32_t *cursor)
{
	return directory_next_channel(community->directory, cursor);
}

/* SPDX-License-Identifier: MIT */
#include "domain/monitor.h"

#include "domain/session.h"
#include "proto/casemap.h"

struct Monitor {
	GHashTable *targets; /* target->nick -> MonitorTarget */
};

Monitor *
monitor_new(void)
{
	Monitor *monitor = g_new0(Monitor, 1);

	monitor->targets = g_hash_table_new(casemap_hash, casemap_equal);
	return monitor;
}

void
monitor_free(Monitor *monitor)
{
	if (!monitor)
		return;
	g_assert(g_hash_table_size(monitor->targets) == 0);
	g_hash_table_unref(monitor->targets);
	g_free(monitor);
}

static MonitorTarget *
take_target(Monitor *monitor, const char *nick)
{
	MonitorTarget *target = g_hash_table_lookup(monitor->targets, nick);

	if (target)
		return target;
	target = g_new0(MonitorTarget, 1);
	target->nick = g_strdup(nick);
	target->watches = g_ptr_array_new();
	g_hash_table_insert(monitor->targets, target->nick, target);
	return target;
}

static MonitorList *
take_list(Session *session)
{
	if (!session->monitored) {
		session->monitored = g_new0(MonitorList, 1);
		session->monitored->by_nick = g_hash_table_new(casemap_hash, casemap_equal);
		g_queue_init(&session->monitored->order);
	}
	return session->monitored;
}

bool
monitor_add(Monitor *monitor, Session *session, const char *nick)
{
	MonitorList *list = take_list(session);
	MonitorWatch *watch;

	if (g_hash_table_contains(list->by_nick, nick))
		return false;
	watch = g_new0(MonitorWatch, 1);
	watch->target = take_target(monitor, nick);
	watch->session = session;
	watch->nick = g_strdup(nick);
	watch->index = watch->target->watches->len;
	watch->link.data = watch;
	g_ptr_array_add(watch->target->watches, watch);
	g_hash_table_insert(list->by_nick, watch->nick, watch);
	g_queue_push_tail_link(&list->order, &watch->link);
	return true;
}

static void
target_drop(Monitor *monitor, MonitorTarget *target)
{
	g_hash_table_remove(monitor->targets, target->nick);
	g_ptr_array_unref(target->watches);
	g_free(target->nick);
	g_free(target);
}

static void
watch_drop(Monitor *monitor, MonitorList *list, MonitorWatch *watch)
{
	MonitorTarget *target = watch->target;

	g_hash_table_remove(list->by_nick, watch->nick);
	g_queue_unlink(&list->order, &watch->link);
	/* The last one takes the place that becomes free. */
	g_ptr_array_remove_index_fast(target->watches, watch->index);
	if (watch->index < target->watches->len)
		((MonitorWatch *)target->watches->pdata[watch->index])->index = watch->index;
	if (target->watches->len == 0)
		target_drop(monitor, target);
	g_free(watch->nick);
	g_free(watch);
}

static void
list_drop_if_empty(Session *session)
{
	MonitorList *list = session->monitored;

	if (list->order.length > 0)
		return;
	g_hash_table_unref(list->by_nick);
	g_free(list);
	session->monitored = NULL;
}

bool
monitor_remove(Monitor *monitor, Session *session, const char *nick)
{
	MonitorList *list = session->monitored;
	MonitorWatch *watch = list ? g_hash_table_lookup(list->by_nick, nick) : NULL;

	if (!watch)
		return false;
	watch_drop(monitor, list, watch);
	list_drop_if_empty(session);
	return true;
}

void
monitor_clear(Monitor *monitor, Session *session)
{
	MonitorList *list = session->monitored;

	if (!list)
		return;
	while (list->order.length > 0)
		watch_drop(monitor, list, list->order.head->data);
	list_drop_if_empty(session);
}

bool
monitor_has(const Session *session, const char *nick)
{
	return session->monitored && g_hash_table_contains(session->monitored->by_nick, nick);
}

unsigned
monitor_count(const Session *session)
{
	return session->monitored ? session->monitored->order.length : 0;
}

const MonitorWatch *
monitor_next(const Session *session, const MonitorWatch *watch)
{
	const GList *link = NULL;

	if (watch)
		link = watch->link.next;
	else if (session->monitored)
		link = session->monitored->order.head;
	return link ? link->data : NULL;
}

const MonitorTarget *
monitor_find(const Monitor *monitor, const char *nick)
{
	return g_hash_table_lookup(monitor->targets, nick);
}

/* SPDX-License-Identifier: MIT */
/*
 * Monitor: which sessions want to know whether a nick is here (IRCv3 monitor).
 * Invariant: a session watches a nick (without case) at most once; a target exists as long as it
 * has a watch. Adding, removing and finding take the same time however many watch one nick.
 * Ownership: borrows sessions: monitor_clear() before a session is freed. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Monitor Monitor;

/* A nick that somebody watches. */
typedef struct MonitorTarget {
	char *nick;         /* as the first to watch it spelled it */
	GPtrArray *watches; /* of MonitorWatch, in no order; never empty */
} MonitorTarget;

typedef struct MonitorWatch {
	MonitorTarget *target;
	Session *session;
	char *nick;  /* as this session spelled it */
	guint index; /* in target->watches */
	GList link;  /* in the session's list, oldest first */
} MonitorWatch;

/* What one session watches; session->monitored, NULL while it is nothing. */
struct MonitorList {
	GHashTable *by_nick; /* watch->nick -> MonitorWatch */
	GQueue order;        /* of MonitorWatch */
};

Monitor *monitor_new(void);
/* Every session was cleared before. */
void monitor_free(Monitor *monitor);
/* False if it is watched by the session already. */
bool monitor_add(Monitor *monitor, Session *session, const char *nick);
/* False if it was not. */
bool monitor_remove(Monitor *monitor, Session *session, const char *nick);
bool monitor_has(const Session *session, const char *nick);
void monitor_clear(Monitor *monitor, Session *session);
/* How many nicks the session watches. */
unsigned monitor_count(const Session *session);
/* Oldest first: NULL begins, NULL at the end; nothing may be added or removed meanwhile. */
const MonitorWatch *monitor_next(const Session *session, const MonitorWatch *watch);
/* NULL if nobody watches the nick. */
const MonitorTarget *monitor_find(const Monitor *monitor, const char *nick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Monitor, monitor_free)

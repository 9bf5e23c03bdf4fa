/* SPDX-License-Identifier: MIT */
/*
 * Service: one chat service in the console's tree: its connection, kept alive over restarts, what
 * the service says it can do, who we are to it, and who wants to know when something changes.
 * Invariant: description and role are there exactly while SERVICE_CONNECTED; a watcher is told of a
 * new connection after both are there and the subscriptions are made, so it lists anew then.
 * Ownership: its root node holds a reference; children of the node borrow it. A property sheet may
 * outlive the node and holds a reference of its own: every call fails then.
 * Thread: main; nothing blocks.
 */
#pragma once

#include "control_client.h"
#include "description.h"
#include "snapin.h"

typedef struct Service Service;

typedef enum ServiceState {
	SERVICE_CONNECTING,
	SERVICE_CONNECTED,
	SERVICE_WAITING, /* not there; tried again after a while, see service_sentence() */
	SERVICE_CLOSED,  /* by the user */
} ServiceState;

typedef struct ServiceWatch {
	/* The state is another, or the same one anew (each connection counts). May be NULL. */
	void (*state)(Service *service, gpointer data);
	/* A push: "service.event" or "log.event"; `result` is borrowed. May be NULL. */
	void (*event)(Service *service, const char *method, const json_t *result, gpointer data);
	/* A fresh answer of service.status, every two seconds while connected. May be NULL. */
	void (*status)(Service *service, const json_t *status, gpointer data);
} ServiceWatch;

/* Adds the root node and begins to connect. `path` is the socket's. NULL if there is no room. */
Service *service_new(const SnapinHost *host, const char *path);
/* Takes its root node out of the tree and with it all of it. */
void service_remove(Service *service);
Service *service_ref(Service *service);
void service_unref(Service *service);
const SnapinHost *service_host(const Service *service);
SnapinNode *service_node(const Service *service);
const char *service_path(const Service *service);
ServiceState service_state(const Service *service);
/* How it stands, for people: "Connected", "The service is not running; trying again in 4 s". */
const char *service_sentence(const Service *service);
/* NULL unless connected. */
const Description *service_description(const Service *service);
const char *service_role(const Service *service); /* "administrator" */
/* The latest answer of service.status, borrowed; NULL unless connected. */
const json_t *service_status(const Service *service);

/* `watch` is static; returns an id for service_unwatch(). Told until then. */
guint service_watch(Service *service, const ServiceWatch *watch, gpointer data);
void service_unwatch(Service *service, guint id);
/* Counts who wants a topic of service.subscribe ("user" "channel" "member" "config" "service");
 * renewed after a reconnect. */
void service_want(Service *service, const char *topic);
void service_want_no_more(Service *service, const char *topic);
/* The same for log.event, all sources that are not debug. */
void service_want_log(Service *service);
void service_want_log_no_more(Service *service);

/* As control_client_call_async(), G_IO_ERROR_NOT_CONNECTED while there is no connection. */
void service_call_async(Service *service, const char *method, json_t *params,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
json_t *service_call_finish(GAsyncResult *result, GError **error);
/* Calls and reports a failure in the console's bar: `what` begins the sentence, "Cannot disconnect
 * anna". For acts whose success is seen by itself. */
void service_act(
    Service *service, SnapinNode *node, const char *method, json_t *params, const char *what);
/* Shows at a node below, while there is no connection, that what it lists may be old. Its actions
 * are judged anew. */
void service_mark(const Service *service, SnapinNode *node);
/* NULL if the method may be called now, else why not, for people (transfer full). */
char *service_may(const Service *service, const char *method);
/* The chatctl line that does the same; takes `params` (transfer full). Caller frees. */
char *service_command(const Service *service, const char *method, json_t *params);

/* The children of the root, each in its own file; called once by service_new(). */
void channels_add(Service *service);
void users_add(Service *service);
void accounts_add(Service *service);
void settings_add(Service *service);
void history_add(Service *service);
void log_add(Service *service);
void audit_add(Service *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Service, service_unref)

/* SPDX-License-Identifier: MIT */
/*
 * The inside of a Service, shared by the files that make it up: service.c (node, watchers, calls),
 * service_connect.c (the connection), service_actions.c (what can be done to it), overview.c.
 * Invariant: `client` is there while CONNECTING got that far and while CONNECTED; `retry` ticks
 * exactly while WAITING. Thread: main.
 */
#pragma once

#include "service.h"

typedef struct Overview Overview;

/* What must be known before a connection counts. */
typedef struct ServiceHello {
	json_t *describe;
	json_t *whoami;
	json_t *status;
} ServiceHello;

struct Service {
	const SnapinHost *host;
	SnapinNode *node;
	char *path;
	GCancellable *life; /* cancelled when it goes away */
	ServiceState state;
	char *sentence;
	ControlClient *client;
	GCancellable *connecting; /* cancelled when this attempt or connection is over */
	ServiceHello hello;
	Description *description;
	char *role;
	json_t *status;
	gboolean status_asked;
	guint status_source;
	guint retry_source;
	guint retry_seconds; /* until the next attempt */
	guint attempts;      /* that failed in a row */
	char *trouble;       /* why, without the seconds */
	GHashTable *topics;  /* char * → how many want it */
	guint log_wanted;
	GHashTable *watches; /* id → Watch */
	guint last_watch;
	Overview *overview; /* NULL until first shown */
};

/* service.c */
void service_set_state(
    Service *service, ServiceState state, SnapinState look, const char *sentence);
void service_tell_state(Service *service);
void service_tell_event(Service *service, const char *method, const json_t *result);
void service_take_status(Service *service, json_t *status);
/* As service_call_async() as soon as there is a client. */
void service_send(Service *service, const char *method, json_t *params, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data);

/* service_connect.c */
void service_connect(Service *service);
/* By the user, or because it goes away. */
void service_disconnect(Service *service);
void service_subscribe(Service *service);
void service_subscribe_log(Service *service);
void service_ask_status(Service *service);

/* service_actions.c */
extern const SnapinAction service_actions[];
extern const guint service_n_actions;
void service_activate(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection);
char *service_may_act(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection);
char *service_act_command(
    SnapinNode *node, gpointer data, const SnapinAction *action, const SnapinSelection *selection);

/* overview.c: the root's pane. */
GtkWidget *overview_create(SnapinNode *node, gpointer service);
void overview_shown(SnapinNode *node, gpointer service, gboolean visible);
void overview_refresh(SnapinNode *node, gpointer service);
void overview_free(Overview *overview);

/* SPDX-License-Identifier: MIT */
/*
 * ControlClient: one connection to the control socket of a service: calls, answers and pushes.
 * Lives until control_client_close(), whatever references there are.
 * Invariant: every call is answered exactly once: by the service, by its timeout, its cancellable
 * or the end of the connection. No more than CONTROL_CALLS_MAX calls are in flight; others wait.
 * Thread: the main context it was made in; nothing blocks.
 */
#pragma once

#include "control_error.h"

#define CONTROL_CLIENT_TIMEOUT 15000 /* milliseconds, if a call gives 0 */

typedef struct ControlClient ControlClient;
/* `result` is borrowed. */
typedef void (*ControlPushFunc)(
    ControlClient *client, const char *method, json_t *result, gpointer data);
/* Once; after it every call fails. Not called after control_client_close(). */
typedef void (*ControlClosedFunc)(ControlClient *client, const GError *error, gpointer data);

void control_client_connect_async(
    const char *path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* One reference, the caller's. */
ControlClient *control_client_connect_finish(GAsyncResult *result, GError **error);
ControlClient *control_client_ref(ControlClient *client);
void control_client_unref(ControlClient *client);
/* Calls not yet answered fail; no more callbacks of the two below. */
void control_client_close(ControlClient *client);
void control_client_listen(
    ControlClient *client, ControlPushFunc push, ControlClosedFunc closed, gpointer data);

/* `params` (transfer full) may be NULL; timeout in milliseconds, 0: CONTROL_CLIENT_TIMEOUT. */
void control_client_call_async(ControlClient *client, const char *method, json_t *params,
    guint timeout, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* The result (transfer full); a refusal is a CONTROL_ERROR, all else a G_IO_ERROR. */
json_t *control_client_call_finish(GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ControlClient, control_client_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_t, json_decref)

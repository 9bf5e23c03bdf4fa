/* SPDX-License-Identifier: MIT */
/*
 * ChatctlSession: chatctl's connection, with calls that wait for their answer. Thread: main.
 */
#pragma once

#include "control_client.h"

typedef struct ChatctlSession ChatctlSession;
/* Of what the service pushes. */
typedef void (*ChatctlPush)(const char *method, const json_t *result, gpointer data);

/* Connects to `path`; timeout in milliseconds, of connecting and of each call. */
ChatctlSession *chatctl_session_open(const char *path, guint timeout, GError **error);
void chatctl_session_close(ChatctlSession *session);
/* `params` (transfer none) may be NULL. */
json_t *chatctl_session_call(
    ChatctlSession *session, const char *method, json_t *params, GError **error);
/* A list in all its pages: `next_cursor` is followed to the end. */
json_t *chatctl_session_list(
    ChatctlSession *session, const char *method, const json_t *params, GError **error);
/* Who gets what is pushed from now on; before the call that starts it, so that none is missed. */
void chatctl_session_listen(ChatctlSession *session, ChatctlPush push, gpointer data);
/* Until SIGINT or SIGTERM (TRUE) or the end of the connection (FALSE). */
gboolean chatctl_session_follow(ChatctlSession *session, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ChatctlSession, chatctl_session_close)

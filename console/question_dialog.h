/* SPDX-License-Identifier: MIT */
/*
 * A question of a snap-in with fields to fill in; answered asynchronously, never by a nested main
 * loop.
 * Invariant: the accepting button is on exactly while every required field is filled in.
 * Thread: main.
 */
#pragma once

#include "snapin.h"

#define QUESTION_MAX_FIELDS 16

/* `question` is copied. */
void question_dialog_ask(GtkWindow *parent, const SnapinQuestion *question,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* As SnapinHost.ask_finish. */
char **question_dialog_finish(GAsyncResult *result, GError **error);

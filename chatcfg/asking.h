/* SPDX-License-Identifier: MIT */
/*
 * Asking: a question in a dialog whose answer is only heard while the service is still in the
 * tree. Thread: main.
 */
#pragma once

#include "service.h"

#define ASKING_REASON_MAX 300 /* bytes; what every command carries with room for the rest */

/* `answers` is borrowed; one per field. Not called if the user thought better of it. */
typedef void (*AskingFunc)(Service *service, char **answers, gpointer data);

/* `data` is freed by `free_data` in any case. */
void asking_ask(Service *service, const SnapinQuestion *question, AskingFunc answered,
    gpointer data, GDestroyNotify free_data);

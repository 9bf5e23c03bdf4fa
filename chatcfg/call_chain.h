/* SPDX-License-Identifier: MIT */
/*
 * CallChain: calls of the control socket one after the other; the first refusal ends it.
 * Thread: main; nothing blocks.
 */
#pragma once

#include "service.h"

typedef struct CallChain CallChain;

CallChain *call_chain_new(void);
void call_chain_free(CallChain *chain);
gboolean call_chain_is_empty(const CallChain *chain);
/* `params` (transfer full) may be NULL. */
void call_chain_add(CallChain *chain, const char *method, json_t *params);
/* Takes the chain; with nothing in it, it succeeds. */
void call_chain_run_async(CallChain *chain, Service *service, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data);
gboolean call_chain_run_finish(GAsyncResult *result, GError **error);

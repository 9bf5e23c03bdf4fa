/* SPDX-License-Identifier: MIT */
/*
 * Kept WHOWAS: who left is remembered in memory and, where there is a store, in it, so that WHOWAS
 * answers after a restart too. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* Remembers the user as he is now; `event` is "quit" or "nick-change", a constant. */
void kept_whowas_add(Ctx *ctx, const User *user, const char *event);
/* From rows (StoreWhowas, oldest first) into an empty memory. */
void kept_whowas_load(Community *community, const GPtrArray *rows);

/* SPDX-License-Identifier: MIT */
/*
 * Device: which of a user's clients a session is: it says so by logging in as "account@device",
 * or with USER "user@device".
 * When each was last here is kept with the account, so that what it missed can be told to it.
 * Invariant: clients that name no device are one together, DEVICE_UNNAMED. Thread: state.
 */
#pragma once

#include "act/ctx.h"

#define DEVICE_UNNAMED "*"

/* Cuts `name` at its '@'; what follows is the session's device. After registration it is only
 * cut. */
void device_take(Session *session, char *name);
/* The session is its user's now: session->device_seen_at says when the device was last here. That
 * may be now, with another connection. */
void device_came(const Ctx *ctx, Session *session);
/* It has all that it missed up to then: after a crash of the service it begins there. */
void device_caught_up(Ctx *ctx, const Session *session, int64_t when);
/* It goes: kept with the account from now on. What it was not told yet it will still have missed.
 */
void device_left(Ctx *ctx, const Session *session);

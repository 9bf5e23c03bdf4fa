/* SPDX-License-Identifier: MIT */
/*
 * RpcTimers: calls a session has asked to be made again and again (rpc.add_timer). Invariant: they
 * end with the session; a turn is left out while the session's role is being looked up or its peer
 * does not read. Thread: state.
 */
#pragma once

#include "control/control_state.h"
#include "control/json_request.h"

#define RPC_TIMERS_MAX 32u
#define RPC_TIMER_LEAST 250 /* milliseconds */

/* control_session.c: makes the call; takes the request over. */
void session_run_request(ControlSession *session, JsonRequest *request);
/* Ends all of them. */
void rpc_timers_clear(ControlSession *session);

/* SPDX-License-Identifier: MIT */
/*
 * Audit: who changed what over the control socket. Invariant: every accepted call of a method that
 * changes something makes one record, whatever came of it. Thread: state.
 */
#pragma once

#include "control/control_call.h"

/* Records the call as it ended; `done` gets the call as its data. */
void audit_call(ControlCall *call, StoreDone done);

/* SPDX-License-Identifier: MIT */
/*
 * Settling what a crash left pending in the record of changes: done if the files say what the
 * change made, else failed. Invariant: no change begins before it is settled. Thread: state.
 */
#pragma once

#include "control/control_state.h"

/* At the start; reads in the background. */
void config_reconcile(Control *control);

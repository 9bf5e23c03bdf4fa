/* SPDX-License-Identifier: MIT */
/*
 * Params: holds a call's role and parameters against its method's row. Invariant: after true every
 * parameter the row requires is there, and every known one present has its row's type and range.
 * Compatible methods ignore what they do not know and take a wrong type for absent, as the service
 * they imitate does; ours refuse both. Thread: state.
 */
#pragma once

#include "control/control_call.h"

/* False after a refusal. Sets call->ours; parameters that count as absent are taken out. */
bool params_check(ControlCall *call);
/* The words of a row's `values`, "a b c". Array of strings; caller frees with g_strfreev(). */
char **param_values(const MethodParam *param);

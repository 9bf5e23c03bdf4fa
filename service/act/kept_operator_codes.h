/* SPDX-License-Identifier: MIT */
/*
 * KeptOperatorCodes: which code of his second factor an operator used last, to and from the store:
 * a code that was seen is good for nothing, after a restart neither. Without records it is known
 * until the end of the service. Thread: state.
 */
#pragma once

#include "act/ctx.h"

/* The step (settings/totp.h) of the newest code of [operator `name`]; 0: none was used. */
int64_t kept_operator_code(const Ctx *ctx, const char *name);
/* It was used; who asked is answered when that is on the disk. */
void kept_operator_code_put(Ctx *ctx, const char *name, int64_t step);
/* Rows of the store (StoreOperatorCode), at the start. */
void kept_operator_codes_load(Community *community, const GPtrArray *rows);

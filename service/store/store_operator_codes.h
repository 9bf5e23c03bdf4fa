/* SPDX-License-Identifier: MIT */
/*
 * StoreOperatorCodes: the step (settings/totp.h) of the newest code each operator of the
 * configuration has used: none is good twice, over a restart either. Invariant: a step only moves
 * forward. Thread: as store/store.h.
 */
#pragma once

#include "store/store.h"

typedef struct StoreOperatorCode {
	char *operator; /* [operator NAME] */
	int64_t step;
} StoreOperatorCode;

void store_operator_code_free(StoreOperatorCode *row);
void store_put_operator_code(
    Store *store, const char *operator, int64_t step, StoreDone done, void *data);
/* Array of StoreOperatorCode. NULL on error; caller frees. */
GPtrArray *store_read_operator_codes(Store *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

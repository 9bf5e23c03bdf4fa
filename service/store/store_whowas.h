/* SPDX-License-Identifier: MIT */
/*
 * StoreWhowas: users who left or took another nick, in the store: rows, writes and reads. Times are
 * wall microseconds. Invariant: texts of a row that was read are never NULL; `account` is "" for
 * none. Thread: as store/store.h.
 */
#pragma once

#include "store/store.h"

typedef struct StoreWhowas {
	char *nick;
	char *username;
	char *host;
	char *address;
	char *real_name;
	char *account;
	int64_t account_id; /* 0: none, or of a record from before version 8 */
	char *event;        /* "quit", "nick-change" */
	int64_t connected_at;
	int64_t left_at;
	uint32_t keep; /* of one that is added: how many of the newest stay */
} StoreWhowas;

void store_whowas_free(StoreWhowas *row);
/* Copies the row. Nobody waits for it: what a power cut takes is a memory of who was here. */
void store_add_whowas(Store *store, const StoreWhowas *row);
/* Array of StoreWhowas, the newest `most`, oldest first. NULL on error; caller frees. */
GPtrArray *store_read_whowas(Store *store, unsigned most, GError **error) G_GNUC_WARN_UNUSED_RESULT;

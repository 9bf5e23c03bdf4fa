/* SPDX-License-Identifier: MIT */
/*
 * Editing the configuration's files as texts in memory: what a change of keys means for lines.
 * An item (StoreChangeItem) with a key sets it (`to`) or removes it (`to` NULL); without a key it
 * adds the section (`to` "") or removes it with all in it (`to` NULL). Invariant: after success the
 * items say all that was changed, with what was there before, and one file alone was changed.
 * Thread: any.
 */
#pragma once

#include "act/query_records.h"
#include "settings/keyfile.h"

#include <jansson.h>

StoreChangeItem *config_item_new(
    const char *section, const char *key, const char *from, const char *to);
/* An array that frees its items. */
GPtrArray *config_items_new(void);
/* Applies `items` to the files; *ret_done is what was changed (empty: nothing), *ret_changed the
 * file, borrowed (NULL: none). False with a sentence that the caller frees. */
bool config_edit_apply(const GPtrArray *keyfiles, const GPtrArray *items, GPtrArray **ret_done,
    KeyFile **ret_changed, char **ret_problem);
/* {section,key,from,to} with secrets hidden, and `live` if that is true; a new reference. */
json_t *config_item_json(const StoreChangeItem *item, bool live);
/* What takes the items back. Caller frees. */
GPtrArray *config_edit_inverse(const GPtrArray *items);
/* Do the files say what the items made? */
bool config_edit_is_applied(const GPtrArray *keyfiles, const GPtrArray *items);

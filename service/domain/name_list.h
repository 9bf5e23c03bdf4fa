/* SPDX-License-Identifier: MIT */
/*
 * NameList: nicks or accounts a user has put on a list of his, in the order of adding.
 * Invariant: each name once without case. Thread: state.
 */
#pragma once

#include "domain/types.h"

#include <glib.h>
#include <stdbool.h>

NameList *name_list_new(void);
void name_list_free(NameList *list);
unsigned name_list_count(const NameList *list); /* NULL: 0 */
const char *name_list_name(const NameList *list, unsigned index);
bool name_list_has(const NameList *list, const char *name); /* NULL list or name: no */
/* False if it is there already. */
bool name_list_add(NameList *list, const char *name);
/* False if it is not there. */
bool name_list_remove(NameList *list, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(NameList, name_list_free)

/* SPDX-License-Identifier: MIT */
/*
 * The insides of a ListQuery and what its call asks of it: limit, cursor, filter, sort, fields.
 * Invariant: `sort` and `filter_field` are fields of the source. Thread: state.
 */
#pragma once

#include "control/list_key.h"

typedef enum ListPhase {
	LIST_SCANNING,
	LIST_WRITING,
	LIST_DONE,
} ListPhase;

struct ListQuery {
	ControlCall *call;
	const ListSource *source;
	Handle parent;
	bool paged;
	bool collected; /* `first` holds all handles; rows are compatible */
	unsigned level; /* of compatible rows */
	ListPhase phase;
	uint32_t cursor; /* of source->next */
	ListContext context;
	unsigned sort;         /* field */
	const char *sort_text; /* as asked: "-connected_since"; lives as long as the call */
	bool has_after;
	ListKey after;      /* where the last page ended */
	char *filter;       /* folded; NULL: none */
	int filter_field;   /* -1: all that are searched */
	uint32_t wanted;    /* bits of fields */
	uint64_t total;     /* matching the filter */
	uint64_t following; /* of them, after the cursor */
	ListHeap first;
	unsigned written;
	unsigned n_rows;
	Bytes rows;
};

/* False after a refusal of the call. */
bool list_params_read(ListQuery *query);
bool list_filter_matches(const ListQuery *query, const void *object);
/* A new reference. */
json_t *list_value_json(const ListValue *value);

/* SPDX-License-Identifier: MIT */
/*
 * ListFilter: the conditions of one LIST (005: ELIST=CMNTU): names, masks, what is not to match,
 * numbers of members, ages of channel and topic in minutes. All must hold; of names and masks any.
 * Invariant: borrows the words it was parsed from. Thread: any; pure.
 */
#pragma once

#include "domain/channel.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct ListRange {
	int64_t more_than;
	int64_t less_than;
} ListRange;

typedef struct ListFilter {
	GPtrArray *names;   /* channels as such; looked up, not searched */
	GPtrArray *masks;   /* one must match, if there are any */
	GPtrArray *refused; /* none may match */
	ListRange members;
	ListRange created;   /* minutes ago */
	ListRange topic_set; /* minutes ago */
	bool topic_needed;   /* a condition on its age is given */
} ListFilter;

/* Words like "#chat" "*news*" "!*test*" ">3" "C<60" "T>5", NULL-terminated; none: everything. */
void list_filter_init(ListFilter *filter, char *const *words);
void list_filter_clear(ListFilter *filter);
/* Times are wall, microseconds. Names are not looked at. */
bool list_filter_passes(const ListFilter *filter, const Channel *channel, int64_t now);

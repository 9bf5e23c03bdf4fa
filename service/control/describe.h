/* SPDX-License-Identifier: MIT */
/*
 * Describe: everything this service has, with its help, from the tables; also `chatd --describe`.
 * Invariant: nothing in it depends on what runs but the name. Thread: any.
 */
#pragma once

#include <jansson.h>

/* A new reference; `name` is the service's. */
json_t *control_describe(const char *name);
/* Rows of all counters metrics.get tells; a new reference. */
json_t *describe_counters(void);

/* SPDX-License-Identifier: MIT */
/*
 * ListQuery: one engine for all lists of live objects: limit, cursor, filter, sort and fields for
 * ours, all of them for compatible ones. It works in slices, so that a long list never holds the
 * state thread up; a cursor names a sort value and an object, so that it stays good while others
 * come and go. Invariant: no slice handles more than LIST_SLICE_OBJECTS objects or runs longer than
 * about LIST_SLICE_TIME; what an answer holds was true when its row was written.
 * Thread: state.
 */
#pragma once

#include "base/bytes.h"
#include "control/control_call.h"

#define LIST_SLICE_OBJECTS 8192u
#define LIST_SLICE_ROWS 512u
#define LIST_SLICE_TIME (2 * CLOCK_MILLISECOND)

typedef enum ListValueKind {
	LIST_NULL,
	LIST_TEXT,
	LIST_NUMBER,
	LIST_TIME, /* wall, microseconds */
	LIST_BOOL,
} ListValueKind;

/* A field of an object without allocating: the text lives as long as the object, or in `buffer`,
 * or is `owned`. */
typedef struct ListValue {
	ListValueKind kind;
	const char *text;
	int64_t number;
	char *owned;
	char buffer[64];
} ListValue;

/* What getters may need to know besides the object. */
typedef struct ListContext {
	int64_t now;       /* wall */
	int64_t monotonic; /* of the same moment */
	unsigned role;
} ListContext;

typedef struct ListField {
	const char *name;
	bool searched; /* by a filter without a field */
	void (*get)(const void *object, const ListContext *context, ListValue *value);
} ListField;

typedef struct ListQuery ListQuery;

typedef struct ListSource {
	const ListField *fields;
	unsigned n_fields;
	const char *sort; /* default */
	bool whole;       /* its cursor does not survive changes: scanned in one slice */
	/* Start with *cursor = 0; NULL at the end. */
	const void *(*next)(const ListQuery *query, uint32_t *cursor);
	Handle (*handle)(const void *object);
	const void *(*find)(const ListQuery *query, Handle handle); /* NULL: gone */
	/* A compatible row of that detail level; a new reference. NULL: has none. */
	json_t *(*row)(const ControlCall *call, const void *object, unsigned level);
} ListSource;

/* Answers the call with a page, as its parameters say, or with a compatible list of all. `parent`
 * is what the source lists the parts of (a channel), or HANDLE_NONE. For a handler to return. */
json_t *list_page(ControlCall *call, const ListSource *source, Handle parent);
json_t *list_all(ControlCall *call, const ListSource *source, unsigned level);
/* The `count` parts of `parent` as compatible rows inside an object: `head` is the answer up to the
 * first row, `]}}` its end. */
json_t *list_parts(ControlCall *call, const ListSource *source, Handle parent, unsigned count,
    unsigned level, const char *head);

Community *list_community(const ListQuery *query);
Handle list_parent(const ListQuery *query);
/* One object's row with all fields; a new reference. */
json_t *list_row(const ListSource *source, const void *object, const ListContext *context);
void list_context(const Control *control, unsigned role, ListContext *ret_context);
/* For getters. */
void list_value_text(ListValue *value, const char *text); /* borrowed; NULL is null */
void list_value_number(ListValue *value, ListValueKind kind, int64_t number);

ListRunner *list_runner_new(Control *control);
/* Queries still running are dropped with their calls. */
void list_runner_free(ListRunner *runner);

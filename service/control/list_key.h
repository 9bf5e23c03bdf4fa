/* SPDX-License-Identifier: MIT */
/*
 * ListKey and ListHeap: where an object stands in a sorted list, and the first so many of them.
 * Invariant: keys are totally ordered: by value, then by handle; a heap holds at most its capacity
 * and its top is the last of them. Thread: one.
 */
#pragma once

#include "control/list_query.h"

typedef struct ListKey {
	Handle handle;
	bool is_text;
	int64_t number;
	char *text;
} ListKey;

typedef struct ListHeap {
	ListKey *keys;
	unsigned n_keys;
	unsigned capacity;
	bool descending;
} ListHeap;

/* A key that borrows the value's text. */
ListKey list_key_of(const ListValue *value, Handle handle);
/* < 0: a stands before b. */
int list_key_compare(const ListKey *a, const ListKey *b, bool descending);
void list_heap_init(ListHeap *heap, unsigned capacity, bool descending);
void list_heap_clear(ListHeap *heap);
/* Keeps a copy if it is among the first `capacity`. */
void list_heap_offer(ListHeap *heap, const ListKey *key);
/* Puts the keys in order; nothing can be offered any more. */
void list_heap_sort(ListHeap *heap);

/* "where the last page ended" as an opaque text; caller frees. */
char *list_cursor_write(const char *sort, const ListKey *key);
/* False if the text is none of ours for this sort. The key owns its text. */
bool list_cursor_read(const char *text, const char *sort, ListKey *ret_key);

/* SPDX-License-Identifier: MIT */
#include "control/list_key.h"

#include "proto/casemap.h"

ListKey
list_key_of(const ListValue *value, Handle handle)
{
	ListKey key = {.handle = handle};

	key.is_text = value->kind == LIST_TEXT;
	if (key.is_text)
		key.text = (char *)value->text;
	else if (value->kind != LIST_NULL)
		key.number = value->number;
	return key;
}

static int
compare_numbers(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

int
list_key_compare(const ListKey *a, const ListKey *b, bool descending)
{
	int order = 0;

	/* A null stands before every text and, as 0, before every time and count. */
	if (a->is_text && b->is_text)
		order = casemap_compare(a->text, b->text);
	else if (a->is_text != b->is_text)
		order = a->is_text ? 1 : -1;
	else
		order = (a->number > b->number) - (a->number < b->number);
	if (order == 0)
		order = compare_numbers(a->handle.index, b->handle.index);
	if (order == 0)
		order = compare_numbers(a->handle.generation, b->handle.generation);
	return descending ? -order : order;
}

void
list_heap_init(ListHeap *heap, unsigned capacity, bool descending)
{
	*heap = (ListHeap){.capacity = capacity, .descending = descending};
	heap->keys = g_new(ListKey, capacity);
}

void
list_heap_clear(ListHeap *heap)
{
	for (unsigned i = 0; i < heap->n_keys; i++)
		g_free(heap->keys[i].text);
	g_free(heap->keys);
	*heap = (ListHeap){0};
}

static bool
stands_after(const ListHeap *heap, unsigned a, unsigned b)
{
	return list_key_compare(&heap->keys[a], &heap->keys[b], heap->descending) > 0;
}

static void
swap_keys(ListHeap *heap, unsigned a, unsigned b)
{
	ListKey key = heap->keys[a];

	heap->keys[a] = heap->keys[b];
	heap->keys[b] = key;
}

static void
sift_down(ListHeap *heap, unsigned at, unsigned end)
{
	for (;;) {
		unsigned child = 2 * at + 1;

		if (child >= end)
			return;
		if (child + 1 < end && stands_after(heap, child + 1, child))
			child++;
		if (!stands_after(heap, child, at))
			return;
		swap_keys(heap, at, child);
		at = child;
	}
}

void
list_heap_offer(ListHeap *heap, const ListKey *key)
{
	bool full = heap->n_keys == heap->capacity;
	ListKey copy = *key;

	if (full && list_key_compare(key, &heap->keys[0], heap->descending) >= 0)
		return;
	copy.text = g_strdup(key->text);
	if (full) {
		g_free(heap->keys[0].text);
		heap->keys[0] = copy;
		sift_down(heap, 0, heap->n_keys);
		return;
	}
	heap->keys[heap->n_keys] = copy;
	for (unsigned at = heap->n_keys++; at > 0 && stands_after(heap, at, (at - 1) / 2);
	     at = (at - 1) / 2)
		swap_keys(heap, at, (at - 1) / 2);
}

void
list_heap_sort(ListHeap *heap)
{
	for (unsigned end = heap->n_keys; end > 1; end--) {
		swap_keys(heap, 0, end - 1);
		sift_down(heap, 0, end - 1);
	}
}

char *
list_cursor_write(const char *sort, const ListKey *key)
{
	g_autoptr(json_t) parts = json_array();
	g_autofree char *text = NULL;

	json_array_append_new(parts, json_text(sort));
	json_array_append_new(
	    parts, key->is_text ? json_text(key->text) : json_integer(key->number));
	json_array_append_new(parts, json_integer(key->handle.index));
	json_array_append_new(parts, json_integer(key->handle.generation));
	text = json_compact(parts);
	return g_base64_encode((const unsigned char *)text, strlen(text));
}

bool
list_cursor_read(const char *text, const char *sort, ListKey *ret_key)
{
	size_t length = 0;
	g_autofree unsigned char *plain = g_base64_decode(text, &length);
	g_autoptr(json_t) parts =
	    json_loadb((const char *)plain, length, JSON_REJECT_DUPLICATES, NULL);
	const char *of_sort = json_string_value(json_array_get(parts, 0));
	json_t *value = json_array_get(parts, 1);
	json_t *index = json_array_get(parts, 2);
	json_t *generation = json_array_get(parts, 3);

	if (!of_sort || strcmp(of_sort, sort) != 0 || !json_is_integer(index) ||
	    !json_is_integer(generation) || (!json_is_string(value) && !json_is_integer(value)))
		return false;
	*ret_key = (ListKey){
	    .handle = {(uint32_t)json_integer_value(index),
		(uint32_t)json_integer_value(generation)},
	    .is_text = json_is_string(value),
	    .number = json_integer_value(value),
	    .text = g_strdup(json_string_value(value)),
	};
	return true;
}

/* SPDX-License-Identifier: MIT */
/* Mask lists against a shadow model: each mask once without case, order of setting kept. */
#include "domain/mask_list.h"

#include <glib.h>
#include <string.h>

static const MaskSubject alice = {
    .nick = "Alice", .user = "~al", .host = "host.example", .address = "192.0.2.7"};

static void
test_add_remove(void)
{
	MaskList list = {0};
	const MaskEntry *entry;

	g_assert_false(mask_list_remove(&list, "a!*@*"));
	g_assert_null(mask_list_find(&list, "a!*@*"));
	g_assert_true(mask_list_add(&list, "a!*@*", "op!u@h", 5));
	g_assert_false(mask_list_add(&list, "A!*@*", "other!u@h", 6));
	g_assert_true(mask_list_add(&list, "b!*@*", "op!u@h", 7));
	entry = mask_list_find(&list, "A!*@*");
	g_assert_nonnull(entry);
	g_assert_cmpstr(entry->mask, ==, "a!*@*");
	g_assert_cmpstr(entry->set_by, ==, "op!u@h");
	g_assert_cmpint(entry->set_at, ==, 5);
	/* The mask may be the list's own string. */
	g_assert_true(mask_list_remove(&list, entry->mask));
	g_assert_cmpuint(list.n_entries, ==, 1);
	g_assert_cmpstr(list.entries[0].mask, ==, "b!*@*");
	mask_list_clear(&list);
	g_assert_cmpuint(list.n_entries, ==, 0);
	mask_list_clear(&list);
}

static void
test_match(void)
{
	MaskList list = {0};

	g_assert_null(mask_list_match(&list, &alice));
	mask_list_add(&list, "bob!*@*", "op", 1);
	g_assert_null(mask_list_match(&list, &alice));
	mask_list_add(&list, "*!*@192.0.2.0/24", "op", 2);
	mask_list_add(&list, "ALICE!*@*", "op", 3);
	g_assert_cmpstr(mask_list_match(&list, &alice)->mask, ==, "*!*@192.0.2.0/24");
	mask_list_remove(&list, "*!*@192.0.2.0/24");
	g_assert_cmpstr(mask_list_match(&list, &alice)->mask, ==, "ALICE!*@*");
	mask_list_clear(&list);
}

static void
test_reason(void)
{
	MaskList list = {0};

	mask_list_add(&list, "~t:10:a!*@*", "op", 1);
	g_assert_false(mask_list_set_reason(&list, "b!*@*", "Why not"));
	g_assert_true(mask_list_set_reason(&list, "A!*@*", "Why not"));
	g_assert_cmpstr(list.entries[0].reason, ==, "Why not");
	g_assert_true(mask_list_set_reason(&list, "~T:10:a!*@*", ""));
	g_assert_null(list.entries[0].reason);
	mask_list_clear(&list);
}

/* The count goes on over a change of any kind. */
static void
test_changes(void)
{
	MaskList list = {0};
	uint32_t before = list.changes;

	g_assert_true(mask_list_add(&list, "a!*@*", "op", 1));
	g_assert_cmpuint(list.changes, !=, before);
	before = list.changes;
	g_assert_false(mask_list_add(&list, "a!*@*", "op", 1));
	g_assert_cmpuint(list.changes, ==, before);
	mask_list_remove(&list, "a!*@*");
	g_assert_cmpuint(list.changes, >, before);
	before = list.changes;
	mask_list_clear(&list);
	g_assert_cmpuint(list.changes, >, before);
}

static void
assert_same(const MaskList *list, const GPtrArray *shadow)
{
	g_assert_cmpuint(list->n_entries, ==, shadow->len);
	g_assert_cmpuint(list->n_entries, <=, list->capacity);
	for (guint i = 0; i < shadow->len; i++)
		g_assert_cmpstr(list->entries[i].mask, ==, g_ptr_array_index(shadow, i));
}

static bool
shadow_find(const GPtrArray *shadow, const char *mask, guint *ret_index)
{
	for (guint i = 0; i < shadow->len; i++) {
		if (g_ascii_strcasecmp(g_ptr_array_index(shadow, i), mask) == 0) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

static void
test_shadow(void)
{
	g_autoptr(GPtrArray) shadow = g_ptr_array_new_with_free_func(g_free);
	MaskList list = {0};

	for (unsigned step = 0; step < 5000; step++) {
		int number = g_test_rand_int_range(0, 40);
		g_autofree char *mask =
		    g_strdup_printf("%c%d!*@*", g_test_rand_bit() ? 'n' : 'N', number);
		guint index = 0;
		bool there = shadow_find(shadow, mask, &index);

		if (g_test_rand_bit()) {
			g_assert_cmpint(mask_list_add(&list, mask, "op", step), ==, !there);
			if (!there)
				g_ptr_array_add(shadow, g_strdup(mask));
		} else {
			g_assert_cmpint(mask_list_remove(&list, mask), ==, there);
			if (there)
				g_ptr_array_remove_index(shadow, index);
		}
		assert_same(&list, shadow);
	}
	mask_list_clear(&list);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mask-list/add-remove", test_add_remove);
	g_test_add_func("/mask-list/match", test_match);
	g_test_add_func("/mask-list/shadow", test_shadow);
	g_test_add_func("/mask_list/reason", test_reason);
	g_test_add_func("/mask_list/changes", test_changes);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* Names that look alike: who clashes, whose own names do not, and how often a name is held. */
#include "domain/lookalikes.h"

static void
test_clash(void)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Lookalikes) lookalikes = lookalikes_new(&error);

	g_assert_no_error(error);
	lookalikes_remove(lookalikes, "evan");
	g_assert_false(lookalikes_clash(lookalikes, "еvan", NULL, NULL));
	lookalikes_add(lookalikes, "evan");
	lookalikes_add(lookalikes, "EVAN");
	g_assert_true(lookalikes_clash(lookalikes, "еvan", NULL, NULL));
	g_assert_false(lookalikes_clash(lookalikes, "еvan", "evan", NULL));
	g_assert_false(lookalikes_clash(lookalikes, "еvan", "other", "Evan"));
	g_assert_false(lookalikes_clash(lookalikes, "Evan", NULL, NULL));
	lookalikes_remove(lookalikes, "evan");
	g_assert_true(lookalikes_clash(lookalikes, "еvan", NULL, NULL));
	lookalikes_remove(lookalikes, "evan");
	g_assert_false(lookalikes_clash(lookalikes, "еvan", NULL, NULL));
}

static void
test_ascii(void)
{
	g_autoptr(Lookalikes) lookalikes = lookalikes_new(NULL);

	lookalikes_add(lookalikes, "mike");
	lookalikes_add(lookalikes, "rnike");
	lookalikes_add(lookalikes, "ivo");
	g_assert_false(lookalikes_clash(lookalikes, "rnike", NULL, NULL));
	g_assert_false(lookalikes_clash(lookalikes, "1vo", NULL, NULL));
	/* A name of another script clashes with each of them. */
	g_assert_true(lookalikes_clash(lookalikes, "mikе", NULL, NULL));
	g_assert_true(lookalikes_clash(lookalikes, "mikе", "mike", NULL));
	lookalikes_remove(lookalikes, "rnike");
	g_assert_false(lookalikes_clash(lookalikes, "mikе", "mike", NULL));
	lookalikes_add(lookalikes, "mikе");
	g_assert_true(lookalikes_clash(lookalikes, "rnike", NULL, NULL));
}

static void
test_masks(void)
{
	g_autoptr(Lookalikes) lookalikes = lookalikes_new(NULL);

	g_assert_true(lookalikes_mask_reads(lookalikes, "root", "rооt"));
	g_assert_true(lookalikes_mask_reads(lookalikes, "*ADMIN", "site-аdmin"));
	g_assert_true(lookalikes_mask_reads(lookalikes, "r??t", "rооt"));
	g_assert_false(lookalikes_mask_reads(lookalikes, "root", "rооts"));
	g_assert_false(lookalikes_mask_reads(lookalikes, "root", "жаба"));
	/* The mask itself says what of ASCII it means. */
	g_assert_false(lookalikes_mask_reads(lookalikes, "root", "root"));
	g_assert_false(lookalikes_mask_reads(lookalikes, "root", "r00t"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/lookalikes/clash", test_clash);
	g_test_add_func("/lookalikes/ascii", test_ascii);
	g_test_add_func("/lookalikes/masks", test_masks);
	return g_test_run();
}

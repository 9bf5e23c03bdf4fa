/* SPDX-License-Identifier: MIT */
/* Which client-only tags are relayed. */
#include "proto/client_tags.h"

#include <glib.h>
#include <string.h>

static Tag
first_tag(const char *section)
{
	TagIterator iterator;
	Tag tag = {0};

	tags_iterate(&iterator, section, strlen(section));
	g_assert_true(tags_next(&iterator, &tag));
	return tag;
}

static void
test_denied(void)
{
	static const char *const none[] = {NULL};
	static const char *const all[] = {"*", NULL};
	static const char *const but_typing[] = {"*", "-typing", NULL};
	static const char *const reactions[] = {"draft/react", "draft/unreact", NULL};
	static const struct {
		const char *section;
		const char *const *words;
		bool denied;
	} cases[] = {
	    {"+typing=done", none, false},
	    {"+typing=done", all, true},
	    {"+typing=done", but_typing, false},
	    {"+typin=done", but_typing, true},
	    {"+draft/react=x", but_typing, true},
	    {"+draft/react=x", reactions, true},
	    {"+draft/unreact=x", reactions, true},
	    {"+react=x", reactions, false},
	    {"+odd_key.x/y/z=1", none, false},
	    {"+odd_key.x/y/z=1", all, true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Tag tag = first_tag(cases[i].section);

		g_test_message("%s", cases[i].section);
		g_assert_cmpint(client_tag_is_denied(&tag, cases[i].words), ==, cases[i].denied);
	}
}

static void
test_words(void)
{
	g_assert_true(client_tag_word_is_valid("*", true));
	g_assert_false(client_tag_word_is_valid("*", false));
	g_assert_true(client_tag_word_is_valid("typing", true));
	g_assert_true(client_tag_word_is_valid("-draft/react", false));
	g_assert_false(client_tag_word_is_valid("+typing", true));
	g_assert_false(client_tag_word_is_valid("-+typing", true));
	g_assert_false(client_tag_word_is_valid("-", true));
	g_assert_false(client_tag_word_is_valid("", true));
	g_assert_false(client_tag_word_is_valid("a b", true));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/client-tags/denied", test_denied);
	g_test_add_func("/client-tags/words", test_words);
	return g_test_run();
}

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
test_values(void)
{
	static const struct {
		const char *section;
		bool valid;
	} cases[] = {
	    {"+typing=active", true},
	    {"+typing=paused", true},
	    {"+typing=done", true},
	    {"+typing=busy", false},
	    {"+typing", false},
	    {"+draft/typing=done", true},
	    {"+draft/typing=d", false},
	    {"+reply=abc", true},
	    {"+reply=", false},
	    {"+reply=a\\sb", false},
	    {"+draft/reply=abc", true},
	    {"+channel-context=#chat", true},
	    {"+channel-context=chat", false},
	    {"+channel-context=#a\\sb", false},
	    {"+draft/react=", true},
	    {"+draft/react=:)", true},
	    {"+vendor.example/any=\\s\\:", true},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Tag tag = first_tag(cases[i].section);

		g_test_message("%s", cases[i].section);
		g_assert_cmpint(client_tag_is_valid(&tag), ==, cases[i].valid);
	}
}

static void
test_long_value(void)
{
	g_autofree char *name = g_strnfill(CLIENT_TAG_VALUE_MAX, 'x');
	g_autofree char *fits = g_strconcat("+reply=", name, NULL);
	g_autofree char *too_long = g_strconcat("+reply=", name, "x", NULL);
	Tag tag = first_tag(fits);

	g_assert_true(client_tag_is_valid(&tag));
	tag = first_tag(too_long);
	g_assert_false(client_tag_is_valid(&tag));
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
	g_test_add_func("/client-tags/values", test_values);
	g_test_add_func("/client-tags/long-value", test_long_value);
	g_test_add_func("/client-tags/denied", test_denied);
	g_test_add_func("/client-tags/words", test_words);
	return g_test_run();
}

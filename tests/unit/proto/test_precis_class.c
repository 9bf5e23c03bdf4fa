/* SPDX-License-Identifier: MIT */
/* Characters of names: exceptions, context, direction (RFC 8264, 5892, 5893). */
#include "proto/precis_class.h"

/* Are all characters where they may stand? */
static bool
allowed(const char *text)
{
	glong length;
	g_autofree gunichar *characters = g_utf8_to_ucs4(text, -1, NULL, &length, NULL);
	g_assert_nonnull(characters);
	for (glong i = 0; i < length; i++)
		if (!precis_class_allows(characters, (size_t)length, (size_t)i))
			return false;
	return true;
}

static bool
directed(const char *text)
{
	glong length;
	g_autofree gunichar *characters = g_utf8_to_ucs4(text, -1, NULL, &length, NULL);
	g_assert_nonnull(characters);
	return precis_class_keeps_direction(characters, (size_t)length);
}

static void
test_valid(void)
{
	static const char *const good[] = {
	    "a~!\"", "äö", "жж", "王", "が", "ก็", "ß", "ς", "۽", "〇"};
	static const char *const bad[] = {"\x7F", "\xC2\xA0", "\xC2\xAD", "ǅ", "²", "½", "ﬁ", "Ⅳ",
	    "\xE1\x84\x80", "☃", "ـ", "\xEF\xBF\xBE", "〱", "\xF3\xA0\x80\x81"};
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		g_test_message("%s", good[i]);
		g_assert_true(allowed(good[i]));
	}
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_test_message("%" G_GSIZE_FORMAT, i);
		g_assert_false(allowed(bad[i]));
	}
}

static void
test_context(void)
{
	g_assert_true(allowed("l\xC2\xB7l"));
	g_assert_false(allowed("l\xC2\xB7"));
	g_assert_false(allowed("a\xC2\xB7l"));
	g_assert_true(allowed("\xCD\xB5σ"));
	g_assert_false(allowed("\xCD\xB5s"));
	g_assert_true(allowed("א\xD7\xB3"));
	g_assert_false(allowed("a\xD7\xB4"));
	g_assert_true(allowed("ア\xE3\x83\xBBイ"));
	g_assert_false(allowed("a\xE3\x83\xBB"));
	g_assert_true(allowed("٠١"));
	g_assert_true(allowed("۰۱"));
	g_assert_false(allowed("٠۱"));
	/* After a virama, and between letters that join. */
	g_assert_true(allowed("क्\xE2\x80\x8Dष"));
	g_assert_true(allowed("क्\xE2\x80\x8Cष"));
	g_assert_true(allowed("ب\xE2\x80\x8Cب"));
	g_assert_false(allowed("a\xE2\x80\x8C"
			       "b"));
	g_assert_false(allowed("a\xE2\x80\x8D"
			       "b"));
	g_assert_false(allowed("\xE2\x80\x8C"));
}

static void
test_direction(void)
{
	g_assert_true(directed("abc1"));
	g_assert_true(directed("עברית"));
	g_assert_true(directed("עברית1"));
	g_assert_true(directed("سلام١"));
	g_assert_false(directed("abcע"));
	g_assert_false(directed("עa"));
	g_assert_false(directed("1ע"));
	g_assert_false(directed("ع1١"));
	g_assert_false(directed("ע-"));
	g_assert_true(directed("ע\xD6\xB8"));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/precis-class/valid", test_valid);
	g_test_add_func("/precis-class/context", test_context);
	g_test_add_func("/precis-class/direction", test_direction);
	return g_test_run();
}

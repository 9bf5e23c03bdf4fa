/* SPDX-License-Identifier: MIT */
/* Tags: escaping and keys of IRCv3 message-tags. */
#include "proto/tags.h"

#include "proto/caps.h"

#include <string.h>

static char *
find_value(const char *section, const char *key)
{
	Tag tag;
	char buffer[256];
	if (!tags_find(section, strlen(section), key, &tag))
		return NULL;
	size_t length = tag_unescape(&tag, buffer, sizeof buffer);
	g_assert_cmpuint(length, ==, strlen(buffer));
	return g_strdup(buffer);
}

static void
test_find(void)
{
	static const struct {
		const char *section;
		const char *key;
		const char *value;
	} cases[] = {{"a=b;c=32;k;rt=ql7", "rt", "ql7"}, {"a=b;c=32;k;rt=ql7", "k", ""},
	    {"a=b;c=32;k;rt=ql7", "x", NULL}, {"a=b\\\\and\\nk;c=72\\s45", "a", "b\\and\nk"},
	    {"a=b\\\\and\\nk;c=72\\s45", "c", "72 45"}, {"c;h=;a=b", "h", ""},
	    {"tag1=1;tag2=3;tag3=4;tag1=5", "tag1", "5"}, {"a=;a=2;a", "a", ""},
	    {"a=value\\\\ntest", "a", "value\\ntest"}, {"a=value\\1", "a", "value1"},
	    {"a=value1\\", "a", "value1"}, {"a=\\:\\s\\r\\n\\\\", "a", "; \r\n\\"},
	    {"+example/x=1", "+example/x", "1"}, {"A=1", "a", NULL}, {"", "a", NULL},
	    {";;;a=1;;", "a", "1"}, {"a=b=c", "a", "b=c"}, {"a_b=1;a=2", "a", "2"},
	    {"a_b=1;a=2", "a_b", "1"}, {"=1;a", "", NULL}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *value = find_value(cases[i].section, cases[i].key);
		g_assert_cmpstr(value, ==, cases[i].value);
	}
	Tag tag;
	g_assert_false(tags_find(NULL, 0, "a", &tag));
}

static void
test_keys(void)
{
	static const char *const good[] = {
	    "a", "time", "+draft/reply", "+a", "example.com/foo-bar", "A1-", "+vendor/x"};
	static const char *const bad[] = {
	    "", "+", "/x", "a/", "+/a", "a b", "a/b/c", "++a", "a_b", "\xC3\xA9", "a.b"};
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
		g_assert_true(tag_key_is_valid(good[i], strlen(good[i])));
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(tag_key_is_valid(bad[i], strlen(bad[i])));
}

static void
test_unescape_is_bounded(void)
{
	const char *section = "a=ab\xE2\x82\xAC\\s\\:cd";
	Tag tag;
	g_assert_true(tags_find(section, strlen(section), "a", &tag));
	char whole[32];
	g_assert_cmpuint(tag_unescape(&tag, whole, sizeof whole), ==, 9);
	for (size_t size = 1; size <= sizeof whole; size++) {
		g_autofree char *buffer = g_malloc(size);
		size_t length = tag_unescape(&tag, buffer, size);
		g_assert_cmpuint(length, <, size);
		g_assert_true(g_utf8_validate(buffer, (gssize)length, NULL));
		g_assert_cmpint(memcmp(buffer, whole, length), ==, 0);
	}
}

static void
test_escape_round_trip(void)
{
	const char *value = "; \\ \r\n:s plain \xC3\xA9";
	g_auto(Bytes) bytes;
	bytes_init(&bytes, 1024);
	bytes_append_string(&bytes, "k=");
	tag_escape(&bytes, value, strlen(value));
	g_assert_cmpstr(bytes_text(&bytes), ==, "k=\\:\\s\\\\\\s\\r\\n:s\\splain\\s\xC3\xA9");
	g_autofree char *back = find_value(bytes_text(&bytes), "k");
	g_assert_cmpstr(back, ==, value);
}

static void
test_client_only(void)
{
	static const struct {
		const char *section;
		const char *relayed;
		unsigned count;
	} cases[] = {{"a=b;+c=d;label=1", "+c=d", 1}, {"+a=1;+b=2;+a=3", "+b=2;+a=3", 2},
	    {"a=b", "", 0}, {"", "", 0}, {"+a;+b=", "+a;+b", 2}, {"+=x;+;=+a", "", 0},
	    {"+a_b=1;++c;+/d=2;+e/f/g;+\xC3\xA9=3", "+a_b=1;++c;+/d=2;+e/f/g;+\xC3\xA9=3", 5},
	    {"+x/y=\\s\\:", "+x/y=\\s\\:", 1}};
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Bytes) bytes;
		bytes_init(&bytes, 1024);
		g_assert_cmpuint(tags_append_client_only(&bytes, cases[i].section,
				     strlen(cases[i].section), NULL, NULL),
		    ==, cases[i].count);
		g_assert_cmpstr(bytes_text(&bytes), ==, cases[i].relayed);
	}
}

/* 2,000 duplicates of one key and 1,000 keys: linear, not quadratic. */
static void
test_tag_flood(void)
{
	g_autoptr(GString) section = g_string_new(NULL);
	for (unsigned i = 0; i < 1000; i++)
		g_string_append_printf(section, "+%x;", i);
	for (unsigned i = 0; i < 2000; i++)
		g_string_append(section, "+z;");
	g_auto(Bytes) bytes;
	bytes_init(&bytes, 65536);
	g_assert_cmpuint(
	    tags_append_client_only(&bytes, section->str, section->len, NULL, NULL), ==, 1001);
	g_assert_true(g_str_has_suffix(bytes_text(&bytes), ";+3e7;+z"));
}

static void
test_rows(void)
{
	g_assert_cmpstr(tag_row(TAG_TIME)->name, ==, "time");
	g_assert_cmpuint(tag_row(TAG_TIME)->caps, ==, CAP_SERVER_TIME);
	for (unsigned i = 0; i < TAGS; i++) {
		g_assert_cmpuint(tag_row(i)->caps, !=, 0);
		g_assert_cmpuint(strlen(tag_row(i)->help), >, 10);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tags/find", test_find);
	g_test_add_func("/tags/keys", test_keys);
	g_test_add_func("/tags/unescape-is-bounded", test_unescape_is_bounded);
	g_test_add_func("/tags/escape-round-trip", test_escape_round_trip);
	g_test_add_func("/tags/client-only", test_client_only);
	g_test_add_func("/tags/flood", test_tag_flood);
	g_test_add_func("/tags/rows", test_rows);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
#include "cmd/search_request.h"

#include "base/clock.h"
#include "proto/tags.h"

#include <glib.h>
#include <string.h>

static bool
read_moment(const char *conditions, const char *name, int64_t *ret_time)
{
	char text[CLOCK_TEXT_SIZE];
	Tag tag;

	if (!tags_find(conditions, strlen(conditions), name, &tag))
		return true;
	if (tag.value_length >= sizeof text)
		return false;
	tag_unescape(&tag, text, sizeof text);
	*ret_time = clock_parse(text);
	return *ret_time >= 0;
}

static bool
read_limit(const char *conditions, unsigned most, unsigned *ret_limit)
{
	char text[CLOCK_TEXT_SIZE];
	guint64 limit = most;
	Tag tag;

	if (tags_find(conditions, strlen(conditions), "limit", &tag)) {
		if (tag.value_length >= sizeof text)
			return false;
		tag_unescape(&tag, text, sizeof text);
		if (!g_ascii_string_to_unsigned(text, 10, 1, G_MAXUINT64, &limit, NULL))
			return false;
	}
	*ret_limit = (unsigned)MIN(limit, most);
	return true;
}

static void
read_text(const char *conditions, const char *name, char *text, size_t size)
{
	Tag tag;

	if (tags_find(conditions, strlen(conditions), name, &tag))
		tag_unescape(&tag, text, size);
}

const char *
search_request_parse(const char *conditions, unsigned most, SearchRequest *ret_request)
{
	*ret_request = (SearchRequest){0};
	read_text(conditions, "in", ret_request->place, sizeof ret_request->place);
	read_text(conditions, "from", ret_request->from, sizeof ret_request->from);
	read_text(conditions, "text", ret_request->text, sizeof ret_request->text);
	if (!read_moment(conditions, "after", &ret_request->after))
		return "after";
	if (!read_moment(conditions, "before", &ret_request->before))
		return "before";
	if (!read_limit(conditions, most, &ret_request->limit))
		return "limit";
	if (!*ret_request->text && !*ret_request->from && !*ret_request->place)
		return "text";
	return NULL;
}

/* SPDX-License-Identifier: MIT */
#include "cmd/list_filter.h"

#include "base/clock.h"
#include "proto/mask.h"
#include "proto/names.h"

#include <string.h>

#define MINUTE (60 * CLOCK_SECOND)

static const ListRange everything = {-1, INT64_MAX};

/* "<5" or ">5" narrows the range. */
static bool
parse_range(const char *text, ListRange *range)
{
	guint64 value;

	if (*text != '<' && *text != '>')
		return false;
	if (!g_ascii_string_to_unsigned(text + 1, 10, 0, G_MAXINT32, &value, NULL))
		return false;
	if (*text == '<')
		range->less_than = (int64_t)value;
	else
		range->more_than = (int64_t)value;
	return true;
}

/* True if the word is a condition with a number: "C<60" (age), "T>5" (of the topic), ">3". */
static bool
add_range(ListFilter *filter, const char *word)
{
	if (g_ascii_toupper(*word) == 'C')
		return parse_range(word + 1, &filter->created);
	if (g_ascii_toupper(*word) == 'T') {
		bool given = parse_range(word + 1, &filter->topic_set);

		filter->topic_needed |= given;
		return given;
	}
	return parse_range(word, &filter->members);
}

void
list_filter_init(ListFilter *filter, char *const *words)
{
	*filter = (ListFilter){
	    .names = g_ptr_array_new(),
	    .masks = g_ptr_array_new(),
	    .refused = g_ptr_array_new(),
	    .members = everything,
	    .created = everything,
	    .topic_set = everything,
	};
	for (; *words; words++) {
		char *word = *words;

		if (*word == '\0' || add_range(filter, word))
			continue;
		if (*word == '!')
			g_ptr_array_add(filter->refused, word + 1);
		else if (name_is_channel_like(word) && mask_is_literal(word))
			g_ptr_array_add(filter->names, word);
		else
			g_ptr_array_add(filter->masks, word);
	}
}

void
list_filter_clear(ListFilter *filter)
{
	g_ptr_array_unref(filter->names);
	g_ptr_array_unref(filter->masks);
	g_ptr_array_unref(filter->refused);
	*filter = (ListFilter){0};
}

static bool
in_range(const ListRange *range, int64_t value)
{
	return value > range->more_than && value < range->less_than;
}

static bool
any_matches(const GPtrArray *masks, const char *name)
{
	for (guint i = 0; i < masks->len; i++)
		if (mask_match(g_ptr_array_index(masks, i), name))
			return true;
	return false;
}

bool
list_filter_passes(const ListFilter *filter, const Channel *channel, int64_t now)
{
	if (!in_range(&filter->members, channel->n_members) ||
	    !in_range(&filter->created, (now - channel->created_at) / MINUTE))
		return false;
	if (filter->topic_needed &&
	    (!channel->topic || !in_range(&filter->topic_set, (now - channel->topic_at) / MINUTE)))
		return false;
	if (any_matches(filter->refused, channel->name))
		return false;
	return filter->masks->len == 0 || any_matches(filter->masks, channel->name);
}

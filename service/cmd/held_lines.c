/* SPDX-License-Identifier: MIT */
#include "cmd/held_lines.h"

void
held_lines_take(HeldLines *held, Reply *reply)
{
	*held = (HeldLines){
	    .bytes = reply->bytes, .lines = reply->lines, .is_labeled = reply->is_labeled};
	g_strlcpy(held->outer, reply->outer, sizeof held->outer);
	bytes_init(&reply->bytes, held->bytes.maximum);
	reply->lines = 0;
	reply->outer[0] = '\0';
}

void
held_lines_give_back(HeldLines *held, Reply *reply)
{
	g_assert(reply->lines == 0 && reply->bytes.length == 0);
	if (held->lines > 0) {
		bytes_clear(&reply->bytes);
		reply->bytes = held->bytes;
	} else {
		bytes_clear(&held->bytes);
	}
	reply->lines = held->lines;
	g_strlcpy(reply->outer, held->outer, sizeof reply->outer);
	reply->is_labeled = held->is_labeled;
	if (held->is_labeled)
		reply->label[0] = '\0';
	*held = (HeldLines){0};
}

void
held_lines_clear(HeldLines *held)
{
	bytes_clear(&held->bytes);
}

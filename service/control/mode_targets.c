/* SPDX-License-Identifier: MIT */
#include "control/mode_targets.h"

#include "proto/modes.h"

#include <glib.h>

static bool
takes_parameter(const ModeRow *row, bool adding)
{
	return row->kind == MODE_KIND_LIST || row->kind == MODE_KIND_KEY ||
	       row->kind == MODE_KIND_RANK ||
	       ((row->kind == MODE_KIND_LIMIT || row->kind == MODE_KIND_VALUE) && adding);
}

void
mode_targets_each(const char *text, void (*visit)(void *data, const char *nick), void *data)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	char **parameter = words[0] ? words + 1 : words;
	bool adding = true;

	for (const char *letter = words[0] ? words[0] : ""; *letter; letter++) {
		unsigned index;

		if (*letter == '+' || *letter == '-') {
			adding = *letter == '+';
			continue;
		}
		index = mode_find(MODE_ON_CHANNEL, *letter);
		if (index == MODES || !takes_parameter(mode_row(index), adding))
			continue;
		if (!*parameter)
			return;
		if (mode_row(index)->kind == MODE_KIND_RANK)
			visit(data, *parameter);
		parameter++;
	}
}

/* SPDX-License-Identifier: MIT */
#include "proto/notices.h"

#include <glib.h>
#include <stdbool.h>

static const NoticeRow rows[] = {
#define NOTICE_KIND(letter, name, event, writer, text, help) {letter, text, help},
#include "proto/notices.def"
#undef NOTICE_KIND
};

G_STATIC_ASSERT(NOTICE_KINDS <= 32); /* sets of them are uint32_t */

const NoticeRow *
notice_row(unsigned kind)
{
	g_assert(kind < NOTICE_KINDS);
	return &rows[kind];
}

unsigned
notice_find(char letter)
{
	unsigned i = 0;

	while (i < NOTICE_KINDS && rows[i].letter != letter)
		i++;
	return i;
}

uint32_t
notices_change(uint32_t mask, const char *text, const char **ret_unknown)
{
	uint32_t changed = mask;
	bool add = true;

	*ret_unknown = NULL;
	for (; *text; text++) {
		unsigned kind = notice_find(*text);

		if (*text == '+' || *text == '-') {
			add = *text == '+';
		} else if (kind == NOTICE_KINDS) {
			*ret_unknown = text;
			return mask;
		} else if (add) {
			changed |= NOTICE_BIT(kind);
		} else {
			changed &= ~NOTICE_BIT(kind);
		}
	}
	return changed;
}

void
notices_letters(uint32_t mask, char text[static NOTICE_KINDS + 1])
{
	unsigned length = 0;

	for (unsigned i = 0; i < NOTICE_KINDS; i++)
		if (mask & NOTICE_BIT(i))
			text[length++] = rows[i].letter;
	text[length] = '\0';
}

/* SPDX-License-Identifier: MIT */
#include "proto/modes.h"

#include <glib.h>

static const ModeRow rows[] = {
#define MODE(letter, on, kind, by, name, prefix, text, help)                                       \
	{letter, prefix, MODE_ON_##on, MODE_KIND_##kind, MODE_BY_##by, text, help},
#include "proto/modes.def"
#undef MODE
};

G_STATIC_ASSERT(MODES <= 64); /* sets of modes are uint64_t */

const ModeRow *
mode_row(unsigned index)
{
	g_assert(index < MODES);
	return &rows[index];
}

unsigned
mode_find(ModeTarget target, char letter)
{
	unsigned i = 0;
	while (i < MODES && (rows[i].target != target || rows[i].letter != letter))
		i++;
	return i;
}

unsigned
mode_find_prefix(char prefix)
{
	if (prefix == '\0')
		return MODES;
	unsigned i = 0;
	while (i < MODES && rows[i].prefix != prefix)
		i++;
	return i;
}

uint64_t
mode_bits(ModeTarget target, ModeKind kind)
{
	uint64_t bits = 0;
	for (unsigned i = 0; i < MODES; i++)
		if (rows[i].target == target && rows[i].kind == kind)
			bits |= MODE_BIT(i);
	return bits;
}

uint64_t
mode_rank_bits(unsigned index)
{
	uint64_t ranks = 0;

	for (unsigned i = 0; i <= index && index < MODES; i++)
		if (rows[i].kind == MODE_KIND_RANK)
			ranks |= MODE_BIT(i);
	return ranks;
}

uint64_t
mode_group_bits(unsigned group)
{
	static const struct {
		ModeKind first, second;
	} groups[MODE_GROUPS] = {{MODE_KIND_LIST, MODE_KIND_LIST}, {MODE_KIND_KEY, MODE_KIND_KEY},
	    {MODE_KIND_LIMIT, MODE_KIND_VALUE}, {MODE_KIND_FLAG, MODE_KIND_FLAG}};

	g_assert(group < MODE_GROUPS);
	return mode_bits(MODE_ON_CHANNEL, groups[group].first) |
	       mode_bits(MODE_ON_CHANNEL, groups[group].second);
}

uint64_t
mode_member_flags(void)
{
	uint64_t bits = mode_bits(MODE_ON_CHANNEL, MODE_KIND_FLAG);

	for (unsigned i = 0; i < MODES; i++)
		if (rows[i].setter != MODE_BY_OWNER && rows[i].setter != MODE_BY_OP)
			bits &= ~MODE_BIT(i);
	return bits;
}

void
mode_letters(ModeTarget target, uint64_t bits, char text[static MODES + 1])
{
	unsigned length = 0;
	for (char small = 'a'; small <= 'z'; small++) {
		const char both[] = {small, g_ascii_toupper(small)};
		for (unsigned i = 0; i < G_N_ELEMENTS(both); i++) {
			unsigned index = mode_find(target, both[i]);
			if (index < MODES && (bits & MODE_BIT(index)))
				text[length++] = both[i];
		}
	}
	text[length] = '\0';
}

void
mode_prefixes(uint64_t bits, bool all, char text[static MODES + 1])
{
	unsigned length = 0;
	for (unsigned i = 0; i < MODES && (all || length == 0); i++)
		if (rows[i].prefix && (bits & MODE_BIT(i)))
			text[length++] = rows[i].prefix;
	text[length] = '\0';
}

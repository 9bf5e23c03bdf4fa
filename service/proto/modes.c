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

/* One more than the index of the row with that letter; 0: there is none. */
static const uint8_t by_letter[][128] = {
#define MODE(letter, on, kind, by, name, prefix, text, help)                                       \
	[MODE_ON_##on][letter] = MODE_##on##_##name##_INDEX + 1,
#include "proto/modes.def"
#undef MODE
};

const ModeRow *
mode_row(unsigned index)
{
	g_assert(index < MODES);
	return &rows[index];
}

unsigned
mode_find(ModeTarget target, char letter)
{
	unsigned char byte = (unsigned char)letter;
	unsigned found = byte < G_N_ELEMENTS(by_letter[0]) ? by_letter[target][byte] : 0;
	return found > 0 ? found - 1 : (unsigned)MODES;
}

/* The ranks stand first. */
static bool
is_rank(unsigned index)
{
	return index < MODES && rows[index].kind == MODE_KIND_RANK;
}

unsigned
mode_find_prefix(char prefix)
{
	if (prefix == '\0')
		return MODES;
	for (unsigned i = 0; is_rank(i); i++)
		if (rows[i].prefix == prefix)
			return i;
	return MODES;
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

	for (unsigned i = 0; i <= index && index < MODES && is_rank(i); i++)
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
	for (unsigned i = 0; is_rank(i) && (all || length == 0); i++)
		if (bits & MODE_BIT(i))
			text[length++] = rows[i].prefix;
	text[length] = '\0';
}

void
mode_alphabet(ModeAlphabet *ret_alphabet)
{
	uint64_t values = mode_group_bits(1) | mode_group_bits(2);
	uint64_t with_parameter = mode_bits(MODE_ON_CHANNEL, MODE_KIND_LIST) |
				  mode_bits(MODE_ON_CHANNEL, MODE_KIND_RANK) | values;

	mode_letters(MODE_ON_USER,
	    mode_bits(MODE_ON_USER, MODE_KIND_FLAG) | mode_bits(MODE_ON_USER, MODE_KIND_VALUE),
	    ret_alphabet->user);
	mode_letters(MODE_ON_CHANNEL, with_parameter | mode_group_bits(3), ret_alphabet->channel);
	mode_letters(MODE_ON_CHANNEL, with_parameter, ret_alphabet->with_parameter);
}

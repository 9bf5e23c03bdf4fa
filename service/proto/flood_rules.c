/* SPDX-License-Identifier: MIT */
#include "proto/flood_rules.h"

#include "proto/casemap.h"

#include <glib.h>
#include <string.h>

static const FloodRow rows[] = {
#define FLOOD(letter, id, actions, action, name, help) {letter, actions, action, name, help},
#include "proto/floods.def"
#undef FLOOD
};

static const FloodProfile profiles[] = {
#define PROFILE(name, rules, help) {name, rules, help},
#include "proto/flood_profiles.def"
#undef PROFILE
};

const FloodRow *
flood_row(FloodKind kind)
{
	g_assert(kind < FLOODS);
	return &rows[kind];
}

const FloodProfile *
flood_profile(unsigned index)
{
	return index < G_N_ELEMENTS(profiles) ? &profiles[index] : NULL;
}

/* Digits from 1 to `most`; `text` moves behind them. */
static bool
read_number(const char **text, unsigned most, unsigned *ret_number)
{
	char *end;
	guint64 number;

	if (!g_ascii_isdigit(**text))
		return false;
	number = g_ascii_strtoull(*text, &end, 10);
	*text = end;
	*ret_number = (unsigned)MIN(number, G_MAXUINT);
	return number >= 1 && number <= most;
}

static unsigned
find_kind(char letter)
{
	unsigned kind = 0;

	while (kind < FLOODS && rows[kind].letter != letter)
		kind++;
	return kind;
}

/* "8t#q5"; each kind once. */
static bool
read_rule(const char **text, FloodRules *rules)
{
	FloodRule rule = {.minutes = FLOOD_MINUTES_USUAL};
	unsigned minutes;
	unsigned kind;

	if (!read_number(text, FLOOD_COUNT_MOST, &rule.count))
		return false;
	kind = find_kind(**text);
	if (kind == FLOODS || rules->rules[kind].count > 0)
		return false;
	++*text;
	rule.action = rows[kind].action;
	if (**text == '#') {
		rule.action = *++*text;
		if (!rule.action || !strchr(rows[kind].actions, rule.action))
			return false;
		++*text;
		if (g_ascii_isdigit(**text)) {
			if (!read_number(text, FLOOD_MINUTES_MOST, &minutes))
				return false;
			rule.minutes = (uint16_t)minutes;
		}
	}
	rules->rules[kind] = rule;
	return true;
}

static bool
read_rules(const char *text, FloodRules *rules)
{
	*rules = (FloodRules){0};
	if (*text++ != '[')
		return false;
	do {
		if (!read_rule(&text, rules))
			return false;
	} while (*text++ == ',');
	if (text[-1] != ']' || *text++ != ':')
		return false;
	return read_number(&text, FLOOD_SECONDS_MOST, &rules->seconds) && *text == '\0';
}

bool
flood_rules_parse(const char *text, FloodRules *ret_rules)
{
	FloodRules rules;

	for (size_t i = 0; i < G_N_ELEMENTS(profiles); i++)
		if (casemap_equal(profiles[i].name, text))
			text = profiles[i].rules;
	if (!read_rules(text, &rules))
		return false;
	*ret_rules = rules;
	return true;
}

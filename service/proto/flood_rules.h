/* SPDX-License-Identifier: MIT */
/*
 * FloodRules: the value of channel mode F: how many of what within how many seconds are too many,
 * and what is done then. "[8t#q5,10j#i3]:15": within 15 seconds, more than 8 messages of one member
 * mute him for 5 minutes, more than 10 joins set +i for 3 minutes; or a profile's name
 * (flood_profiles.def). What can be counted: floods.def. Without "#action" the row's own applies,
 * without minutes it is 10 of them. Thread: any; pure.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define FLOOD_COUNT_MOST 1000u
#define FLOOD_SECONDS_MOST 3600u
#define FLOOD_MINUTES_MOST 1440u
#define FLOOD_MINUTES_USUAL 10u

typedef enum FloodKind {
#define FLOOD(letter, id, actions, action, name, help) FLOOD_##id,
#include "proto/floods.def"
#undef FLOOD
	FLOODS
} FloodKind;

typedef struct FloodRule {
	unsigned count; /* more than this many; 0: not counted */
	char action;    /* see floods.def */
	uint16_t minutes;
} FloodRule;

typedef struct FloodRules {
	FloodRule rules[FLOODS];
	unsigned seconds;
} FloodRules;

typedef struct FloodRow {
	char letter;
	const char *actions;
	char action;
	const char *name;
	const char *help;
} FloodRow;

typedef struct FloodProfile {
	const char *name;
	const char *rules;
	const char *help;
} FloodProfile;

const FloodRow *flood_row(FloodKind kind);
/* `index` from 0 on; NULL past the last. */
const FloodProfile *flood_profile(unsigned index);
/* False: neither rules nor a profile's name. */
bool flood_rules_parse(const char *text, FloodRules *ret_rules);

/* SPDX-License-Identifier: MIT */
#include "proto/help_rows.h"

#include "proto/caps.h"
#include "proto/commands.h"
#include "proto/extban.h"
#include "proto/flood_rules.h"
#include "proto/modes.h"
#include "proto/notices.h"
#include "proto/properties.h"

#include <glib.h>

/* What most tables have; the term is letter and name. */
static void
fill(HelpRow *row, char letter, const char *name, const char *help)
{
	*row = (HelpRow){.letter = letter, .name = name, .help = help};
	if (letter)
		g_snprintf(row->term, sizeof row->term, "%c  %s", letter, name);
	else
		g_strlcpy(row->term, name, sizeof row->term);
}

static bool
row_of_command(unsigned index, HelpRow *ret_row)
{
	const CommandRow *row;

	if (index >= COMMANDS)
		return false;
	row = command_row(index);
	fill(ret_row, 0, row->verb, row->help);
	g_strlcpy(ret_row->term, row->syntax, sizeof ret_row->term);
	if (row->stage == COMMAND_OPERATOR)
		g_strlcpy(ret_row->more, "For IRC operators.", sizeof ret_row->more);
	return true;
}

static bool
row_of_mode(ModeTarget target, unsigned index, HelpRow *ret_row)
{
	for (unsigned i = 0; i < MODES; i++) {
		const ModeRow *row = mode_row(i);

		if (row->target != target || index-- > 0)
			continue;
		fill(ret_row, row->letter, row->name, row->help);
		return true;
	}
	return false;
}

static bool
row_of_channel_mode(unsigned index, HelpRow *ret_row)
{
	return row_of_mode(MODE_ON_CHANNEL, index, ret_row);
}

static bool
row_of_user_mode(unsigned index, HelpRow *ret_row)
{
	return row_of_mode(MODE_ON_USER, index, ret_row);
}

static bool
row_of_notice(unsigned index, HelpRow *ret_row)
{
	if (index >= NOTICE_KINDS)
		return false;
	fill(ret_row, notice_row(index)->letter, notice_row(index)->name, notice_row(index)->help);
	return true;
}

static bool
row_of_cap(unsigned index, HelpRow *ret_row)
{
	if (index >= CAPS)
		return false;
	fill(ret_row, 0, cap_row(index)->name, cap_row(index)->help);
	return true;
}

static bool
row_of_extban(unsigned index, HelpRow *ret_row)
{
	const ExtbanRow *row = extban_row(index);

	if (!row)
		return false;
	fill(ret_row, row->letter, row->name, row->help);
	g_snprintf(
	    ret_row->term, sizeof ret_row->term, "%c%c  %s", EXTBAN_PREFIX, row->letter, row->name);
	g_snprintf(ret_row->more, sizeof ret_row->more, "As in %s", row->example);
	return true;
}

/* What is counted, and behind that what can be said in one word. */
static bool
row_of_flood(unsigned index, HelpRow *ret_row)
{
	const FloodProfile *profile;

	if (index < FLOODS) {
		const FloodRow *row = flood_row((FloodKind)index);

		fill(ret_row, row->letter, row->name, row->help);
		g_snprintf(ret_row->more, sizeof ret_row->more, "Actions %s, else %c.",
		    row->actions, row->action);
		return true;
	}
	profile = flood_profile(index - FLOODS);
	if (!profile)
		return false;
	fill(ret_row, 0, profile->name, profile->help);
	g_snprintf(ret_row->term, sizeof ret_row->term, "%s  %s", profile->name, profile->rules);
	return true;
}

static bool
row_of_property(unsigned index, HelpRow *ret_row)
{
	if (index >= PROPERTIES)
		return false;
	fill(ret_row, 0, property_row(index)->key, property_row(index)->help);
	return true;
}

static bool (*const rows[HELP_SUBJECTS])(unsigned index, HelpRow *ret_row) = {
    [HELP_COMMANDS] = row_of_command,
    [HELP_CMODES] = row_of_channel_mode,
    [HELP_UMODES] = row_of_user_mode,
    [HELP_NOTICES] = row_of_notice,
    [HELP_CAPS] = row_of_cap,
    [HELP_EXTBANS] = row_of_extban,
    [HELP_FLOODS] = row_of_flood,
    [HELP_PROPERTIES] = row_of_property,
};

static const struct {
	const char *name;
	const char *title;
} subjects[HELP_SUBJECTS] = {
#define HELP_SUBJECT(NAME, title) {#NAME, title},
#include "proto/help_subjects.def"
#undef HELP_SUBJECT
};

const char *
help_subject_name(HelpSubject subject)
{
	g_assert(subject < HELP_SUBJECTS);
	return subjects[subject].name;
}

const char *
help_subject_title(HelpSubject subject)
{
	g_assert(subject < HELP_SUBJECTS);
	return subjects[subject].title;
}

bool
help_row(HelpSubject subject, unsigned index, HelpRow *ret_row)
{
	g_assert(subject < HELP_SUBJECTS);
	return rows[subject](index, ret_row);
}

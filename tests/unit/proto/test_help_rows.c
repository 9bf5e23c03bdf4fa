/* SPDX-License-Identifier: MIT */
/* Rows as people read them: every row of every table is there, whole, and says something. */
#include "proto/help_rows.h"

#include "proto/caps.h"
#include "proto/commands.h"
#include "proto/extban.h"
#include "proto/flood_rules.h"
#include "proto/modes.h"
#include "proto/notices.h"
#include "proto/properties.h"

#include <glib.h>
#include <string.h>

static unsigned
count(HelpSubject subject)
{
	HelpRow row;
	unsigned n = 0;

	while (help_row(subject, n, &row))
		n++;
	return n;
}

static void
test_counts(void)
{
	unsigned extbans = 0, profiles = 0;

	while (extban_row(extbans))
		extbans++;
	while (flood_profile(profiles))
		profiles++;
	g_assert_cmpuint(count(HELP_COMMANDS), ==, COMMANDS);
	g_assert_cmpuint(count(HELP_CMODES) + count(HELP_UMODES), ==, MODES);
	g_assert_cmpuint(count(HELP_UMODES), >, 0);
	g_assert_cmpuint(count(HELP_NOTICES), ==, NOTICE_KINDS);
	g_assert_cmpuint(count(HELP_CAPS), ==, CAPS);
	g_assert_cmpuint(count(HELP_EXTBANS), ==, extbans);
	g_assert_cmpuint(count(HELP_FLOODS), ==, FLOODS + profiles);
	g_assert_cmpuint(count(HELP_PROPERTIES), ==, PROPERTIES);
}

/* Nothing is empty, and nothing was cut to its buffer. */
static void
test_texts(void)
{
	for (HelpSubject subject = 0; subject < HELP_SUBJECTS; subject++) {
		HelpRow row;

		g_assert_true(*help_subject_name(subject) && *help_subject_title(subject));
		for (unsigned i = 0; help_row(subject, i, &row); i++) {
			g_assert_true(*row.name && *row.help && *row.term);
			g_assert_cmpuint(strlen(row.term), <, HELP_TERM_SIZE - 1);
			g_assert_cmpuint(strlen(row.more), <, HELP_MORE_SIZE - 1);
			g_assert_true(row.letter == 0 || strchr(row.term, row.letter));
		}
	}
}

static void
test_rows(void)
{
	HelpRow row;

	g_assert_true(help_row(HELP_CMODES, 0, &row));
	for (unsigned i = 0; help_row(HELP_CMODES, i, &row) && row.letter != 'm'; i++)
		continue;
	g_assert_cmpstr(row.term, ==, "m  moderated");
	g_assert_cmpstr(row.more, ==, "");
	for (unsigned i = 0; help_row(HELP_EXTBANS, i, &row) && row.letter != 'a'; i++)
		continue;
	g_assert_cmpstr(row.term, ==, "~a  account");
	g_assert_cmpstr(row.more, ==, "As in ~a:anna");
	for (unsigned i = 0; help_row(HELP_COMMANDS, i, &row) && strcmp(row.name, "KILL") != 0; i++)
		continue;
	g_assert_true(g_str_has_prefix(row.term, "KILL <"));
	g_assert_cmpstr(row.more, ==, "For IRC operators.");
	g_assert_true(help_row(HELP_FLOODS, FLOODS, &row));
	g_assert_cmpstr(row.name, ==, flood_profile(0)->name);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/help-rows/counts", test_counts);
	g_test_add_func("/help-rows/texts", test_texts);
	g_test_add_func("/help-rows/rows", test_rows);
	return g_test_run();
}

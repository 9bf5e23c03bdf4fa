/* SPDX-License-Identifier: MIT */
/* HELP (modern IRC): commands, modes and capabilities, all from their rows. */
#include "act/services.h"
#include "cmd/handlers.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/commands.h"
#include "proto/extban.h"
#include "proto/help_rows.h"
#include "proto/modes.h"

#include <string.h>

#define END_OF_HELP "End of /HELP"
/* The one subject that is not the protocol's. */
#define SERVICES_SUBJECT "SERVICES"
#define SERVICES_TITLE "Services to write to"

static void
tell_rows(Ctx *ctx, HelpSubject subject)
{
	HelpRow row;

	for (unsigned i = 0; help_row(subject, i, &row); i++) {
		g_autofree char *line = g_strdup_printf(
		    "%s: %s%s%s", row.term, row.help, *row.more ? " " : "", row.more);

		reply(ctx, RPL_HELPTXT, help_subject_name(subject), line);
	}
}

static void
help_subject(Ctx *ctx, HelpSubject subject)
{
	const char *name = help_subject_name(subject);

	reply(ctx, RPL_HELPSTART, name, help_subject_title(subject));
	tell_rows(ctx, subject);
	reply(ctx, RPL_ENDOFHELP, name, END_OF_HELP);
}

static void
help_services(Ctx *ctx)
{
	reply(ctx, RPL_HELPSTART, SERVICES_SUBJECT, SERVICES_TITLE);
	for (unsigned i = 0; i < SERVICES; i++) {
		const ServiceRow *row = service_row(i);
		g_autofree char *line = g_strdup_printf(
		    "%s (/%s): %s; /%s HELP", row->voice.nick, row->alias, row->help, row->alias);

		reply(ctx, RPL_HELPTXT, SERVICES_SUBJECT, line);
	}
	reply(ctx, RPL_ENDOFHELP, SERVICES_SUBJECT, END_OF_HELP);
}

/* One thing with a name of its own. */
static void
help_one(Ctx *ctx, const char *subject, const char *title, const char *help)
{
	reply(ctx, RPL_HELPSTART, subject, title);
	reply(ctx, RPL_HELPTXT, subject, help);
	reply(ctx, RPL_ENDOFHELP, subject, END_OF_HELP);
}

static bool
help_about_subject(Ctx *ctx, const char *asked)
{
	for (HelpSubject subject = 0; subject < HELP_SUBJECTS; subject++) {
		if (!casemap_equal(asked, help_subject_name(subject)))
			continue;
		help_subject(ctx, subject);
		return true;
	}
	if (!casemap_equal(asked, SERVICES_SUBJECT))
		return false;
	help_services(ctx);
	return true;
}

static bool
help_about_command(Ctx *ctx, const char *subject)
{
	unsigned index = command_find(subject);

	if (index == COMMANDS)
		return false;
	help_one(
	    ctx, command_row(index)->verb, command_row(index)->syntax, command_row(index)->help);
	return true;
}

/* "+m": of channels and of users, where the letter means something on both. */
static bool
help_about_mode(Ctx *ctx, const char *subject)
{
	static const struct {
		ModeTarget target;
		const char *of;
	} places[] = {{MODE_ON_CHANNEL, "channels"}, {MODE_ON_USER, "users"}};
	bool any = false;

	if ((*subject != '+' && *subject != '-') || !subject[1] || subject[2])
		return false;
	for (unsigned i = 0; i < G_N_ELEMENTS(places); i++) {
		unsigned index = mode_find((uint8_t)places[i].target, subject[1]);
		g_autofree char *title = NULL;

		if (index == MODES)
			continue;
		title = g_strdup_printf("Mode of %s: %s", places[i].of, mode_row(index)->name);
		help_one(ctx, subject, title, mode_row(index)->help);
		any = true;
	}
	return any;
}

static bool
help_about_cap(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; i < CAPS; i++) {
		if (g_ascii_strcasecmp(subject, cap_row(i)->name) != 0)
			continue;
		help_one(ctx, cap_row(i)->name, "Capability for CAP REQ", cap_row(i)->help);
		return true;
	}
	return false;
}

/* "~a", "~account". */
static bool
help_about_extban(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; *subject == EXTBAN_PREFIX && extban_row(i); i++) {
		const ExtbanRow *row = extban_row(i);
		const char letter[] = {row->letter, '\0'};

		if (strcmp(subject + 1, letter) != 0 && !casemap_equal(subject + 1, row->name) &&
		    !casemap_equal(subject + 1, row->other_name))
			continue;
		help_one(ctx, subject, row->example, row->help);
		return true;
	}
	return false;
}

static Outcome
help_about(Ctx *ctx, const char *subject)
{
	static bool (*const kinds[])(Ctx * ctx, const char *subject) = {help_about_subject,
	    help_about_command, help_about_mode, help_about_cap, help_about_extban};

	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i](ctx, subject))
			return OUTCOME_DONE;
	return refuse(ctx, ERR_HELPNOTFOUND, message_middle(subject));
}

static void
tell_subject(Ctx *ctx, const char *name, const char *title)
{
	g_autofree char *line = g_strdup_printf("HELP %s: %s", name, title);

	reply(ctx, RPL_HELPTXT, "*", line);
}

Outcome
cmd_help(Ctx *ctx, const Message *message)
{
	if (message->n_params > 0 && *message->params[0])
		return help_about(ctx, message->params[0]);
	reply(ctx, RPL_HELPSTART, "*", "Commands; HELP <command> explains one");
	for (unsigned i = 0; i < COMMANDS; i++)
		reply(ctx, RPL_HELPTXT, "*", command_row(i)->syntax);
	for (HelpSubject subject = 0; subject < HELP_SUBJECTS; subject++)
		tell_subject(ctx, help_subject_name(subject), help_subject_title(subject));
	tell_subject(ctx, SERVICES_SUBJECT, SERVICES_TITLE);
	reply(ctx, RPL_ENDOFHELP, "*", END_OF_HELP);
	return OUTCOME_DONE;
}

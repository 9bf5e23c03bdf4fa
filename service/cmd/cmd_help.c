/* SPDX-License-Identifier: MIT */
/* HELP (modern IRC): commands, modes and capabilities, all from their rows. */
#include "act/services.h"
#include "cmd/handlers.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/commands.h"
#include "proto/extban.h"
#include "proto/flood_rules.h"
#include "proto/modes.h"
#include "proto/notices.h"
#include "proto/properties.h"

#include <string.h>

static void
help_modes(Ctx *ctx, const char *subject, ModeTarget target)
{
	for (unsigned i = 0; i < MODES; i++) {
		const ModeRow *row = mode_row(i);
		g_autofree char *line = NULL;

		if (row->target != target)
			continue;
		line = g_strdup_printf("%c  %s: %s", row->letter, row->name, row->help);
		reply(ctx, RPL_HELPTXT, subject, line);
	}
}

static void
help_channel_modes(Ctx *ctx, const char *subject)
{
	help_modes(ctx, subject, MODE_ON_CHANNEL);
}

static void
help_user_modes(Ctx *ctx, const char *subject)
{
	help_modes(ctx, subject, MODE_ON_USER);
}

static void
help_caps(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; i < CAPS; i++) {
		const CapRow *row = cap_row(i);
		g_autofree char *line = g_strdup_printf("%s: %s", row->name, row->help);

		reply(ctx, RPL_HELPTXT, subject, line);
	}
}

static void
help_notices(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; i < NOTICE_KINDS; i++) {
		const NoticeRow *row = notice_row(i);
		g_autofree char *line =
		    g_strdup_printf("%c  %s: %s", row->letter, row->name, row->help);

		reply(ctx, RPL_HELPTXT, subject, line);
	}
}

static void
help_extbans(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; extban_row(i); i++) {
		const ExtbanRow *row = extban_row(i);
		g_autofree char *line = g_strdup_printf("%c%c  %s: %s (%s)", EXTBAN_PREFIX,
		    row->letter, row->name, row->help, row->example);

		reply(ctx, RPL_HELPTXT, subject, line);
	}
}

static void
help_floods(Ctx *ctx, const char *subject)
{
	for (FloodKind kind = 0; kind < FLOODS; kind++) {
		const FloodRow *row = flood_row(kind);
		g_autofree char *line = g_strdup_printf("%c  %s: %s Actions %s, else %c.",
		    row->letter, row->name, row->help, row->actions, row->action);

		reply(ctx, RPL_HELPTXT, subject, line);
	}
	for (unsigned i = 0; flood_profile(i); i++) {
		const FloodProfile *profile = flood_profile(i);
		g_autofree char *line =
		    g_strdup_printf("%s  %s: %s", profile->name, profile->rules, profile->help);

		reply(ctx, RPL_HELPTXT, subject, line);
	}
}

static void
help_properties(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; i < PROPERTIES; i++) {
		const PropertyRow *row = property_row(i);
		g_autofree char *line = g_strdup_printf("%s: %s", row->key, row->help);

		reply(ctx, RPL_HELPTXT, subject, line);
	}
}

static void
help_services(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; i < SERVICES; i++) {
		const ServiceRow *row = service_row(i);
		g_autofree char *line = g_strdup_printf(
		    "%s (/%s): %s; /%s HELP", row->voice.nick, row->alias, row->help, row->alias);

		reply(ctx, RPL_HELPTXT, subject, line);
	}
}

typedef struct HelpTopic {
	const char *subject;
	const char *title;
	void (*tell)(Ctx *ctx, const char *subject);
} HelpTopic;

static const HelpTopic topics[] = {
    {"CMODES", "Modes of channels", help_channel_modes},
    {"UMODES", "Modes of users", help_user_modes},
    {"NOTICES", "Notices to operators, the letters of user mode s", help_notices},
    {"CAPS", "Capabilities for CAP REQ", help_caps},
    {"EXTBANS", "Extended bans in the lists b, e and I", help_extbans},
    {"FLOODS", "What +F counts, and its profiles", help_floods},
    {"PROPERTIES", "Properties with a meaning, for METADATA", help_properties},
    {"SERVICES", "Services to write to", help_services},
};

static void
help_topic(Ctx *ctx, const HelpTopic *topic)
{
	reply(ctx, RPL_HELPSTART, topic->subject, topic->title);
	topic->tell(ctx, topic->subject);
	reply(ctx, RPL_ENDOFHELP, topic->subject, "End of /HELP");
}

/* One thing with a name of its own. */
static void
help_one(Ctx *ctx, const char *subject, const char *title, const char *help)
{
	reply(ctx, RPL_HELPSTART, subject, title);
	reply(ctx, RPL_HELPTXT, subject, help);
	reply(ctx, RPL_ENDOFHELP, subject, "End of /HELP");
}

static bool
help_about_topic(Ctx *ctx, const char *subject)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(topics); i++) {
		if (!casemap_equal(subject, topics[i].subject))
			continue;
		help_topic(ctx, &topics[i]);
		return true;
	}
	return false;
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
	static bool (*const kinds[])(Ctx * ctx, const char *subject) = {help_about_topic,
	    help_about_command, help_about_mode, help_about_cap, help_about_extban};

	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (kinds[i](ctx, subject))
			return OUTCOME_DONE;
	return refuse(ctx, ERR_HELPNOTFOUND, message_middle(subject));
}

Outcome
cmd_help(Ctx *ctx, const Message *message)
{
	if (message->n_params > 0 && *message->params[0])
		return help_about(ctx, message->params[0]);
	reply(ctx, RPL_HELPSTART, "*", "Commands; HELP <command> explains one");
	for (unsigned i = 0; i < COMMANDS; i++)
		reply(ctx, RPL_HELPTXT, "*", command_row(i)->syntax);
	for (unsigned i = 0; i < G_N_ELEMENTS(topics); i++) {
		g_autofree char *line =
		    g_strdup_printf("HELP %s: %s", topics[i].subject, topics[i].title);

		reply(ctx, RPL_HELPTXT, "*", line);
	}
	reply(ctx, RPL_ENDOFHELP, "*", "End of /HELP");
	return OUTCOME_DONE;
}

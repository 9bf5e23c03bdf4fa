/* SPDX-License-Identifier: MIT */
/* HELP (modern IRC): commands, modes and capabilities, all from their rows. */
#include "cmd/handlers.h"
#include "proto/caps.h"
#include "proto/casemap.h"
#include "proto/commands.h"
#include "proto/modes.h"
#include "proto/notices.h"

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
};

static void
help_topic(Ctx *ctx, const HelpTopic *topic)
{
	reply(ctx, RPL_HELPSTART, topic->subject, topic->title);
	topic->tell(ctx, topic->subject);
	reply(ctx, RPL_ENDOFHELP, topic->subject, "End of /HELP");
}

static Outcome
help_about(Ctx *ctx, const char *subject)
{
	unsigned index = command_find(subject);
	const CommandRow *row;

	for (unsigned i = 0; i < G_N_ELEMENTS(topics); i++) {
		if (casemap_equal(subject, topics[i].subject)) {
			help_topic(ctx, &topics[i]);
			return OUTCOME_DONE;
		}
	}
	if (index == COMMANDS)
		return refuse(ctx, ERR_HELPNOTFOUND, message_middle(subject));
	row = command_row(index);
	reply(ctx, RPL_HELPSTART, row->verb, row->syntax);
	reply(ctx, RPL_HELPTXT, row->verb, row->help);
	reply(ctx, RPL_ENDOFHELP, row->verb, "End of /HELP");
	return OUTCOME_DONE;
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

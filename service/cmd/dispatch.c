/* SPDX-License-Identifier: MIT */
#include "cmd/dispatch.h"

#include "cmd/batch_line.h"
#include "cmd/handlers.h"
#include "cmd/held_reply.h"
#include "proto/commands.h"
#include "proto/utf8.h"

#include <string.h>

static const CommandHandler handlers[] = {
#define COMMAND(verb, handler, stage, least, cost, syntax, help) cmd_##handler,
#include "proto/commands.def"
#undef COMMAND
};

/* What the line was called, harmless in an answer. */
static const char *
verb_shown(const Message *message)
{
	const char *verb = message->verb;

	return verb && utf8_is_valid(verb, strlen(verb)) ? message_middle(verb) : "*";
}

/* Lines that are no command; true if this was one of them. */
static bool
refuse_line(Ctx *ctx, const Message *message, MessageStatus status)
{
	static const struct {
		bool refused;
		const char *text; /* of INVALID_LINE, a code of our own; NULL: see below */
	} lines[] = {
	    [MESSAGE_OK] = {false, NULL},
	    [MESSAGE_EMPTY] = {true, NULL},
	    [MESSAGE_HAS_NUL] = {true, "The line contains a NUL byte"},
	    [MESSAGE_HAS_CR] = {true, "The line contains a carriage return"},
	    [MESSAGE_TAGS_TOO_LONG] = {true, NULL},
	    [MESSAGE_TOO_LONG] = {true, NULL},
	    [MESSAGE_BAD_VERB] = {true, NULL},
	    [MESSAGE_INVALID_UTF8] = {true, NULL},
	};

	if (status == MESSAGE_EMPTY || !lines[status].refused)
		return lines[status].refused;
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	if (lines[status].text)
		reply_own_standard(
		    ctx->reply, "FAIL", verb_shown(message), "INVALID_LINE", lines[status].text);
	else if (status == MESSAGE_INVALID_UTF8)
		reply_standard(ctx->reply, "FAIL", verb_shown(message), "INVALID_UTF8", NULL,
		    "Message rejected, your software must use UTF-8 encoding on this network");
	else if (status == MESSAGE_BAD_VERB)
		reply(ctx, ERR_UNKNOWNCOMMAND, verb_shown(message));
	else
		reply(ctx, ERR_INPUTTOOLONG);
	return true;
}

static bool
stage_fits(Ctx *ctx, const CommandRow *row)
{
	const User *user = ctx->actor.user;

	if (row->stage == COMMAND_ANY)
		return true;
	if (row->stage == COMMAND_UNREGISTERED) {
		if (user)
			refuse(ctx, ERR_ALREADYREGISTERED);
		return !user;
	}
	if (!user) {
		refuse(ctx, ERR_NOTREGISTERED);
		return false;
	}
	if (row->stage == COMMAND_OPERATOR && !user_is_operator(user)) {
		refuse(ctx, ERR_NOPRIVILEGES);
		return false;
	}
	return true;
}

static void
count(Ctx *ctx, unsigned index, const Message *message)
{
	Community *community = ctx->community;

	counter_add(&ctx->out->counters, COUNTER_COMMANDS, 1);
	community->commands_used[index]++;
	for (unsigned i = 0; i < message->n_params; i++)
		community->commands_bytes[index] += strlen(message->params[i]);
}

Outcome
cmd_dispatch(Ctx *ctx, const Message *message, MessageStatus status)
{
	const CommandRow *row;
	Outcome outcome;
	unsigned index;

	if (status != MESSAGE_OK && status != MESSAGE_EMPTY)
		batch_loses_line(ctx, message);
	if (refuse_line(ctx, message, status))
		return OUTCOME_REFUSED;
	if (batch_takes_line(ctx, message, &outcome))
		return outcome;
	index = command_find(message->verb);
	if (index == COMMANDS) {
		counter_add(&ctx->out->counters, COUNTER_COMMANDS_UNKNOWN, 1);
		return ctx->actor.user ? refuse(ctx, ERR_UNKNOWNCOMMAND, message->verb)
				       : refuse(ctx, ERR_NOTREGISTERED);
	}
	row = command_row(index);
	if (!stage_fits(ctx, row))
		return OUTCOME_REFUSED;
	if (message->n_params < row->least_params)
		return refuse(ctx, ERR_NEEDMOREPARAMS, row->verb);
	count(ctx, index, message);
	ctx->actor.session->verb = row->verb;
	held_reply_begin(ctx);
	return held_reply_end(ctx, handlers[index](ctx, message), row->verb);
}

unsigned
cmd_cost(const Message *message)
{
	unsigned index = message->verb ? command_find(message->verb) : (unsigned)COMMANDS;

	return index < COMMANDS ? command_row(index)->cost : 1;
}

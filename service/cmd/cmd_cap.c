/* SPDX-License-Identifier: MIT */
/* CAP: capability negotiation (IRCv3 capability-negotiation 302). */
#include "act/verbs.h"
#include "cmd/cap_lines.h"
#include "cmd/cap_offer.h"
#include "cmd/handlers.h"
#include "cmd/welcome.h"
#include "proto/caps.h"
#include "proto/casemap.h"

#include <string.h>

static void
start_negotiating(Session *session)
{
	if (session->registration)
		session->registration->negotiating = true;
}

/* The capabilities in `caps`, with values where the version has them. */
static void
tell_caps(Ctx *ctx, const char *subcommand, uint64_t caps, bool values)
{
	CapLines lines = cap_lines_begin(
	    ctx->reply, subcommand, ctx->actor.session->cap_version >= CAP_VERSION_VALUES);

	for (unsigned i = 0; i < CAPS; i++) {
		g_autofree char *word = NULL;

		if (!(caps & (UINT64_C(1) << i)))
			continue;
		word = cap_offer_word(ctx, i, values);
		cap_lines_add(&lines, word);
	}
	cap_lines_end(&lines);
}

/* A client that does not know version 302 takes one line for the whole list: it is shown what has a
 * plain name, and may ask for the others all the same. */
static uint64_t
plain_caps(void)
{
	uint64_t caps = 0;

	for (unsigned i = 0; i < CAPS; i++)
		if (!strchr(cap_row(i)->name, '/'))
			caps |= UINT64_C(1) << i;
	return caps;
}

static Outcome
cap_ls(Ctx *ctx, const char *argument)
{
	Session *session = ctx->actor.session;
	guint64 version = 0;
	uint64_t shown;

	start_negotiating(session);
	if (g_ascii_string_to_unsigned(argument, 10, 0, UINT16_MAX, &version, NULL) &&
	    version > session->cap_version)
		session->cap_version = (uint16_t)version;
	if (session->cap_version >= CAP_VERSION_VALUES)
		session->caps |= CAP_CAP_NOTIFY;
	shown = caps_offered(ctx);
	if (session->cap_version < CAP_VERSION_VALUES)
		shown &= plain_caps();
	/* What is nothing without its value is not shown without one. */
	if (version < CAP_VERSION_VALUES)
		shown &= ~CAPS_TOLD_ONLY;
	tell_caps(ctx, "LS", shown, version >= CAP_VERSION_VALUES);
	return OUTCOME_DONE;
}

static Outcome
cap_list(Ctx *ctx, const char *argument)
{
	tell_caps(ctx, "LIST", ctx->actor.session->caps, false);
	return OUTCOME_DONE;
}

/* True and both sets if every word is known and may be had. */
static bool
parse_request(const Ctx *ctx, char **words, uint64_t *ret_add, uint64_t *ret_remove)
{
	const Session *session = ctx->actor.session;
	uint64_t offered = caps_offered(ctx) & ~CAPS_TOLD_ONLY;
	uint64_t add = 0, remove = 0;

	for (char **word = words; *word; word++) {
		bool off = **word == '-';
		uint64_t cap = cap_find(*word + off);

		if (**word == '\0')
			continue;
		if (cap == 0 || (!off && !(cap & offered)))
			return false;
		/* Version 302 implies cap-notify. */
		if (off && cap == CAP_CAP_NOTIFY && session->cap_version >= CAP_VERSION_VALUES)
			return false;
		add = off ? add & ~cap : add | cap;
		remove = off ? remove | cap : remove & ~cap;
	}
	*ret_add = add;
	*ret_remove = remove;
	return true;
}

/* Names are given back as they came or not at all: one that fits in no line cannot be. */
static bool
can_be_answered(const CapLines *lines, char **words)
{
	for (char **word = words; *word; word++)
		if (strlen(*word) > lines->room)
			return false;
	return true;
}

static Outcome
cap_req(Ctx *ctx, const char *argument)
{
	Session *session = ctx->actor.session;
	g_auto(GStrv) words = g_strsplit(argument, " ", -1);
	uint64_t add = 0, remove = 0;
	bool granted;
	CapLines lines;

	start_negotiating(session);
	granted = parse_request(ctx, words, &add, &remove);
	if (granted)
		session->caps = (session->caps | add) & ~remove;
	lines = cap_lines_begin(ctx->reply, granted ? "ACK" : "NAK", false);
	if (!can_be_answered(&lines, words)) {
		cap_lines_drop(&lines);
		return refuse(ctx, ERR_INPUTTOOLONG);
	}
	for (char **word = words; *word; word++)
		if (**word)
			cap_lines_add(&lines, *word);
	cap_lines_end(&lines);
	return granted ? OUTCOME_DONE : OUTCOME_REFUSED;
}

static Outcome
cap_end(Ctx *ctx, const char *argument)
{
	if (ctx->actor.session->registration)
		ctx->actor.session->registration->negotiating = false;
	return welcome_if_registered(ctx);
}

Outcome
cmd_cap(Ctx *ctx, const Message *message)
{
	static const struct {
		const char *name;
		Outcome (*run)(Ctx *ctx, const char *argument);
	} subcommands[] = {{"LS", cap_ls}, {"LIST", cap_list}, {"REQ", cap_req}, {"END", cap_end}};
	const char *argument = message->n_params > 1 ? message->params[1] : "";

	for (unsigned i = 0; i < G_N_ELEMENTS(subcommands); i++)
		if (casemap_equal(subcommands[i].name, message->params[0]))
			return subcommands[i].run(ctx, argument);
	return refuse(ctx, ERR_INVALIDCAPCMD, message_middle(message->params[0]));
}

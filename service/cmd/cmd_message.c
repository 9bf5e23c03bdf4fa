/* SPDX-License-Identifier: MIT */
/* PRIVMSG, NOTICE (RFC 2812 3.3) and TAGMSG (IRCv3 message-tags). */
#include "act/verbs.h"
#include "cmd/handlers.h"
#include "cmd/held_reply.h"
#include "cmd/list_words.h"
#include "cmd/relayed_tags.h"

/* Every target once; `speech` lacks the target. */
static Outcome
speak_to_all(Ctx *ctx, Speech *speech, const char *list)
{
	unsigned most = ctx->community->settings->limits->targets;
	g_auto(GStrv) targets = g_strsplit(list, ",", -1);
	Outcome outcome = OUTCOME_DONE;
	bool any = false;

	held_reply_acknowledge(ctx);
	for (unsigned i = 0; targets[i]; i++) {
		if (!list_word_counts(targets, i))
			continue;
		any = true;
		if (most-- == 0)
			return refuse(ctx, ERR_TOOMANYTARGETS, targets[i]);
		speech->target = targets[i];
		if (act_speak(ctx, speech) != OUTCOME_DONE)
			outcome = OUTCOME_REFUSED;
	}
	return any ? outcome : refuse(ctx, ERR_NORECIPIENT, speech->verb);
}

static Outcome
speak_text(Ctx *ctx, const Message *message, const char *verb)
{
	Speech speech = {.verb = verb};
	g_auto(Bytes) tags = {0};

	if (message->n_params == 0 || !*message->params[0])
		return refuse(ctx, ERR_NORECIPIENT, verb);
	if (message->n_params < 2 || !*message->params[1])
		return refuse(ctx, ERR_NOTEXTTOSEND);
	relayed_tags(ctx, message, &tags);
	speech.text = message->params[1];
	speech.client_tags = tags.length > 0 ? bytes_text(&tags) : NULL;
	return speak_to_all(ctx, &speech, message->params[0]);
}

Outcome
cmd_privmsg(Ctx *ctx, const Message *message)
{
	return speak_text(ctx, message, "PRIVMSG");
}

Outcome
cmd_notice(Ctx *ctx, const Message *message)
{
	return speak_text(ctx, message, "NOTICE");
}

Outcome
cmd_tagmsg(Ctx *ctx, const Message *message)
{
	Speech speech = {.verb = "TAGMSG"};
	g_auto(Bytes) tags = {0};

	relayed_tags(ctx, message, &tags);
	if (message->n_params == 0 || !*message->params[0])
		return refuse(ctx, ERR_NORECIPIENT, "TAGMSG");
	/* Without tags there is nothing to say. */
	if (tags.length == 0)
		return OUTCOME_DONE;
	speech.client_tags = bytes_text(&tags);
	return speak_to_all(ctx, &speech, message->params[0]);
}

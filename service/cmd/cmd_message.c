/* SPDX-License-Identifier: MIT */
/* PRIVMSG, NOTICE (RFC 2812 3.3), TAGMSG (IRCv3 message-tags), RELAYMSG (draft/relaymsg). */
#include "act/verbs.h"
#include "cmd/find.h"
#include "cmd/handlers.h"
#include "cmd/held_reply.h"
#include "cmd/list_words.h"
#include "cmd/relayed_tags.h"
#include "cmd/speech_to.h"
#include "cmd/too_many.h"
#include "proto/names.h"

#include <string.h>

#define RELAYED_NICK_MAX 64u /* bytes */

/* A mistake in what was said; a NOTICE gets no answer, not even an error (RFC 2812 3.3.2). */
#define refuse_speech(ctx, verb, ...)                                                              \
	(strcmp((verb), "NOTICE") == 0 ? OUTCOME_REFUSED : refuse((ctx), __VA_ARGS__))

/* Every target once; `speech` lacks the target. */
static Outcome
speak_to_all(Ctx *ctx, Speech *speech, const char *list)
{
	unsigned most = ctx->community->settings->limits->targets;
	g_auto(GStrv) targets = g_strsplit(list, ",", -1);
	Outcome outcome = OUTCOME_DONE;
	bool any = false;

	for (unsigned i = 0; targets[i]; i++) {
		Outcome one;

		if (!list_word_counts(targets, i))
			continue;
		any = true;
		/* What waits for an answer is the last that can be asked. */
		if (most-- == 0 || outcome == OUTCOME_PENDING) {
			if (strcmp(speech->verb, "NOTICE") != 0)
				refuse_words(ctx, targets, i);
			return outcome == OUTCOME_PENDING ? outcome : OUTCOME_REFUSED;
		}
		speech->target = targets[i];
		one = speech_to(ctx, speech);
		if (one != OUTCOME_DONE)
			outcome = one;
	}
	return any ? outcome : refuse_speech(ctx, speech->verb, ERR_NORECIPIENT, speech->verb);
}

static Outcome
speak_text(Ctx *ctx, const Message *message, const char *verb)
{
	Speech speech = {.verb = verb};
	g_auto(Bytes) tags = {0};

	if (message->n_params == 0 || !*message->params[0])
		return refuse_speech(ctx, verb, ERR_NORECIPIENT, verb);
	if (message->n_params < 2 || !*message->params[1])
		return refuse_speech(ctx, verb, ERR_NOTEXTTOSEND);
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
	/* Without tags there is nothing to say, nor anything to everybody. */
	if (tags.length == 0 || *message->params[0] == '$')
		return OUTCOME_DONE;
	speech.client_tags = bytes_text(&tags);
	return speak_to_all(ctx, &speech, message->params[0]);
}

/* Who runs a channel may let others speak in it. */
static Outcome
check_relay(Ctx *ctx, const Channel *channel, const char *nick)
{
	const char *separators = settings_community(ctx->community->settings)->relay_separators;

	if (!*separators || !actor_may(ctx, MAY_HOST_CHANNEL, channel))
		return ctx_fail(ctx, "RELAYMSG", "PRIVS_NEEDED", NULL,
		    *separators ? "Only operators of the channel may relay to it"
				: "Relaying is turned off");
	if (!name_is_relayed(nick, separators, RELAYED_NICK_MAX))
		return ctx_fail(ctx, "RELAYMSG", "INVALID_NICK", NULL,
		    "Not a nick that can be relayed: one of the separators must be in it");
	return OUTCOME_DONE;
}

Outcome
cmd_relaymsg(Ctx *ctx, const Message *message)
{
	Channel *channel = find_channel(ctx, message->params[0]);
	const char *nick = message->params[1];
	Speech speech = {.verb = "PRIVMSG", .text = message->params[2]};
	g_autofree char *source = NULL;
	g_auto(Bytes) tags = {0};

	if (!channel || check_relay(ctx, channel, nick) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	if (!*speech.text)
		return refuse(ctx, ERR_NOTEXTTOSEND);
	relayed_tags(ctx, message, &tags);
	source = g_strdup_printf("%s!relay@%s", nick, ctx->community->server_name);
	speech.target = channel->name;
	speech.relayed_for = source;
	speech.client_tags = tags.length > 0 ? bytes_text(&tags) : NULL;
	held_reply_acknowledge(ctx);
	return act_speak(ctx, &speech);
}

/* SPDX-License-Identifier: MIT */
#include "cmd/speech_to.h"

#include "act/speech_event.h"
#include "cmd/held_reply.h"
#include "cmd/playback.h"
#include "cmd/service_command.h"
#include "proto/caps.h"
#include "proto/casemap.h"

#include <string.h>

#define CTCP_DELIMITER "\001"

/* "NickServ" or "NickServ@" and this service's name; NULL if it is no built-in service. */
static const ServiceRow *
find_service(const Ctx *ctx, const char *target)
{
	const char *at = strchr(target, '@');
	g_autofree char *nick = at ? g_strndup(target, (gsize)(at - target)) : g_strdup(target);

	if (at && !casemap_equal(at + 1, ctx->community->server_name))
		return NULL;
	return service_find(nick);
}

/* The answer's first line, as for what is said to users. */
static void
echo_to_sender(Ctx *ctx, const Speech *speech, const char *name)
{
	Event event = speech_event(ctx, speech, name);

	if (session_has(ctx->actor.session, CAP_ECHO_MESSAGE | event_row(event.kind)->needs))
		reply_event(ctx->reply, &event);
}

/* CTCP is for programs: which they are, and whether they are there. */
static Outcome
answer_ctcp(Ctx *ctx, const ServiceRow *service, const char *text)
{
	const char *question = text + 1;
	size_t length = strcspn(question, CTCP_DELIMITER);
	size_t word = MIN(strcspn(question, " "), length);

	ctx->voice = &service->voice;
	if (word == strlen("PING") && g_ascii_strncasecmp(question, "PING", word) == 0)
		ctx_say(ctx, CTCP_DELIMITER "%.*s" CTCP_DELIMITER, (int)length, question);
	else if (word == strlen("VERSION") && g_ascii_strncasecmp(question, "VERSION", word) == 0)
		ctx_say(ctx, CTCP_DELIMITER "VERSION chatd %s" CTCP_DELIMITER, CHAT_VERSION);
	ctx->voice = NULL;
	return OUTCOME_DONE;
}

/* Services answer what is written to them, and nothing to what wants no answer. */
static Outcome
ask_service(Ctx *ctx, const ServiceRow *service, const Speech *speech)
{
	echo_to_sender(ctx, speech, service->voice.nick);
	if (strcmp(speech->verb, "PRIVMSG") != 0)
		return OUTCOME_DONE;
	if (*speech->text == *CTCP_DELIMITER)
		return answer_ctcp(ctx, service, speech->text);
	return service_command(ctx, service, speech->text);
}

Outcome
speech_to(Ctx *ctx, const Speech *speech)
{
	const ServiceRow *service = find_service(ctx, speech->target);

	if (service)
		return ask_service(ctx, service, speech);
	if (speech->text && playback_is_target(ctx, speech->target))
		return playback_command(ctx, speech->text);
	held_reply_acknowledge(ctx);
	return (*speech->target == '$' ? act_announce : act_speak)(ctx, speech);
}

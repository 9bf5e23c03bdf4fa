/* SPDX-License-Identifier: MIT */
#include "control/control_call.h"

#include "proto/numerics.h"

#include <string.h>

/* What a numeric is as an error code of this protocol; all others are CONTROL_ERROR_REFUSED. */
static const struct {
	unsigned numeric;
	int code;
} codes[] = {
    {ERR_NOSUCHNICK, CONTROL_ERROR_NOT_FOUND},
    {ERR_NOSUCHCHANNEL, CONTROL_ERROR_NOT_FOUND},
    {ERR_NICKNAMEINUSE, CONTROL_ERROR_ALREADY_EXISTS},
    {ERR_ERRONEUSNICKNAME, CONTROL_ERROR_INVALID_NAME},
    {ERR_USERNOTINCHANNEL, CONTROL_ERROR_NOT_IN_CHANNEL},
    {ERR_NOTONCHANNEL, CONTROL_ERROR_NOT_IN_CHANNEL},
    {ERR_BANLISTFULL, CONTROL_ERROR_TOO_MANY},
    {ERR_TOOMANYCHANNELS, CONTROL_ERROR_TOO_MANY},
};

/* The same of codes of standard replies. */
static const struct {
	const char *name;
	int code;
} fail_codes[] = {
    {"NO_SUCH_ACCOUNT", CONTROL_ERROR_NOT_FOUND},
    {"ACCOUNT_EXISTS", CONTROL_ERROR_ALREADY_EXISTS},
    {"BAD_ACCOUNT_NAME", CONTROL_ERROR_INVALID_NAME},
    {"TOO_MANY", CONTROL_ERROR_TOO_MANY},
    {"INVALID_EMAIL", CONTROL_ERROR_INVALID_PARAMS},
    {"BAD_VALUE", CONTROL_ERROR_INVALID_PARAMS},
    {"INVALID_HOST", CONTROL_ERROR_INVALID_PARAMS},
    {"NO_SUCH_SETTING", CONTROL_ERROR_INVALID_PARAMS},
    {"BAD_CERTIFICATE", CONTROL_ERROR_INVALID_PARAMS},
    {"WEAK_PASSWORD", CONTROL_ERROR_INVALID_PARAMS},
    {"UNACCEPTABLE_PASSWORD", CONTROL_ERROR_INVALID_PARAMS},
    {"INVALID_MASK", CONTROL_ERROR_INVALID_PARAMS},
    {"INVALID_VALUE", CONTROL_ERROR_INVALID_PARAMS},
    {"NO_SUCH_ENTRY", CONTROL_ERROR_NOT_FOUND},
    {"NOT_PURGED", CONTROL_ERROR_NOT_FOUND},
    {"TOO_MANY_CHANNELS", CONTROL_ERROR_TOO_MANY},
    {"KEY_INVALID", CONTROL_ERROR_INVALID_PARAMS},
    {"VALUE_INVALID", CONTROL_ERROR_INVALID_PARAMS},
    {"KEY_NOT_SET", CONTROL_ERROR_NOT_FOUND},
    {"LIMIT_REACHED", CONTROL_ERROR_TOO_MANY},
};

static int
code_of(unsigned numeric, const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(fail_codes); i++)
		if (strcmp(fail_codes[i].name, name) == 0)
			return fail_codes[i].code;
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (codes[i].numeric == numeric)
			return codes[i].code;
	return CONTROL_ERROR_REFUSED;
}

/* "#x :No such channel" as a person reads it: "#x: No such channel". */
static char *
sentence_of(const char *text)
{
	const char *colon = text[0] == ':' ? text : strstr(text, " :");

	if (!colon)
		return g_strdup(text);
	if (colon == text)
		return g_strdup(text + 1);
	return g_strdup_printf("%.*s: %s", (int)(colon - text), text, colon + 2);
}

/* A verb may refuse several things one by one: the first is the answer. */
static void
take_refusal(void *data, unsigned numeric, const char *name, const char *text)
{
	ControlCall *call = data;
	g_autofree char *sentence = NULL;

	if (call->code != 0)
		return;
	sentence = sentence_of(text);
	call_refuse(call, code_of(numeric, name), "%s", sentence);
	call_refusal_data(call, "kind", name);
	if (call->object)
		call_refusal_data(call, "object", call->object);
}

void
call_ctx(ControlCall *call, Ctx *ret_ctx)
{
	const ControlSetup *setup = &call->control->setup;

	*ret_ctx = (Ctx){
	    .community = setup->community,
	    .out = setup->out,
	    .host = setup->host,
	    .records = setup->records,
	    .random = setup->random,
	    .actor = {.kind = ACTOR_ADMINISTRATOR, .name = call->who},
	    .sink = {.data = call, .refuse = take_refusal},
	    .now = clock_wall(setup->clock),
	    .monotonic = clock_monotonic(setup->clock),
	};
}

json_t *
call_outcome(ControlCall *call, Outcome outcome)
{
	if (call->code != 0)
		return NULL;
	if (outcome == OUTCOME_REFUSED)
		return call_refuse(call, CONTROL_ERROR_REFUSED, "Refused");
	return json_true();
}

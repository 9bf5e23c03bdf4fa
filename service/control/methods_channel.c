/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "act/verbs.h"

#define MODE_PARAMETERS_MAX 64

static Channel *
channel_of_call(ControlCall *call)
{
	const char *name = call_string(call, "channel");
	Channel *channel = directory_find_channel(call->control->setup.community->directory, name);

	if (!channel)
		call_not_found(call, name, "Channel not found");
	return channel;
}

json_t *
method_channel_list(ControlCall *call)
{
	if (call->ours)
		return list_page(call, &channel_rows, HANDLE_NONE);
	return list_all(
	    call, &channel_rows, (unsigned)call_integer(call, "object_detail_level", 1));
}

json_t *
method_channel_get(ControlCall *call)
{
	const Channel *channel = channel_of_call(call);
	unsigned level = (unsigned)call_integer(call, "object_detail_level", 3);
	bool with_key = call->role >= ROLE_OPERATOR;
	g_autofree char *text = NULL;
	g_autofree char *head = NULL;
	json_t *rest;

	if (!channel)
		return NULL;
	if (level < 3)
		return json_pack(
		    "{s:o}", "channel", object_channel(call->control, channel, level, with_key));
	/* Members may be many: they are written in slices behind the rest. */
	rest = object_channel(call->control, channel, 2, with_key);
	text = json_compact(rest);
	json_decref(rest);
	text[strlen(text) - 1] = '\0';
	head = g_strconcat("{\"channel\":", text, ",\"members\":[", NULL);
	return list_parts(call, &member_rows, channel->handle, channel->n_members, level - 3, head);
}

json_t *
method_channel_members(ControlCall *call)
{
	const Channel *channel = channel_of_call(call);

	return channel ? list_page(call, &member_rows, channel->handle) : NULL;
}

static json_t *
modes_value(const Channel *channel)
{
	/* The key is a secret: the audit tells that there is one. */
	g_autofree char *modes = channel_modes_text(channel, false);

	return json_pack("{s:o}", "modes", json_text(modes));
}

json_t *
method_channel_set_mode(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	const char *more = call_string(call, "parameters");
	g_autofree char *text = g_strjoin(" ", call_string(call, "modes"), more ? more : "", NULL);
	g_auto(GStrv) words = g_strsplit(g_strchug(text), " ", -1);
	const char *parameters[MODE_PARAMETERS_MAX];
	/* As in a MODE line: who writes all in one is understood. */
	const char *letters = words[0];
	unsigned n_parameters = 0;
	Outcome outcome;
	Handle handle;
	Ctx ctx;

	if (!channel)
		return NULL;
	handle = channel->handle;
	for (char **word = words + 1; *word; word++) {
		if (**word == '\0')
			continue;
		if (n_parameters == MODE_PARAMETERS_MAX)
			return call_refuse(call, CONTROL_ERROR_INVALID_PARAMS,
			    "At most %d mode parameters in one call", MODE_PARAMETERS_MAX);
		parameters[n_parameters++] = *word;
	}
	call_note(call, channel->name, modes_value(channel), NULL);
	call_ctx(call, &ctx);
	outcome = act_channel_mode(&ctx, channel, letters, parameters, n_parameters);
	/* Without members and no longer permanent, it is gone. */
	channel = directory_channel(call->control->setup.community->directory, handle);
	call->after = channel ? modes_value(channel) : json_object();
	json_object_set(call->after, "requested", call_value(call, "modes"));
	return call_outcome(call, outcome);
}

json_t *
method_channel_set_topic(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	const char *by = call_string(call, "set_by");
	Ctx ctx;

	if (!channel)
		return NULL;
	call_note(call, channel->name, json_pack("{s:o}", "topic", json_text(channel->topic)),
	    json_pack("{s:O}", "topic", call_value(call, "topic")));
	call_ctx(call, &ctx);
	if (by)
		ctx.actor.name = by;
	return call_outcome(call, act_topic(&ctx, channel, call_string(call, "topic")));
}

json_t *
method_channel_kick(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	const char *nick = call_string(call, "nick");
	User *victim;
	Ctx ctx;

	if (!channel)
		return NULL;
	victim = rows_find_user(call->control->setup.community, nick);
	if (!victim)
		return call_not_found(call, nick, "Nickname not found");
	call_note(call, channel->name, json_pack("{s:o}", "member", json_text(victim->nick)),
	    json_pack("{s:O}", "reason", call_value(call, "reason")));
	call_ctx(call, &ctx);
	return call_outcome(call, act_kick(&ctx, channel, victim, call_string(call, "reason")));
}

json_t *
method_channel_register(ControlCall *call)
{
	const char *name = call_string(call, "channel");
	Ctx ctx;

	call_note(call, name, NULL, json_pack("{s:b}", "registered", 1));
	call_ctx(call, &ctx);
	return call_outcome(call, act_register_channel(&ctx, name));
}

json_t *
method_channel_unregister(ControlCall *call)
{
	Channel *channel = channel_of_call(call);
	Ctx ctx;

	if (!channel)
		return NULL;
	if (!channel->registered)
		return call_not_found(call, channel->name, "%s is not registered", channel->name);
	call_note(call, channel->name, object_channel(call->control, channel, 2, false),
	    json_pack("{s:b}", "registered", 0));
	call_ctx(call, &ctx);
	return call_outcome(call, act_unregister_channel(&ctx, channel));
}

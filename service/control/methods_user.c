/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "act/verbs.h"
#include "base/close_reason.h"

static User *
user_of_call(ControlCall *call)
{
	const char *nick = call_string(call, "nick");
	User *user = rows_find_user(call->control->setup.community, nick);

	if (!user)
		call_not_found(call, nick, "Nickname not found");
	return user;
}

json_t *
method_user_list(ControlCall *call)
{
	if (call->ours)
		return list_page(call, &user_rows, HANDLE_NONE);
	return list_all(call, &user_rows, (unsigned)call_integer(call, "object_detail_level", 2));
}

json_t *
method_user_get(ControlCall *call)
{
	const User *user = user_of_call(call);
	unsigned level = (unsigned)call_integer(call, "object_detail_level", 4);
	json_t *object;

	if (!user)
		return NULL;
	object = object_user(call->control, user, level);
	if (json_is_true(call_value(call, "clients")))
		json_object_set_new(object, "clients", object_clients(user));
	return json_pack("{s:o}", "client", object);
}

/* What the audit keeps of somebody who is about to go. */
static void
note_user(ControlCall *call, const User *user)
{
	call_note(call, user->nick, object_user(call->control, user, 1),
	    json_pack("{s:o}", "reason", json_text(call_string(call, "reason"))));
}

json_t *
method_user_kill(ControlCall *call)
{
	User *user = user_of_call(call);
	Ctx ctx;

	if (!user)
		return NULL;
	note_user(call, user);
	call_ctx(call, &ctx);
	return call_outcome(call, act_kill(&ctx, user, call_string(call, "reason")));
}

json_t *
method_user_quit(ControlCall *call)
{
	User *user = user_of_call(call);
	const char *reason = call_string(call, "reason");
	Ctx ctx;

	if (!user)
		return NULL;
	note_user(call, user);
	call_ctx(call, &ctx);
	act_remove_user(&ctx, user, CLOSE_KILLED, reason);
	return json_true();
}

json_t *
method_whowas_get(ControlCall *call)
{
	const Control *control = call->control;
	const char *nick = call_string(call, "nick");
	const char *address = call_string(call, "ip");
	unsigned level = (unsigned)call_integer(call, "object_detail_level", 2);
	json_t *list = json_array();
	const WhowasEntry *entry;
	const void *cursor = NULL;

	while ((entry = whowas_next(control->setup.community->whowas, &cursor)))
		if ((!nick || mask_match(nick, entry->nick)) &&
		    (!address || mask_match(address, entry->address)))
			json_array_append_new(list, object_whowas(control, entry, level));
	return json_pack("{s:o}", "list", list);
}

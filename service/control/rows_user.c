/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "domain/directory.h"
#include "domain/session.h"
#include "proto/modes.h"

#define USER_GETTER(field)                                                                         \
	static void get_##field(const void *object, const ListContext *context, ListValue *value)

USER_GETTER(id)
{
	user_id_text(object, value->buffer);
	list_value_text(value, value->buffer);
}

USER_GETTER(name)
{
	list_value_text(value, ((const User *)object)->nick);
}

USER_GETTER(username)
{
	list_value_text(value, ((const User *)object)->username);
}

USER_GETTER(hostname)
{
	list_value_text(value, ((const User *)object)->host);
}

USER_GETTER(ip)
{
	list_value_text(value, ((const User *)object)->address);
}

USER_GETTER(realname)
{
	list_value_text(value, ((const User *)object)->real_name);
}

USER_GETTER(account)
{
	list_value_text(value, ((const User *)object)->account);
}

USER_GETTER(modes)
{
	G_STATIC_ASSERT(sizeof value->buffer > MODES);
	mode_letters(MODE_ON_USER, ((const User *)object)->modes, value->buffer);
	list_value_text(value, value->buffer);
}

USER_GETTER(away)
{
	list_value_text(value, ((const User *)object)->away);
}

USER_GETTER(operator)
{
	list_value_text(value, ((const User *)object)->operator_name);
}

USER_GETTER(connected_since)
{
	list_value_number(value, LIST_TIME, ((const User *)object)->connected_at);
}

USER_GETTER(idle_since)
{
	const User *user = object;

	list_value_number(value, LIST_TIME, context->now - (context->monotonic - user->spoke_at));
}

USER_GETTER(channels)
{
	list_value_number(value, LIST_NUMBER, ((const User *)object)->n_seats);
}

USER_GETTER(tls)
{
	list_value_number(value, LIST_BOOL, user_has_tls(object));
}

USER_GETTER(sessions)
{
	list_value_number(value, LIST_NUMBER, user_sessions(object));
}

static const ListField user_fields[] = {
    {"id", false, get_id},
    {"name", true, get_name},
    {"username", true, get_username},
    {"hostname", true, get_hostname},
    {"ip", true, get_ip},
    {"realname", true, get_realname},
    {"account", true, get_account},
    {"modes", false, get_modes},
    {"away", false, get_away},
    {"operator", true, get_operator},
    {"connected_since", false, get_connected_since},
    {"idle_since", false, get_idle_since},
    {"channels", false, get_channels},
    {"tls", false, get_tls},
    {"sessions", false, get_sessions},
};

static const void *
next_user(const ListQuery *query, uint32_t *cursor)
{
	return directory_next_user(list_community(query)->directory, cursor);
}

static Handle
user_handle(const void *object)
{
	return ((const User *)object)->handle;
}

static const void *
find_user(const ListQuery *query, Handle handle)
{
	return directory_user(list_community(query)->directory, handle);
}

static json_t *
compatible_user(const ControlCall *call, const void *object, unsigned level)
{
	return object_user(call->control, object, level);
}

const ListSource user_rows = {
    .fields = user_fields,
    .n_fields = G_N_ELEMENTS(user_fields),
    .sort = "name",
    .next = next_user,
    .handle = user_handle,
    .find = find_user,
    .row = compatible_user,
};

User *
rows_find_user(const Community *community, const char *name)
{
	User *user = directory_find_user(community->directory, name);

	return user ? user : directory_user(community->directory, user_id_parse(name));
}

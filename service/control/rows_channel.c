/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "domain/channel.h"
#include "domain/directory.h"
#include "proto/modes.h"

#define GETTER(field)                                                                              \
	static void get_##field(const void *object, const ListContext *context, ListValue *value)

GETTER(name)
{
	list_value_text(value, ((const Channel *)object)->name);
}

GETTER(topic)
{
	list_value_text(value, ((const Channel *)object)->topic);
}

GETTER(topic_set_by)
{
	const Channel *channel = object;

	list_value_text(value, channel->topic ? channel->topic_by : NULL);
}

GETTER(topic_set_at)
{
	const Channel *channel = object;

	list_value_number(value, LIST_TIME, channel->topic ? channel->topic_at : 0);
}

GETTER(modes)
{
	value->owned = channel_modes_text(object, context->role >= ROLE_OPERATOR);
	list_value_text(value, value->owned);
}

GETTER(num_users)
{
	list_value_number(value, LIST_NUMBER, ((const Channel *)object)->n_members);
}

GETTER(creation_time)
{
	list_value_number(value, LIST_TIME, ((const Channel *)object)->created_at);
}

GETTER(registered)
{
	list_value_number(value, LIST_BOOL, ((const Channel *)object)->registered);
}

GETTER(founder)
{
	list_value_text(value, ((const Channel *)object)->ownership.founder);
}

/* Why nobody may use it any more. */
GETTER(purged)
{
	const char *reason = channel_setting(object, CHANNEL_SETTING_PURGED);

	list_value_text(value, *reason ? reason : NULL);
}

static const ListField channel_fields[] = {
    {"name", true, get_name},
    {"topic", true, get_topic},
    {"topic_set_by", false, get_topic_set_by},
    {"topic_set_at", false, get_topic_set_at},
    {"modes", false, get_modes},
    {"num_users", false, get_num_users},
    {"creation_time", false, get_creation_time},
    {"registered", false, get_registered},
    {"founder", true, get_founder},
    {"purged", false, get_purged},
};

static const void *
next_channel(const ListQuery *query, uint32_t *cursor)
{
	return directory_next_channel(list_community(query)->directory, cursor);
}

static Handle
channel_handle(const void *object)
{
	return ((const Channel *)object)->handle;
}

static const void *
find_channel(const ListQuery *query, Handle handle)
{
	return directory_channel(list_community(query)->directory, handle);
}

static json_t *
compatible_channel(const ControlCall *call, const void *object, unsigned level)
{
	return object_channel(call->control, object, level, call->role >= ROLE_OPERATOR);
}

const ListSource channel_rows = {
    .fields = channel_fields,
    .n_fields = G_N_ELEMENTS(channel_fields),
    .sort = "name",
    .next = next_channel,
    .handle = channel_handle,
    .find = find_channel,
    .row = compatible_channel,
};

/* Members: fields of the seat, and of its user through the rows of users. */

static void
get_user_field(const void *object, const char *name, const ListContext *context, ListValue *value)
{
	for (unsigned i = 0; i < user_rows.n_fields; i++)
		if (strcmp(user_rows.fields[i].name, name) == 0)
			user_rows.fields[i].get(((const Member *)object)->user, context, value);
}

#define USER_FIELD(field)                                                                          \
	static void get_user_##field(                                                              \
	    const void *object, const ListContext *context, ListValue *value)                      \
	{                                                                                          \
		get_user_field(object, #field, context, value);                                    \
	}
USER_FIELD(id)
USER_FIELD(name)
USER_FIELD(username)
USER_FIELD(hostname)
USER_FIELD(account)
USER_FIELD(away)

GETTER(level)
{
	mode_letters(MODE_ON_CHANNEL, ((const Member *)object)->ranks, value->buffer);
	list_value_text(value, value->buffer);
}

static const ListField member_fields[] = {
    {"id", false, get_user_id},
    {"name", true, get_user_name},
    {"level", false, get_level},
    {"username", true, get_user_username},
    {"hostname", true, get_user_hostname},
    {"account", true, get_user_account},
    {"away", false, get_user_away},
};

static const void *
next_member(const ListQuery *query, uint32_t *cursor)
{
	const Channel *channel =
	    directory_channel(list_community(query)->directory, list_parent(query));

	return channel && *cursor < channel->n_members ? channel->members[(*cursor)++] : NULL;
}

static Handle
member_handle(const void *object)
{
	return ((const Member *)object)->user->handle;
}

static const void *
find_member(const ListQuery *query, Handle handle)
{
	const Directory *directory = list_community(query)->directory;
	const Channel *channel = directory_channel(directory, list_parent(query));
	const User *user = directory_user(directory, handle);

	return channel && user ? user_seat(user, channel) : NULL;
}

static json_t *
compatible_member(const ControlCall *call, const void *object, unsigned level)
{
	return object_member(call->control, object, level);
}

const ListSource member_rows = {
    .fields = member_fields,
    .n_fields = G_N_ELEMENTS(member_fields),
    .sort = "name",
    .whole = true,
    .next = next_member,
    .handle = member_handle,
    .find = find_member,
    .row = compatible_member,
};

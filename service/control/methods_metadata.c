/* SPDX-License-Identifier: MIT */
/* Properties of users, channels and accounts (METADATA), for administrators. */
#include "control/rows.h"

#include "act/verbs.h"

#include <string.h>

static void
find_user(const Community *community, const char *name, PropertyTarget *ret_target)
{
	ret_target->user = rows_find_user(community, name);
}

static void
find_channel(const Community *community, const char *name, PropertyTarget *ret_target)
{
	ret_target->channel = directory_find_channel(community->directory, name);
}

static void
find_account(const Community *community, const char *name, PropertyTarget *ret_target)
{
	ret_target->account = accounts_find(community->accounts, name);
}

/* What can have properties, in the words of the methods. */
static const struct {
	const char *kind;
	void (*find)(const Community *community, const char *name, PropertyTarget *ret_target);
	const char *not_found;
} kinds[] = {
    {"user", find_user, "Nickname not found"},
    {"channel", find_channel, "Channel not found"},
    {"account", find_account, "Account not found"},
};

/* False after saying that there is none. */
static bool
target_of_call(ControlCall *call, PropertyTarget *ret_target)
{
	const char *kind = call_string(call, "kind");
	const char *name = call_string(call, "name");
	unsigned i = 0;

	while (strcmp(kinds[i].kind, kind) != 0)
		i++;
	*ret_target = (PropertyTarget){0};
	kinds[i].find(call->control->setup.community, name, ret_target);
	if (ret_target->user || ret_target->channel || ret_target->account)
		return true;
	call_not_found(call, name, "%s", kinds[i].not_found);
	return false;
}

json_t *
method_metadata_get(ControlCall *call)
{
	const char *key = call_string(call, "key");
	const PropertyList *list;
	PropertyTarget target;
	json_t *values;

	if (!target_of_call(call, &target))
		return NULL;
	list = property_target_list(&target);
	if (key && !property_list_get(list, key))
		return call_not_found(call, key, "The key is not set");
	values = json_object();
	for (unsigned i = 0; i < property_list_length(list); i++) {
		const Property *property = property_list_at(list, i);

		if (!key || g_str_equal(key, property->key))
			json_object_set_new(values, property->key, json_text(property->value));
	}
	return json_pack("{s:o}", "metadata", values);
}

static json_t *
set_property(ControlCall *call, const char *value)
{
	const char *key = call_string(call, "key");
	PropertyTarget target;
	const char *before;
	Ctx ctx;

	if (!target_of_call(call, &target))
		return NULL;
	before = property_list_get(property_target_list(&target), key);
	call_note(call, property_target_name(&target),
	    json_pack("{s:o}", key, before ? json_text(before) : json_null()),
	    json_pack("{s:o}", key, value ? json_text(value) : json_null()));
	call_ctx(call, &ctx);
	return call_outcome(call, act_set_property(&ctx, &target, key, value));
}

json_t *
method_metadata_set(ControlCall *call)
{
	return set_property(call, call_string(call, "value"));
}

json_t *
method_metadata_delete(ControlCall *call)
{
	return set_property(call, NULL);
}

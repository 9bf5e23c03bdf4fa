/* SPDX-License-Identifier: MIT */
#include "store/store_rows.h"

void
store_list_entry_free(StoreListEntry *entry)
{
	if (!entry)
		return;
	g_free(entry->mask);
	g_free(entry->set_by);
	g_free(entry->reason);
	g_free(entry);
}

void
store_property_free(StoreProperty *property)
{
	if (!property)
		return;
	g_free(property->key);
	g_free(property->value);
	g_free(property);
}

void
store_channel_free(StoreChannel *channel)
{
	if (!channel)
		return;
	g_free(channel->name);
	g_free(channel->topic);
	g_free(channel->topic_set_by);
	g_free(channel->modes);
	g_free(channel->key);
	g_free(channel->registered_by);
	g_free(channel->founder);
	g_free(channel->settings);
	if (channel->entries)
		g_ptr_array_unref(channel->entries);
	if (channel->properties)
		g_ptr_array_unref(channel->properties);
	g_free(channel);
}

void
store_change_item_free(StoreChangeItem *item)
{
	if (!item)
		return;
	g_free(item->section);
	g_free(item->key);
	g_free(item->from);
	g_free(item->to);
	g_free(item);
}

void
store_config_change_free(StoreConfigChange *change)
{
	if (!change)
		return;
	g_free(change->who);
	g_free(change->comment);
	if (change->items)
		g_ptr_array_unref(change->items);
	g_free(change);
}

void
store_audit_free(StoreAudit *audit)
{
	if (!audit)
		return;
	g_free(audit->who);
	g_free(audit->role);
	g_free(audit->method);
	g_free(audit->object);
	g_free(audit->outcome);
	g_free(audit->before);
	g_free(audit->after);
	g_free(audit);
}

StoreListEntry *
store_list_entry_copy(const StoreListEntry *entry)
{
	StoreListEntry *copy = g_new0(StoreListEntry, 1);

	copy->kind = entry->kind;
	copy->mask = g_strdup(entry->mask);
	copy->set_by = g_strdup(entry->set_by);
	copy->set_at = entry->set_at;
	copy->expires_at = entry->expires_at;
	copy->reason = g_strdup(entry->reason);
	return copy;
}

StoreProperty *
store_property_copy(const StoreProperty *property)
{
	StoreProperty *copy = g_new0(StoreProperty, 1);

	copy->key = g_strdup(property->key);
	copy->value = g_strdup(property->value);
	return copy;
}

StoreChannel *
store_channel_copy(const StoreChannel *channel)
{
	StoreChannel *copy = g_new0(StoreChannel, 1);

	*copy = *channel;
	copy->name = g_strdup(channel->name);
	copy->topic = g_strdup(channel->topic);
	copy->topic_set_by = g_strdup(channel->topic_set_by);
	copy->modes = g_strdup(channel->modes);
	copy->key = g_strdup(channel->key);
	copy->registered_by = g_strdup(channel->registered_by);
	copy->founder = g_strdup(channel->founder);
	copy->settings = g_strdup(channel->settings);
	copy->entries = g_ptr_array_new_with_free_func((GDestroyNotify)store_list_entry_free);
	for (unsigned i = 0; channel->entries && i < channel->entries->len; i++)
		g_ptr_array_add(copy->entries, store_list_entry_copy(channel->entries->pdata[i]));
	copy->properties = g_ptr_array_new_with_free_func((GDestroyNotify)store_property_free);
	for (unsigned i = 0; channel->properties && i < channel->properties->len; i++)
		g_ptr_array_add(
		    copy->properties, store_property_copy(channel->properties->pdata[i]));
	return copy;
}

static StoreChangeItem *
item_copy(const StoreChangeItem *item)
{
	StoreChangeItem *copy = g_new0(StoreChangeItem, 1);

	copy->section = g_strdup(item->section);
	copy->key = g_strdup(item->key);
	copy->from = g_strdup(item->from);
	copy->to = g_strdup(item->to);
	copy->secret = item->secret;
	return copy;
}

StoreConfigChange *
store_config_change_copy(const StoreConfigChange *change)
{
	StoreConfigChange *copy = g_new0(StoreConfigChange, 1);

	*copy = *change;
	copy->who = g_strdup(change->who);
	copy->comment = g_strdup(change->comment);
	copy->items = g_ptr_array_new_with_free_func((GDestroyNotify)store_change_item_free);
	for (unsigned i = 0; change->items && i < change->items->len; i++)
		g_ptr_array_add(copy->items, item_copy(change->items->pdata[i]));
	return copy;
}

StoreAudit *
store_audit_copy(const StoreAudit *audit)
{
	StoreAudit *copy = g_new0(StoreAudit, 1);

	copy->id = audit->id;
	copy->time = audit->time;
	copy->who = g_strdup(audit->who);
	copy->role = g_strdup(audit->role);
	copy->method = g_strdup(audit->method);
	copy->object = g_strdup(audit->object);
	copy->outcome = g_strdup(audit->outcome);
	copy->before = g_strdup(audit->before);
	copy->after = g_strdup(audit->after);
	copy->keep = audit->keep;
	return copy;
}

const char *
store_change_state_name(StoreChangeState state)
{
	static const char *const names[STORE_CHANGE_STATES] = {
	    [STORE_CHANGE_PENDING] = "pending",
	    [STORE_CHANGE_DONE] = "done",
	    [STORE_CHANGE_FAILED] = "failed",
	};

	g_assert(state < STORE_CHANGE_STATES);
	return names[state];
}

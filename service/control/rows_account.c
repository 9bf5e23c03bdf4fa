/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "domain/accounts.h"

/* Accounts as account.list shows them; secrets are nobody's. */

#define GETTER(field)                                                                              \
	static void get_##field(const void *object, const ListContext *context, ListValue *value)

GETTER(id)
{
	g_snprintf(value->buffer, sizeof value->buffer, "%" G_GINT64_FORMAT,
	    ((const Account *)object)->id);
	list_value_text(value, value->buffer);
}

GETTER(name)
{
	list_value_text(value, ((const Account *)object)->name);
}

GETTER(email)
{
	const Account *account = object;

	/* Whom it is nobody's business: viewers. */
	list_value_text(
	    value, context->role >= ROLE_OPERATOR && *account->email ? account->email : NULL);
}

GETTER(verified)
{
	list_value_number(value, LIST_BOOL, ((const Account *)object)->verified);
}

GETTER(registered_at)
{
	list_value_number(value, LIST_TIME, ((const Account *)object)->registered_at);
}

GETTER(used_at)
{
	list_value_number(value, LIST_TIME, ((const Account *)object)->used_at);
}

GETTER(suspended)
{
	list_value_number(value, LIST_BOOL, account_is_suspended(object, context->now));
}

GETTER(users)
{
	list_value_number(value, LIST_NUMBER, ((const Account *)object)->users->len);
}

GETTER(nicks)
{
	list_value_number(value, LIST_NUMBER, ((const Account *)object)->nicks->len);
}

GETTER(vhost)
{
	const Account *account = object;

	list_value_text(value, *account->vhost.host ? account->vhost.host : NULL);
}

GETTER(vhost_wanted)
{
	const Account *account = object;

	list_value_text(value, *account->vhost.wanted ? account->vhost.wanted : NULL);
}

static const ListField account_fields[] = {
    {"id", false, get_id},
    {"name", true, get_name},
    {"email", true, get_email},
    {"verified", false, get_verified},
    {"registered_at", false, get_registered_at},
    {"used_at", false, get_used_at},
    {"suspended", false, get_suspended},
    {"users", false, get_users},
    {"nicks", false, get_nicks},
    {"vhost", true, get_vhost},
    {"vhost_wanted", true, get_vhost_wanted},
};

static const void *
next_account(const ListQuery *query, uint32_t *cursor)
{
	return accounts_next(list_community(query)->accounts, cursor);
}

static Handle
account_handle(const void *object)
{
	return ((const Account *)object)->handle;
}

static const void *
find_account(const ListQuery *query, Handle handle)
{
	return accounts_by_handle(list_community(query)->accounts, handle);
}

const ListSource account_rows = {
    .fields = account_fields,
    .n_fields = G_N_ELEMENTS(account_fields),
    .sort = "name",
    .next = next_account,
    .handle = account_handle,
    .find = find_account,
};

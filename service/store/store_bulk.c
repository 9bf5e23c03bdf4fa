/* SPDX-License-Identifier: MIT */
#include "store/store_bulk.h"

#include "store/store_write.h"

typedef struct Bulk {
	const GPtrArray *accounts;
	const GPtrArray *channels;
} Bulk;

static bool
put_channel(StoreChannel *channel, sqlite3 *database, GError **error)
{
	StoreWrite one = {.row = channel, .name = channel->name};

	if (!store_apply_remove_channel(&one, database, error) ||
	    !store_apply_put_channel(&one, database, error))
		return false;
	for (guint i = 0; channel->entries && i < channel->entries->len; i++) {
		one.row = channel->entries->pdata[i];
		if (!store_apply_put_entry(&one, database, error))
			return false;
	}
	return true;
}

static bool
apply_bulk(StoreWrite *write, sqlite3 *database, GError **error)
{
	const Bulk *bulk = write->row;

	for (guint i = 0; i < bulk->accounts->len; i++) {
		StoreWrite one = {.row = bulk->accounts->pdata[i]};

		if (!store_apply_put_account(&one, database, error))
			return false;
	}
	for (guint i = 0; i < bulk->channels->len; i++)
		if (!put_channel(bulk->channels->pdata[i], database, error))
			return false;
	return true;
}

void
store_put_bulk(
    Store *store, const GPtrArray *accounts, const GPtrArray *channels, StoreDone done, void *data)
{
	Bulk *bulk = g_new(Bulk, 1);

	*bulk = (Bulk){accounts, channels};
	store_add_write(store, store_write_new(apply_bulk, bulk, g_free, done, data));
}

/* SPDX-License-Identifier: MIT */
#include "store/store.h"

#include "store/migrations.h"
#include "store/store_read.h"
#include "store/store_writer.h"

struct Store {
	char *path;
	StoreWriter *writer;
	Readers *readers;
	StoreTidying tidying;
};

static bool
tidy_up(void *data, sqlite3 *database)
{
	StoreTidying *tidying = data;

	return tidying->fold && database_fold_log(database, &tidying->fold);
}

Store *
store_open(const char *path, Mailbox *answers, GError **error)
{
	bool has_log = database_has_log(path);
	g_autoptr(sqlite3) database = database_open_writer(path, error);
	const char *const *migrations;
	unsigned count;
	Store *store;

	if (!database)
		return NULL;
	migrations = migrations_all(&count);
	if (!migrations_run(database, path, migrations, count, error))
		return NULL;
	store = g_new0(Store, 1);
	store->path = g_strdup(path);
	store->readers = readers_new(path);
	/* What a crash left there may be what was to be found no more. */
	store->tidying.fold = has_log;
	store->writer = store_writer_new(path, g_steal_pointer(&database), answers,
	    &(StoreWriterHooks){.data = &store->tidying, .idle = tidy_up});
	return store;
}

void
store_close(Store *store)
{
	if (!store)
		return;
	readers_free(store->readers);
	/* Last: the writing connection folds the WAL back into the file when it is alone. */
	store_writer_free(store->writer);
	g_free(store->path);
	g_free(store);
}

const char *
store_path(const Store *store)
{
	return store->path;
}

bool
store_is_failing(Store *store, char **ret_text)
{
	return store_writer_is_failing(store->writer, ret_text);
}

StoreTidying *
store_tidying(Store *store)
{
	return &store->tidying;
}

Readers *
store_readers(Store *store)
{
	return store->readers;
}

void
store_add_write(Store *store, StoreWrite *write)
{
	store_writer_add(store->writer, write);
}

void
store_put_channel(Store *store, const StoreChannel *channel, StoreDone done, void *data)
{
	store_writer_add(
	    store->writer, store_write_new(store_apply_put_channel, store_channel_copy(channel),
			       (GDestroyNotify)store_channel_free, done, data));
}

void
store_remove_channel(Store *store, const char *name, StoreDone done, void *data)
{
	StoreWrite *write = store_write_new(store_apply_remove_channel, NULL, NULL, done, data);

	write->name = g_strdup(name);
	store_writer_add(store->writer, write);
}

void
store_put_entry(
    Store *store, const char *channel, const StoreListEntry *entry, StoreDone done, void *data)
{
	StoreWrite *write = store_write_new(store_apply_put_entry, store_list_entry_copy(entry),
	    (GDestroyNotify)store_list_entry_free, done, data);

	write->name = g_strdup(channel);
	store_writer_add(store->writer, write);
}

void
store_remove_entry(
    Store *store, const char *channel, char kind, const char *mask, StoreDone done, void *data)
{
	StoreListEntry *entry = g_new0(StoreListEntry, 1);
	StoreWrite *write;

	entry->kind = kind;
	entry->mask = g_strdup(mask);
	write = store_write_new(
	    store_apply_remove_entry, entry, (GDestroyNotify)store_list_entry_free, done, data);
	write->name = g_strdup(channel);
	store_writer_add(store->writer, write);
}

void
store_put_property(
    Store *store, const char *channel, const StoreProperty *property, StoreDone done, void *data)
{
	StoreWrite *write = store_write_new(store_apply_put_property, store_property_copy(property),
	    (GDestroyNotify)store_property_free, done, data);

	write->name = g_strdup(channel);
	store_writer_add(store->writer, write);
}

void
store_add_config_change(Store *store, const StoreConfigChange *change, StoreDone done, void *data)
{
	store_writer_add(
	    store->writer, store_write_new(store_apply_add_change, store_config_change_copy(change),
			       (GDestroyNotify)store_config_change_free, done, data));
}

void
store_set_config_change_state(
    Store *store, int64_t id, StoreChangeState state, StoreDone done, void *data)
{
	StoreConfigChange *change = g_new0(StoreConfigChange, 1);

	change->id = id;
	change->state = state;
	store_writer_add(store->writer, store_write_new(store_apply_change_state, change,
					    (GDestroyNotify)store_config_change_free, done, data));
}

void
store_add_audit(Store *store, const StoreAudit *audit, StoreDone done, void *data)
{
	store_writer_add(
	    store->writer, store_write_new(store_apply_add_audit, store_audit_copy(audit),
			       (GDestroyNotify)store_audit_free, done, data));
}

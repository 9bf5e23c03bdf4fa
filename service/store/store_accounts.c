/* SPDX-License-Identifier: MIT */
#include "store/store_accounts.h"

#include "store/reading.h"
#include "store/store_read.h"
#include "store/store_write.h"

#include <string.h>

static void
item_free(gpointer data)
{
	StoreAccountItem *item = data;

	g_free(item->kind);
	g_free(item->key);
	g_free(item->value);
	g_free(item);
}

static void
wipe(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	g_free(text);
}

StoreAccount *
store_account_new(void)
{
	StoreAccount *account = g_new0(StoreAccount, 1);

	account->items = g_ptr_array_new_with_free_func(item_free);
	return account;
}

void
store_account_free(StoreAccount *account)
{
	if (!account)
		return;
	g_free(account->name);
	wipe(account->secret);
	g_free(account->email);
	g_free(account->suspended_by);
	g_free(account->suspended_reason);
	g_free(account->code_kind);
	g_free(account->code_digest);
	g_free(account->code_email);
	wipe(account->totp);
	g_ptr_array_unref(account->items);
	g_free(account);
}

void
store_account_add_item(
    StoreAccount *account, const char *kind, const char *key, const char *value, int64_t at)
{
	StoreAccountItem *item = g_new0(StoreAccountItem, 1);

	item->kind = g_strdup(kind);
	item->key = g_strdup(key);
	item->value = g_strdup(value);
	item->at = at;
	g_ptr_array_add(account->items, item);
}

static void
bind(sqlite3_stmt *statement, int index, const char *text)
{
	statement_bind_text(statement, index, text ? text : "");
}

static bool
put_row(const StoreAccount *account, sqlite3 *database, GError **error)
{
	g_autofree char *folded = store_fold(account->name);
	g_autoptr(sqlite3_stmt) statement = statement_new(database,
	    "INSERT INTO account VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
	    "?14, ?15, ?16, ?17) ON CONFLICT (id) DO UPDATE SET name_folded = ?2, name = ?3, "
	    "secret = ?4, email = ?5, verified = ?6, registered_at = ?7, used_at = ?8, "
	    "suspended_by = ?9, suspended_reason = ?10, suspended_at = ?11, suspended_until = ?12, "
	    "code_kind = ?13, code_digest = ?14, code_email = ?15, code_until = ?16, totp = ?17",
	    error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, account->id);
	bind(statement, 2, folded);
	bind(statement, 3, account->name);
	bind(statement, 4, account->secret);
	bind(statement, 5, account->email);
	sqlite3_bind_int(statement, 6, account->verified);
	sqlite3_bind_int64(statement, 7, account->registered_at);
	sqlite3_bind_int64(statement, 8, account->used_at);
	bind(statement, 9, account->suspended_by);
	bind(statement, 10, account->suspended_reason);
	sqlite3_bind_int64(statement, 11, account->suspended_at);
	sqlite3_bind_int64(statement, 12, account->suspended_until);
	bind(statement, 13, account->code_kind);
	bind(statement, 14, account->code_digest);
	bind(statement, 15, account->code_email);
	sqlite3_bind_int64(statement, 16, account->code_until);
	bind(statement, 17, account->totp);
	return store_step(database, statement, error);
}

static bool
remove_items(int64_t id, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "DELETE FROM account_item WHERE account = ?1", error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	return store_step(database, statement, error);
}

static bool
put_items(const StoreAccount *account, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = statement_new(
	    database, "INSERT INTO account_item VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", error);

	if (!statement)
		return false;
	for (guint i = 0; i < account->items->len; i++) {
		const StoreAccountItem *item = account->items->pdata[i];
		g_autofree char *folded = store_fold(item->key);

		sqlite3_reset(statement);
		sqlite3_bind_int64(statement, 1, account->id);
		bind(statement, 2, item->kind);
		bind(statement, 3, folded);
		sqlite3_bind_int64(statement, 4, i);
		bind(statement, 5, item->key);
		bind(statement, 6, item->value);
		sqlite3_bind_int64(statement, 7, item->at);
		if (!store_step(database, statement, error))
			return false;
	}
	return true;
}

bool
store_apply_put_account(StoreWrite *write, sqlite3 *database, GError **error)
{
	const StoreAccount *account = write->row;

	return put_row(account, database, error) && remove_items(account->id, database, error) &&
	       put_items(account, database, error);
}

static bool
apply_remove(StoreWrite *write, sqlite3 *database, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
	    statement_new(database, "DELETE FROM account WHERE id = ?1", error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, *(const int64_t *)write->row);
	return store_step(database, statement, error);
}

void
store_put_account(Store *store, StoreAccount *account, StoreDone done, void *data)
{
	store_add_write(store, store_write_new(store_apply_put_account, account,
				   (GDestroyNotify)store_account_free, done, data));
}

void
store_remove_account(Store *store, int64_t id, StoreDone done, void *data)
{
	store_add_write(
	    store, store_write_new(apply_remove, g_memdup2(&id, sizeof id), g_free, done, data));
}

static void
read_account_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	StoreAccount *account = store_account_new();

	account->id = sqlite3_column_int64(statement, 0);
	account->name = statement_text(statement, 1);
	account->secret = statement_text(statement, 2);
	account->email = statement_text(statement, 3);
	account->verified = sqlite3_column_int(statement, 4) != 0;
	account->registered_at = sqlite3_column_int64(statement, 5);
	account->used_at = sqlite3_column_int64(statement, 6);
	account->suspended_by = statement_text(statement, 7);
	account->suspended_reason = statement_text(statement, 8);
	account->suspended_at = sqlite3_column_int64(statement, 9);
	account->suspended_until = sqlite3_column_int64(statement, 10);
	account->code_kind = statement_text(statement, 11);
	account->code_digest = statement_text(statement, 12);
	account->code_email = statement_text(statement, 13);
	account->code_until = sqlite3_column_int64(statement, 14);
	account->totp = statement_text(statement, 15);
	g_ptr_array_add(rows, account);
}

/* Items come in the order of the accounts' ids: the one they belong to is the last one met or
 * behind it. */
typedef struct ItemRow {
	int64_t account;
	StoreAccountItem item;
} ItemRow;

static void
read_item_row(GPtrArray *rows, sqlite3_stmt *statement)
{
	ItemRow *row = g_new0(ItemRow, 1);

	row->account = sqlite3_column_int64(statement, 0);
	row->item.kind = statement_text(statement, 1);
	row->item.key = statement_text(statement, 2);
	row->item.value = statement_text(statement, 3);
	row->item.at = sqlite3_column_int64(statement, 4);
	g_ptr_array_add(rows, row);
}

static void
item_row_free(gpointer data)
{
	ItemRow *row = data;

	g_free(row->item.kind);
	g_free(row->item.key);
	g_free(row->item.value);
	g_free(row);
}

static void
give_items(GPtrArray *accounts, const GPtrArray *items)
{
	guint at = 0;

	for (guint i = 0; i < items->len; i++) {
		const ItemRow *row = items->pdata[i];

		while (at < accounts->len &&
		       ((const StoreAccount *)accounts->pdata[at])->id < row->account)
			at++;
		/* The table's foreign key leaves none without its account. */
		g_assert(at < accounts->len);
		store_account_add_item(accounts->pdata[at], row->item.kind, row->item.key,
		    row->item.value, row->item.at);
	}
}

static bool
read_accounts(sqlite3 *database, int64_t id, GPtrArray *accounts, GError **error)
{
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(item_row_free);
	g_autoptr(sqlite3_stmt) rows = statement_new(database,
	    "SELECT id, name, secret, email, verified, registered_at, used_at, suspended_by, "
	    "suspended_reason, suspended_at, suspended_until, code_kind, code_digest, code_email, "
	    "code_until, totp FROM account WHERE ?1 = 0 OR id = ?1 ORDER BY id",
	    error);
	g_autoptr(sqlite3_stmt) item_rows = NULL;

	if (!rows)
		return false;
	sqlite3_bind_int64(rows, 1, id);
	if (!reading_rows(database, rows, read_account_row, accounts, error))
		return false;
	item_rows = statement_new(database,
	    "SELECT account, kind, key, value, at FROM account_item WHERE ?1 = 0 OR account = ?1 "
	    "ORDER BY account, position",
	    error);
	if (!item_rows)
		return false;
	sqlite3_bind_int64(item_rows, 1, id);
	if (!reading_rows(database, item_rows, read_item_row, items, error))
		return false;
	give_items(accounts, items);
	return true;
}

GPtrArray *
store_read_accounts(Store *store, int64_t id, GError **error)
{
	g_autoptr(GPtrArray) accounts =
	    g_ptr_array_new_with_free_func((GDestroyNotify)store_account_free);
	Reading reading;
	bool done;

	if (!reading_begin(&reading, store_readers(store), error))
		return NULL;
	done = read_accounts(reading.database, id, accounts, error);
	reading_end(&reading, !done);
	return done ? g_steal_pointer(&accounts) : NULL;
}

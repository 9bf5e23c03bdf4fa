/* SPDX-License-Identifier: MIT */
#include "act/kept_accounts.h"

#include "act/account_verbs.h"
#include "act/kept_writes.h"
#include "act/vhost.h"
#include "domain/name_list.h"
#include "domain/silence_list.h"

#include <string.h>

#define KIND_NICK "nick"
#define KIND_CERTIFICATE "certificate"
#define KIND_SETTING "setting"
#define KIND_DEVICE "device"
#define KIND_PROPERTY "property"
#define KIND_VHOST "vhost"
#define VHOST_WORN "on"
#define VHOST_TAKEN_OFF "off"
#define VHOST_WANTED "wanted"
/* The step of the newest code that was used: it is good for nothing any more, here or after a
 * restart. */
#define KIND_TOTP_STEP "totp-step"
#define KIND_SILENCE "silence"
#define KIND_ACCEPT "accept"

/* ---- Rows to accounts ---- */

static void
load_nick(Account *account, const StoreAccountItem *item)
{
	g_ptr_array_add(account->nicks, g_strdup(item->key));
}

static void
load_certificate(Account *account, const StoreAccountItem *item)
{
	AccountCertificate *certificate = g_new0(AccountCertificate, 1);

	certificate->fingerprint = g_strdup(item->key);
	certificate->added_at = item->at;
	g_ptr_array_add(account->certificates, certificate);
}

/* A setting of another version is left at its default. */
static void
load_setting(Account *account, const StoreAccountItem *item)
{
	AccountSetting setting = account_setting_find(item->key);

	if (setting < ACCOUNT_SETTINGS)
		account_setting_set(account, setting, item->value);
}

static void
load_device(Account *account, const StoreAccountItem *item)
{
	account_see_device(account, item->key, item->at);
}

static void
load_totp_step(Account *account, const StoreAccountItem *item)
{
	account->totp_step = item->at;
}

static void
load_property(Account *account, const StoreAccountItem *item)
{
	property_list_set(&account->properties, item->key, item->value, G_MAXUINT);
}

/* The key says what is the matter with the host. */
static void
load_vhost(Account *account, const StoreAccountItem *item)
{
	if (strcmp(item->key, VHOST_WANTED) == 0)
		account_want_vhost(account, item->value, item->at);
	else
		account_set_vhost(account, item->value, strcmp(item->key, VHOST_WORN) == 0);
}

static void
load_silence(Account *account, const StoreAccountItem *item)
{
	unsigned flags;

	if (!silence_flags_parse(item->value, &flags))
		return;
	if (!account->silences)
		account->silences = silence_list_new();
	silence_list_put(account->silences, item->key, flags);
}

static void
load_accept(Account *account, const StoreAccountItem *item)
{
	if (!account->accepts)
		account->accepts = name_list_new();
	name_list_add(account->accepts, item->key);
}

static const struct {
	const char *kind;
	void (*load)(Account *account, const StoreAccountItem *item);
} item_kinds[] = {
    {KIND_NICK, load_nick},
    {KIND_CERTIFICATE, load_certificate},
    {KIND_SETTING, load_setting},
    {KIND_DEVICE, load_device},
    {KIND_PROPERTY, load_property},
    {KIND_VHOST, load_vhost},
    {KIND_TOTP_STEP, load_totp_step},
    {KIND_SILENCE, load_silence},
    {KIND_ACCEPT, load_accept},
};

static void
load_item(Account *account, const StoreAccountItem *item)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(item_kinds); i++)
		if (strcmp(item_kinds[i].kind, item->kind) == 0)
			item_kinds[i].load(account, item);
}

/* An account that is in no registry yet. */
static Account *
account_of_row(const StoreAccount *row)
{
	Account *account = account_new(row->id, row->name, row->registered_at);

	account_set_secret(account, row->secret);
	account_set_email(account, row->email);
	account_set_totp(account, row->totp);
	account->verified = row->verified;
	account->used_at = row->used_at;
	if (*row->suspended_by)
		account_suspend(account, row->suspended_by, row->suspended_reason,
		    row->suspended_at, row->suspended_until);
	account_set_code(account, account_code_find(row->code_kind), row->code_digest,
	    row->code_email, row->code_until);
	for (guint i = 0; i < row->items->len; i++)
		load_item(account, row->items->pdata[i]);
	return account;
}

unsigned
kept_accounts_load(Community *community, const GPtrArray *rows)
{
	unsigned left_out = 0;

	for (guint i = 0; i < rows->len; i++) {
		Account *account = account_of_row(rows->pdata[i]);

		if (accounts_admit(community->accounts, account))
			continue;
		account_free(account);
		left_out++;
	}
	return left_out;
}

/* ---- Accounts to rows ---- */

static void
add_vhost(StoreAccount *row, const AccountVhost *vhost)
{
	if (*vhost->host)
		store_account_add_item(
		    row, KIND_VHOST, vhost->worn ? VHOST_WORN : VHOST_TAKEN_OFF, vhost->host, 0);
	if (*vhost->wanted)
		store_account_add_item(
		    row, KIND_VHOST, VHOST_WANTED, vhost->wanted, vhost->wanted_at);
}

static void
add_screen(StoreAccount *row, const Account *account)
{
	for (unsigned i = 0; i < silence_list_count(account->silences); i++) {
		const SilenceEntry *entry = silence_list_entry(account->silences, i);
		char letters[SILENCE_FLAGS_SIZE];

		silence_flags_text(entry->flags, letters);
		store_account_add_item(row, KIND_SILENCE, entry->mask, letters, 0);
	}
	for (unsigned i = 0; i < name_list_count(account->accepts); i++)
		store_account_add_item(
		    row, KIND_ACCEPT, name_list_name(account->accepts, i), "", 0);
}

static void
add_items(StoreAccount *row, const Account *account)
{
	for (guint i = 0; i < account->nicks->len; i++)
		store_account_add_item(row, KIND_NICK, account->nicks->pdata[i], "", 0);
	for (guint i = 0; i < account->certificates->len; i++) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		store_account_add_item(
		    row, KIND_CERTIFICATE, certificate->fingerprint, "", certificate->added_at);
	}
	for (guint i = 0; i < account->devices->len; i++) {
		const AccountDevice *device = account->devices->pdata[i];

		store_account_add_item(row, KIND_DEVICE, device->name, "", device->seen_at);
	}
	add_vhost(row, &account->vhost);
	for (AccountSetting setting = 0; setting < ACCOUNT_SETTINGS; setting++) {
		g_autofree char *word = account_setting_text(account, setting);

		if (account->settings[setting] != 0)
			store_account_add_item(
			    row, KIND_SETTING, account_setting_row(setting)->name, word, 0);
	}
	for (unsigned i = 0; i < property_list_length(account->properties); i++) {
		const Property *property = property_list_at(account->properties, i);

		store_account_add_item(row, KIND_PROPERTY, property->key, property->value, 0);
	}
	if (account->totp_step > 0)
		store_account_add_item(row, KIND_TOTP_STEP, "", "", account->totp_step);
	add_screen(row, account);
}

static StoreAccount *
row_of_account(const Account *account)
{
	StoreAccount *row = store_account_new();

	row->id = account->id;
	row->name = g_strdup(account->name);
	row->secret = g_strdup(account->secret);
	row->email = g_strdup(account->email);
	row->totp = g_strdup(account->totp);
	row->verified = account->verified;
	row->registered_at = account->registered_at;
	row->used_at = account->used_at;
	row->suspended_by = g_strdup(account->suspension.by);
	row->suspended_reason = g_strdup(account->suspension.reason);
	row->suspended_at = account->suspension.since;
	row->suspended_until = account->suspension.until;
	row->code_kind = g_strdup(account_code_name(account->code.kind));
	row->code_digest = g_strdup(account->code.digest);
	row->code_email = g_strdup(account->code.email);
	row->code_until = account->code.until;
	add_items(row, account);
	return row;
}

/* ---- What the store refused ---- */

static bool
read_account(Store *store, const char *key, void **ret_row, GError **error)
{
	g_autoptr(GPtrArray) rows =
	    store_read_accounts(store, g_ascii_strtoll(key, NULL, 10), error);

	if (rows && rows->len > 0)
		*ret_row = g_ptr_array_steal_index(rows, 0);
	return rows != NULL;
}

/* Who was logged in to what is not stored is logged out; to what is stored again, stays so. */
static void
give_back_account(Ctx *ctx, const char *key, const void *row)
{
	Accounts *accounts = ctx->community->accounts;
	Account *account = accounts_by_id(accounts, g_ascii_strtoll(key, NULL, 10));
	g_autoptr(GPtrArray) users = g_ptr_array_new();
	bool was_renamed = false;
	Account *stored;

	if (account) {
		g_ptr_array_extend(users, account->users, NULL, NULL);
		if (!row) {
			act_forget_account(ctx, account);
			return;
		}
		for (guint i = 0; i < users->len; i++)
			user_set_account(users->pdata[i], NULL);
		was_renamed = strcmp(account->name, ((const StoreAccount *)row)->name) != 0;
		accounts_remove(accounts, account);
	}
	if (!row)
		return;
	stored = account_of_row(row);
	/* What it gave up was held for it (kept_names.h): nobody has taken it. */
	if (!accounts_admit(accounts, stored)) {
		account_free(stored);
		return;
	}
	for (guint i = 0; i < users->len; i++) {
		user_set_account(users->pdata[i], stored);
		/* He was told of another name, or is seen under another host. */
		if (was_renamed)
			act_refresh_account(ctx, users->pdata[i]);
		else
			act_refresh_host(ctx, users->pdata[i]);
	}
}

static void
free_row(gpointer row)
{
	store_account_free(row);
}

static const KeptKind account_kind = {"account", read_account, free_row, give_back_account};

void *
kept_account_write(Ctx *ctx, int64_t id)
{
	g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, id);

	return kept_write_of(ctx, &account_kind, key);
}

bool
kept_account_is_settled(const Records *records, int64_t id)
{
	g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, id);

	return kept_is_settled(records, &account_kind, key);
}

void
kept_account_put(Ctx *ctx, const Account *account)
{
	if (ctx->records)
		store_put_account(ctx->records->store, row_of_account(account), kept_write_done,
		    kept_account_write(ctx, account->id));
}

void
kept_account_touch(Ctx *ctx, const Account *account)
{
	if (ctx->records)
		store_put_account(ctx->records->store, row_of_account(account), NULL, NULL);
}

void
kept_account_remove(Ctx *ctx, const Account *account)
{
	if (ctx->records)
		store_remove_account(ctx->records->store, account->id, kept_write_done,
		    kept_account_write(ctx, account->id));
}

/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include "proto/casemap.h"
#include "proto/modes.h"
#include "proto/names.h"

#include <string.h>

#define NOTE_NAME_MAX 80     /* bytes of a foreign name in a note */
#define FINGERPRINT_LEAST 32 /* digits: MD5; SHA-512 has 128 */
#define FINGERPRINT_MOST 128
#define SECONDS_MAX (INT64_MAX / G_USEC_PER_SEC)

G_DEFINE_QUARK(import - error - quark, import_error)

Import *
import_new(void)
{
	Import *import = g_new0(Import, 1);

	import->accounts = g_ptr_array_new_with_free_func((GDestroyNotify)store_account_free);
	import->channels = g_ptr_array_new_with_free_func((GDestroyNotify)store_channel_free);
	import->notes = g_ptr_array_new_with_free_func(g_free);
	import->by_nick = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, NULL);
	import->by_channel = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, NULL);
	return import;
}

void
import_free(Import *import)
{
	if (!import)
		return;
	g_hash_table_unref(import->by_nick);
	g_hash_table_unref(import->by_channel);
	g_ptr_array_unref(import->accounts);
	g_ptr_array_unref(import->channels);
	g_ptr_array_unref(import->notes);
	g_free(import);
}

void
import_note(Import *import, const char *format, ...)
{
	va_list arguments;

	if (import->notes->len >= IMPORT_NOTES_MAX) {
		import->notes_lost++;
		return;
	}
	va_start(arguments, format);
	g_ptr_array_add(import->notes, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

int64_t
import_seconds(const char *text)
{
	gint64 seconds;

	if (!g_ascii_string_to_signed(text, 10, 0, SECONDS_MAX, &seconds, NULL))
		return 0;
	return seconds * G_USEC_PER_SEC;
}

char *
import_utf8(const char *text, size_t length)
{
	return g_utf8_make_valid(text, (gssize)length);
}

StoreAccount *
import_find(const Import *import, const char *name)
{
	return g_hash_table_lookup(import->by_nick, name);
}

StoreAccount *
import_account(Import *import, const char *name)
{
	StoreAccount *account = import_find(import, name);

	if (account && casemap_equal(account->name, name))
		return account;
	if (account || !name_is_nick(name, IMPORT_NICK_MAX)) {
		import_note(import, "account %.*s: %s", NOTE_NAME_MAX, name,
		    account ? "the name is a nick of another account" : "this is no nick here");
		return NULL;
	}
	account = store_account_new();
	account->name = g_strdup(name);
	account->secret = g_strdup("");
	account->email = g_strdup("");
	account->suspended_by = g_strdup("");
	account->suspended_reason = g_strdup("");
	account->code_kind = g_strdup("");
	account->code_digest = g_strdup("");
	account->code_email = g_strdup("");
	account->totp = g_strdup("");
	account->verified = true;
	g_ptr_array_add(import->accounts, account);
	g_hash_table_insert(import->by_nick, g_strdup(name), account);
	return account;
}

/* What crypt(3) can check: bcrypt, SHA-256, SHA-512, yescrypt, scrypt. */
static bool
is_crypt_hash(const char *hash)
{
	static const char *const prefixes[] = {"$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$7$"};

	for (unsigned i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_str_has_prefix(hash, prefixes[i]))
			return true;
	return false;
}

void
import_secret(Import *import, StoreAccount *account, const char *hash)
{
	if (!is_crypt_hash(hash) || strlen(hash) > 256 || !g_str_is_ascii(hash))
		return;
	g_free(account->secret);
	account->secret = g_strdup(hash);
}

void
import_email(Import *import, StoreAccount *account, const char *email)
{
	const char *at = strchr(email, '@');

	if (!at || at == email || !at[1] || strlen(email) > 254 || strpbrk(email, " ,<>\t")) {
		if (*email && strcmp(email, "noemail") != 0)
			import_note(
			    import, "account %s: the e-mail address is left out", account->name);
		return;
	}
	g_free(account->email);
	account->email = g_strdup(email);
}

static unsigned
count_items(const StoreAccount *account, const char *kind)
{
	unsigned count = 0;

	for (guint i = 0; i < account->items->len; i++) {
		const StoreAccountItem *item = account->items->pdata[i];

		count += strcmp(item->kind, kind) == 0;
	}
	return count;
}

void
import_nick(Import *import, StoreAccount *account, const char *nick, int64_t at)
{
	const StoreAccount *owner = import_find(import, nick);

	if (owner == account)
		return;
	if (owner || !name_is_nick(nick, IMPORT_NICK_MAX) || count_items(account, "nick") >= 32) {
		import_note(import, "nick %.*s of account %s: %s", NOTE_NAME_MAX, nick,
		    account->name,
		    owner ? "it belongs to another account"
			  : "this is no nick here, or one too many");
		return;
	}
	store_account_add_item(account, "nick", nick, "", at);
	g_hash_table_insert(import->by_nick, g_strdup(nick), account);
}

void
import_certificate(Import *import, StoreAccount *account, const char *fingerprint)
{
	g_autofree char *lower = g_ascii_strdown(fingerprint, -1);
	size_t length = strlen(lower);

	for (guint i = 0; i < account->items->len; i++) {
		const StoreAccountItem *item = account->items->pdata[i];

		if (strcmp(item->kind, "certificate") == 0 && strcmp(item->key, lower) == 0)
			return;
	}
	if (length < FINGERPRINT_LEAST || length > FINGERPRINT_MOST ||
	    strspn(lower, "0123456789abcdef") != length ||
	    count_items(account, "certificate") >= 16) {
		import_note(import, "account %s: a certificate is left out", account->name);
		return;
	}
	store_account_add_item(account, "certificate", lower, "", 0);
}

StoreChannel *
import_channel(Import *import, const char *name)
{
	StoreChannel *channel = g_hash_table_lookup(import->by_channel, name);

	if (channel)
		return channel;
	if (!name_is_channel(name, IMPORT_CHANNEL_MAX)) {
		import_note(
		    import, "channel %.*s: this is no channel name here", NOTE_NAME_MAX, name);
		return NULL;
	}
	channel = g_new0(StoreChannel, 1);
	channel->name = g_strdup(name);
	channel->topic = g_strdup("");
	channel->topic_set_by = g_strdup("");
	channel->modes = g_strdup("");
	channel->key = g_strdup("");
	channel->registered_by = g_strdup("");
	channel->founder = g_strdup("");
	channel->settings = g_strdup("");
	channel->entries = g_ptr_array_new_with_free_func((GDestroyNotify)store_list_entry_free);
	g_ptr_array_add(import->channels, channel);
	g_hash_table_insert(import->by_channel, g_strdup(name), channel);
	return channel;
}

void
import_modes(Import *import, StoreChannel *channel, const char *letters)
{
	for (; *letters; letters++) {
		unsigned index = mode_find(MODE_ON_CHANNEL, *letters);
		char *modes;

		if (index >= MODES || mode_row(index)->kind != MODE_KIND_FLAG ||
		    strchr(channel->modes, *letters))
			continue;
		modes = g_strdup_printf("%s%c", channel->modes, *letters);
		g_free(channel->modes);
		channel->modes = modes;
	}
}

void
import_key(Import *import, StoreChannel *channel, const char *key)
{
	if (!name_is_key(key)) {
		import_note(import, "channel %s: the key is left out", channel->name);
		return;
	}
	g_free(channel->key);
	channel->key = g_strdup(key);
}

void
import_topic(StoreChannel *channel, const char *text, const char *by, int64_t at)
{
	if (text) {
		g_free(channel->topic);
		channel->topic = g_strdup(text);
	}
	if (by) {
		g_free(channel->topic_set_by);
		channel->topic_set_by = g_strdup(by);
	}
	if (at > 0)
		channel->topic_set_at = at;
}

void
import_founder(StoreChannel *channel, const char *name)
{
	g_free(channel->registered_by);
	g_free(channel->founder);
	channel->registered_by = g_strdup(name);
	channel->founder = g_strdup(name);
}

static bool
keep_channel(Import *import, StoreChannel *channel)
{
	const StoreAccount *founder = import_find(import, channel->registered_by);

	if (!founder) {
		import_note(import, "channel %s: its founder %.*s is no account", channel->name,
		    NOTE_NAME_MAX, channel->registered_by);
		return false;
	}
	import_founder(channel, founder->name);
	return true;
}

void
import_finish(Import *import)
{
	for (guint i = 0; i < import->channels->len;) {
		StoreChannel *channel = import->channels->pdata[i];

		if (keep_channel(import, channel)) {
			i++;
			continue;
		}
		g_hash_table_remove(import->by_channel, channel->name);
		g_ptr_array_remove_index_fast(import->channels, i);
	}
	for (guint i = 0; i < import->accounts->len; i++) {
		const StoreAccount *account = import->accounts->pdata[i];

		if (*account->secret)
			import->hashes++;
		else
			import->no_password++;
	}
}

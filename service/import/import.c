/* SPDX-License-Identifier: MIT */
#include "import/import.h"

#include "proto/casemap.h"
#include "proto/modes.h"
#include "proto/names.h"
#include "proto/utf8.h"
#include "settings/secret.h"

#include <string.h>

#define NOTE_NAME_MAX 80     /* bytes of a foreign name in a note */
#define NOTE_MAX 300         /* bytes of a note */
#define TEXT_MAX 1000        /* bytes of a topic, a reason */
#define SETTER_MAX 200       /* bytes of who did something */
#define HOST_MOST 63         /* bytes: what HostServ gives at most */
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
	import->by_certificate = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	import->by_channel = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, NULL);
	return import;
}

void
import_free(Import *import)
{
	if (!import)
		return;
	g_hash_table_unref(import->by_nick);
	g_hash_table_unref(import->by_certificate);
	g_hash_table_unref(import->by_channel);
	g_ptr_array_unref(import->accounts);
	g_ptr_array_unref(import->channels);
	g_ptr_array_unref(import->notes);
	g_free(import);
}

char *
import_clean(const char *text, size_t most)
{
	char *clean = g_strndup(text, utf8_cut(text, strlen(text), most));

	for (char *at = clean; *at; at++)
		if ((unsigned char)*at < ' ' || *at == '\x7f')
			*at = ' ';
	return clean;
}

void
import_note(Import *import, const char *format, ...)
{
	g_autofree char *text = NULL;
	g_autofree char *clean = NULL;
	va_list arguments;

	if (import->notes->len >= IMPORT_NOTES_MAX) {
		import->notes_lost++;
		return;
	}
	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	clean = import_clean(text, NOTE_MAX);
	g_ptr_array_add(import->notes, import->line > 0
					   ? g_strdup_printf("line %u: %s", import->line, clean)
					   : g_steal_pointer(&clean));
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

/* Texts of a row are never NULL. */
static void
make_empty(char **const texts[])
{
	for (unsigned i = 0; texts[i]; i++)
		*texts[i] = g_strdup("");
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
	make_empty((char **[]){&account->secret, &account->email, &account->suspended_by,
	    &account->suspended_reason, &account->code_kind, &account->code_digest,
	    &account->code_email, &account->totp, NULL});
	account->verified = true;
	g_ptr_array_add(import->accounts, account);
	g_hash_table_insert(import->by_nick, g_strdup(name), account);
	return account;
}

void
import_secret(Import *import, StoreAccount *account, const char *hash)
{
	if (!secret_is_foreign(hash) || strlen(hash) > 256 || !g_str_is_ascii(hash) ||
	    strpbrk(hash, " :"))
		return;
	g_free(account->secret);
	account->secret = g_strdup(hash);
}

void
import_scram(StoreAccount *account, const char *text)
{
	if (!secret_is_valid(text))
		return;
	g_free(account->secret);
	account->secret = g_strdup(text);
}

void
import_suspend(StoreAccount *account, const char *by, const char *reason, int64_t at, int64_t until)
{
	g_free(account->suspended_by);
	g_free(account->suspended_reason);
	account->suspended_by = import_clean(*by ? by : "import", SETTER_MAX);
	account->suspended_reason = import_clean(reason, TEXT_MAX);
	account->suspended_at = at;
	account->suspended_until = until;
}

static bool
has_item(const StoreAccount *account, const char *kind, const char *key)
{
	for (guint i = 0; i < account->items->len; i++) {
		const StoreAccountItem *item = account->items->pdata[i];

		if (strcmp(item->kind, kind) == 0 && strcmp(item->key, key) == 0)
			return true;
	}
	return false;
}

void
import_vhost(Import *import, StoreAccount *account, const char *host, const char *state, int64_t at)
{
	if (!*host || has_item(account, "vhost", state))
		return;
	if (strlen(host) > HOST_MOST || !name_is_host(host) || !strchr(host, '.')) {
		import_note(import, "account %s: the vhost %.*s is no host here", account->name,
		    NOTE_NAME_MAX, host);
		return;
	}
	store_account_add_item(account, "vhost", state, host, at);
}

void
import_account_setting(StoreAccount *account, const char *name, const char *word)
{
	if (!has_item(account, "setting", name))
		store_account_add_item(account, "setting", name, word, 0);
}

static bool
has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == '\x7f')
			return true;
	return false;
}

void
import_email(Import *import, StoreAccount *account, const char *email)
{
	const char *at = strchr(email, '@');

	if (!at || at == email || !at[1] || strlen(email) > 254 || has_control(email) ||
	    strpbrk(email, " ,<>")) {
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

	if (has_item(account, "certificate", lower))
		return;
	if (g_hash_table_contains(import->by_certificate, lower)) {
		import_note(
		    import, "account %s: a certificate is another account's, too", account->name);
		return;
	}
	if (length < FINGERPRINT_LEAST || length > FINGERPRINT_MOST ||
	    strspn(lower, "0123456789abcdef") != length ||
	    count_items(account, "certificate") >= 16) {
		import_note(import, "account %s: a certificate is left out", account->name);
		return;
	}
	store_account_add_item(account, "certificate", lower, "", 0);
	g_hash_table_insert(import->by_certificate, g_strdup(lower), account);
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
	make_empty((char **[]){&channel->topic, &channel->topic_set_by, &channel->modes,
	    &channel->key, &channel->registered_by, &channel->founder, &channel->settings, NULL});
	channel->entries = g_ptr_array_new_with_free_func((GDestroyNotify)store_list_entry_free);
	g_ptr_array_add(import->channels, channel);
	g_hash_table_insert(import->by_channel, g_strdup(name), channel);
	return channel;
}

/* "nt" and L with "#more" are "ntL #more", as a channel keeps them. */
static void
add_mode(StoreChannel *channel, char letter, const char *parameter)
{
	size_t letters = strcspn(channel->modes, " ");
	char *modes = g_strdup_printf("%.*s%c%s%s%s", (int)letters, channel->modes, letter,
	    channel->modes + letters, parameter ? " " : "", parameter ? parameter : "");

	g_free(channel->modes);
	channel->modes = modes;
}

void
import_modes(Import *import, StoreChannel *channel, const char *letters)
{
	for (; *letters; letters++) {
		unsigned index = mode_find(MODE_ON_CHANNEL, *letters);

		if (index >= MODES || mode_row(index)->kind != MODE_KIND_FLAG ||
		    memchr(channel->modes, *letters, strcspn(channel->modes, " ")))
			continue;
		add_mode(channel, *letters, NULL);
	}
}

void
import_forward(Import *import, StoreChannel *channel, const char *name)
{
	char letter = mode_row(MODE_CHANNEL_FORWARD_INDEX)->letter;

	if (!*name || strchr(channel->modes, letter))
		return;
	if (!name_is_channel(name, IMPORT_CHANNEL_MAX)) {
		import_note(import, "channel %s: forwarding to %.*s is left out", channel->name,
		    NOTE_NAME_MAX, name);
		return;
	}
	add_mode(channel, letter, name);
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
		channel->topic = import_clean(text, TEXT_MAX);
	}
	if (by) {
		g_free(channel->topic_set_by);
		channel->topic_set_by = g_strchug(import_clean(by, SETTER_MAX));
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

	if (!founder && !*channel->registered_by) {
		import_note(import, "channel %s: it has no founder", channel->name);
		return false;
	}
	if (!founder) {
		import_note(import, "channel %s: its founder %.*s is no account", channel->name,
		    NOTE_NAME_MAX, channel->registered_by);
		return false;
	}
	import_founder(channel, founder->name);
	/* Whoever asks for a topic is told whose it is. */
	if (*channel->topic && !*channel->topic_set_by)
		import_topic(channel, NULL, founder->name, 0);
	return true;
}

static void
drop_channel(Import *import, guint index)
{
	const StoreChannel *channel = import->channels->pdata[index];

	g_hash_table_remove(import->by_channel, channel->name);
	g_ptr_array_remove_index_fast(import->channels, index);
}

void
import_finish(Import *import)
{
	import->line = 0;
	for (guint i = import->channels->len; i-- > 0;)
		if (!keep_channel(import, import->channels->pdata[i]))
			drop_channel(import, i);
	for (guint i = 0; i < import->accounts->len; i++) {
		const StoreAccount *account = import->accounts->pdata[i];

		if (*account->secret) {
			import->hashes++;
			continue;
		}
		import->no_password++;
		import_note(import,
		    "account %s: needs a new password, its hash cannot be used here",
		    account->name);
	}
}

/* Access of accounts that are not among `names`. */
static void
drop_access(Import *import, const StoreChannel *channel, GHashTable *names)
{
	for (guint i = channel->entries->len; i-- > 0;) {
		const StoreListEntry *entry = channel->entries->pdata[i];

		if (!g_str_has_prefix(entry->mask, "~a:") ||
		    g_hash_table_contains(names, entry->mask + strlen("~a:")))
			continue;
		import_note(import, "channel %s: access of %s is not taken over", channel->name,
		    entry->mask + strlen("~a:"));
		g_ptr_array_remove_index(channel->entries, i);
	}
}

void
import_drop_orphans(Import *import)
{
	g_autoptr(GHashTable) names = g_hash_table_new(casemap_hash, casemap_equal);

	for (guint i = 0; i < import->accounts->len; i++)
		g_hash_table_add(names, ((const StoreAccount *)import->accounts->pdata[i])->name);
	for (guint i = import->channels->len; i-- > 0;) {
		const StoreChannel *channel = import->channels->pdata[i];

		if (g_hash_table_contains(names, channel->founder)) {
			drop_access(import, channel, names);
			continue;
		}
		import_note(import, "channel %s: its founder %s is not taken over", channel->name,
		    channel->founder);
		drop_channel(import, i);
	}
}

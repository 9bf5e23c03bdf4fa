/* SPDX-License-Identifier: MIT */
/*
 * Ergo's database, ircd.db: a log of commands as Redis writes them ("set key value [ex seconds]",
 * "del key", "flushdb"), each an array of strings with their lengths. Accounts are several keys
 * each; channels are so in older versions, and one JSON text each in newer ones.
 */
#include "import/import_format.h"

#include <jansson.h>
#include <string.h>

#define WORDS_MAX 8u
#define TEXT_MAX (16u * 1024 * 1024) /* bytes of one string */
#define NANOSECONDS 1000
#define SECONDS_LIMIT INT64_C(100000000000) /* a larger number of a time is nanoseconds */
#define CHANNEL_TABLE "1 " /* key of a channel's JSON: the table's number and an id */

/* What is left of the log. */
typedef struct Reader {
	const char *start;
	const char *at;
	const char *end;
} Reader;

typedef struct Command {
	char *words[WORDS_MAX];
	unsigned n_words;
} Command;

static bool
fail_at(const Reader *reader, const char *what, GError **error)
{
	g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX, "byte %zu: %s",
	    (size_t)(reader->at - reader->start), what);
	return false;
}

/* "*3\r\n", "$7\r\n" */
static bool
read_count(Reader *reader, char sign, unsigned most, unsigned *ret_count)
{
	const char *line_end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
	g_autofree char *number = NULL;
	guint64 count;

	if (!line_end || line_end - reader->at < 3 || *reader->at != sign || line_end[-1] != '\r')
		return false;
	number = g_strndup(reader->at + 1, (gsize)(line_end - reader->at - 2));
	if (!g_ascii_string_to_unsigned(number, 10, 0, most, &count, NULL))
		return false;
	*ret_count = (unsigned)count;
	reader->at = line_end + 1;
	return true;
}

static bool
read_word(Reader *reader, char **ret_word)
{
	unsigned length;

	if (!read_count(reader, '$', TEXT_MAX, &length) ||
	    (size_t)(reader->end - reader->at) < (size_t)length + 2 ||
	    memcmp(reader->at + length, "\r\n", 2) != 0)
		return false;
	*ret_word = import_utf8(reader->at, length);
	reader->at += length + 2;
	return true;
}

static void
command_clear(Command *command)
{
	for (unsigned i = 0; i < command->n_words; i++)
		g_free(command->words[i]);
	command->n_words = 0;
}

static bool
read_command(Reader *reader, Command *command)
{
	unsigned count;

	command->n_words = 0;
	if (!read_count(reader, '*', WORDS_MAX, &count))
		return false;
	while (command->n_words < count) {
		if (!read_word(reader, &command->words[command->n_words]))
			return false;
		command->n_words++;
	}
	return true;
}

/* False if it is none of the database's. */
static bool
apply(GHashTable *values, Command *command)
{
	const char *verb = command->n_words > 0 ? command->words[0] : "";

	if (g_ascii_strcasecmp(verb, "set") == 0 && command->n_words >= 3) {
		g_hash_table_replace(values, g_steal_pointer(&command->words[1]),
		    g_steal_pointer(&command->words[2]));
		return true;
	}
	if (g_ascii_strcasecmp(verb, "del") == 0 && command->n_words >= 2) {
		g_hash_table_remove(values, command->words[1]);
		return true;
	}
	if (g_ascii_strcasecmp(verb, "flushdb") != 0)
		return false;
	g_hash_table_remove_all(values);
	return true;
}

static bool
read_log(Import *import, GHashTable *values, Reader *reader, GError **error)
{
	while (reader->at < reader->end) {
		const char *start = reader->at;
		Command command;
		bool good = read_command(reader, &command);
		bool known = good && apply(values, &command);

		command_clear(&command);
		if (known)
			continue;
		reader->at = start;
		/* Who was killed while he wrote leaves half a command. */
		if (good || g_hash_table_size(values) == 0)
			return fail_at(reader, "this is no command of Ergo's database", error);
		import_note(import, "byte %zu: what follows is broken and left out",
		    (size_t)(start - reader->start));
		return true;
	}
	return true;
}

static const char *
value(GHashTable *values, const char *key, const char *name)
{
	g_autofree char *full = g_strdup_printf("%s %s", key, name);
	const char *text = g_hash_table_lookup(values, full);

	return text ? text : "";
}

/* Caller releases; NULL if it is no JSON. */
static json_t *
json_value(GHashTable *values, const char *key, const char *name)
{
	return json_loads(value(values, key, name), JSON_DECODE_ANY, NULL);
}

static const char *
text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* Seconds or nanoseconds as a number, or ISO 8601; microseconds. */
static int64_t
time_of_text(const char *text)
{
	g_autoptr(GDateTime) moment = NULL;
	gint64 number;

	if (g_ascii_string_to_signed(text, 10, 0, G_MAXINT64, &number, NULL))
		return number > SECONDS_LIMIT ? number / NANOSECONDS : number * G_USEC_PER_SEC;
	moment = g_date_time_new_from_iso8601(text, NULL);
	if (!moment || g_date_time_to_unix(moment) < 0)
		return 0;
	return g_date_time_to_unix(moment) * G_USEC_PER_SEC;
}

/* ---- Accounts ---- */

/* Its keys of SCRAM-SHA-256 are as good here; its hashes are of a digest, which crypt(3) has not.
 */
static void
read_secret(StoreAccount *account, json_t *credentials)
{
	g_autofree char *text = g_strdup_printf("SCRAM-SHA-256$%" JSON_INTEGER_FORMAT ":%s$%s:%s",
	    json_integer_value(json_object_get(credentials, "Iters")), text_of(credentials, "Salt"),
	    text_of(credentials, "StoredKey"), text_of(credentials, "ServerKey"));

	import_scram(account, text);
}

static void
read_credentials(Import *import, GHashTable *values, StoreAccount *account, const char *name)
{
	json_t *credentials = json_value(values, "account.credentials", name);
	json_t *fingerprint;
	size_t index;

	read_secret(account, credentials);
	json_array_foreach(json_object_get(credentials, "Certfps"), index,
	    fingerprint) if (json_is_string(fingerprint))
	    import_certificate(import, account, json_string_value(fingerprint));
	json_decref(credentials);
}

static void
read_vhost(Import *import, GHashTable *values, StoreAccount *account, const char *name)
{
	json_t *vhost = json_value(values, "account.vhost", name);
	bool on = json_is_true(json_object_get(vhost, "Enabled"));

	import_vhost(import, account, text_of(vhost, "ApprovedVHost"), on ? "on" : "off", 0);
	json_decref(vhost);
}

static void
read_suspension(GHashTable *values, StoreAccount *account, const char *name)
{
	json_t *suspension = json_value(values, "account.suspended", name);
	int64_t at = time_of_text(text_of(suspension, "TimeCreated"));
	int64_t lasts = json_integer_value(json_object_get(suspension, "Duration")) / NANOSECONDS;

	if (json_is_object(suspension))
		import_suspend(account, text_of(suspension, "OperName"),
		    text_of(suspension, "Reason"), at, lasts > 0 ? at + lasts : 0);
	json_decref(suspension);
}

/* Its numbers of what an owner chose, as the words there are here. */
static const struct {
	const char *member;
	int number;
	const char *setting;
	const char *word;
} choices[] = {
    {"NickEnforcement", 1, "enforce", "none"},
    {"NickEnforcement", 2, "enforce", "strict"},
    {"NickEnforcement", 3, "enforce", "strict"}, /* of versions that had a timeout as 2 */
    {"AllowBouncer", 1, "multiclient", "off"},
    {"AllowBouncer", 2, "multiclient", "on"},
    {"AlwaysOn", 1, "always-on", "off"},
    {"AlwaysOn", 4, "always-on", "on"},
};

static void
read_choices(StoreAccount *account, json_t *settings)
{
	json_t *lines = json_object_get(settings, "AutoreplayLines");

	for (unsigned i = 0; i < G_N_ELEMENTS(choices); i++) {
		json_t *number = json_object_get(settings, choices[i].member);

		if (json_is_integer(number) && json_integer_value(number) == choices[i].number)
			import_account_setting(account, choices[i].setting, choices[i].word);
	}
	/* Lines on JOIN and those that were missed are one setting here. */
	if (json_is_integer(lines) && json_integer_value(lines) == 0 &&
	    !json_is_true(json_object_get(settings, "AutoreplayMissed")))
		import_account_setting(account, "autoreplay", "off");
}

/* Where a client that was always on sat is not known here: he joins anew. */
static void
note_presence(
    Import *import, GHashTable *values, StoreAccount *account, json_t *settings, const char *name)
{
	json_t *channels = json_value(values, "account.channeltomodes", name);
	g_autoptr(GString) names = g_string_new(NULL);
	const char *channel;
	json_t *modes;

	if (json_integer_value(json_object_get(settings, "AutoAway")) == 1)
		import_note(import,
		    "account %s: is away when no client is there, which it had switched off",
		    account->name);
	json_object_foreach(channels, channel, modes)
	    g_string_append_printf(names, "%s%s", names->len > 0 ? " " : "", channel);
	if (names->len > 0)
		import_note(import, "account %s: was always on in %s, and has to join again",
		    account->name, names->str);
	json_decref(channels);
}

/* The address is among them, or "mailto:address" in older versions. */
static void
read_settings(Import *import, GHashTable *values, StoreAccount *account, const char *name)
{
	static const char scheme[] = "mailto:";
	json_t *settings = json_value(values, "account.settings", name);
	const char *callback = value(values, "account.callback", name);

	if (*text_of(settings, "Email"))
		import_email(import, account, text_of(settings, "Email"));
	else if (g_str_has_prefix(callback, scheme))
		import_email(import, account, callback + strlen(scheme));
	read_choices(account, settings);
	note_presence(import, values, account, settings, name);
	json_decref(settings);
}

static void
read_account(Import *import, GHashTable *values, const char *name)
{
	const char *shown = value(values, "account.name", name);
	StoreAccount *account = import_account(import, *shown ? shown : name);
	g_auto(GStrv) nicks = NULL;

	if (!account)
		return;
	account->registered_at = time_of_text(value(values, "account.registered.time", name));
	account->verified = *value(values, "account.verified", name) != '\0';
	read_credentials(import, values, account, name);
	read_settings(import, values, account, name);
	read_vhost(import, values, account, name);
	read_suspension(values, account, name);
	nicks = g_strsplit(value(values, "account.additionalnicks", name), ",", -1);
	for (unsigned i = 0; nicks[i]; i++)
		if (*nicks[i])
			import_nick(import, account, nicks[i], 0);
}

/* ---- Channels ---- */

/* A mode is the number of its letter. */
static void
read_modes(Import *import, StoreChannel *channel, json_t *modes)
{
	json_t *mode;
	size_t index;

	json_array_foreach(modes, index, mode)
	{
		char letter[2] = {(char)CLAMP(json_integer_value(mode), 0, 127), '\0'};

		import_modes(import, channel, letter);
	}
}

static void
read_access(Import *import, StoreChannel *channel, json_t *modes)
{
	const char *name;
	json_t *mode;

	json_object_foreach(modes, name, mode)
	{
		char letter[2] = {(char)CLAMP(json_integer_value(mode), 0, 127), '\0'};

		if (strcmp(name, channel->registered_by) != 0)
			import_access(import, channel, name, letter);
	}
}

static void
read_list(Import *import, StoreChannel *channel, char kind, json_t *masks)
{
	const char *mask;
	json_t *facts;

	json_object_foreach(masks, mask, facts) import_entry(import, channel, kind, mask,
	    text_of(facts, "CreatorNickmask"), "", time_of_text(text_of(facts, "TimeCreated")));
}

static void
read_channel(Import *import, json_t *record)
{
	StoreChannel *channel = import_channel(import, text_of(record, "Name"));

	if (!channel)
		return;
	import_founder(channel, text_of(record, "Founder"));
	channel->created = channel->registered_at = time_of_text(text_of(record, "RegisteredAt"));
	import_topic(channel, text_of(record, "Topic"), text_of(record, "TopicSetBy"),
	    time_of_text(text_of(record, "TopicSetTime")));
	read_modes(import, channel, json_object_get(record, "Modes"));
	import_forward(import, channel, text_of(record, "Forward"));
	if (*text_of(record, "Key"))
		import_key(import, channel, text_of(record, "Key"));
	channel->limit = (uint32_t)CLAMP(
	    json_integer_value(json_object_get(record, "UserLimit")), 0, G_MAXINT32);
	read_access(import, channel, json_object_get(record, "AccountToUMode"));
	read_list(import, channel, 'b', json_object_get(record, "Bans"));
	read_list(import, channel, 'e', json_object_get(record, "Excepts"));
	read_list(import, channel, 'I', json_object_get(record, "Invites"));
}

/* Letters as the numbers that newer versions write. */
static json_t *
modes_of_letters(const char *letters)
{
	json_t *modes = json_array();

	for (; *letters; letters++)
		json_array_append_new(modes, json_integer(*letters));
	return modes;
}

/* What older versions keep under several keys, as newer ones write it. Caller releases. */
static json_t *
record_of_keys(GHashTable *values, const char *name)
{
	static const struct {
		const char *member;
		const char *key;
	} texts[] = {
	    {"Name", "channel.name"},
	    {"Founder", "channel.founder"},
	    {"RegisteredAt", "channel.registered.time"},
	    {"Topic", "channel.topic"},
	    {"TopicSetBy", "channel.topic.setby"},
	    {"TopicSetTime", "channel.topic.settime"},
	    {"Key", "channel.key"},
	    {"Forward", "channel.forward"},
	};
	static const struct {
		const char *member;
		const char *key;
	} texts_of_json[] = {
	    {"UserLimit", "channel.userlimit"},
	    {"AccountToUMode", "channel.accounttoumode"},
	    {"Bans", "channel.banlist"},
	    {"Excepts", "channel.exceptlist"},
	    {"Invites", "channel.invitelist"},
	};
	json_t *record = json_object();

	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
		json_object_set_new(
		    record, texts[i].member, json_string(value(values, texts[i].key, name)));
	for (unsigned i = 0; i < G_N_ELEMENTS(texts_of_json); i++)
		json_object_set_new(record, texts_of_json[i].member,
		    json_value(values, texts_of_json[i].key, name));
	json_object_set_new(
	    record, "Modes", modes_of_letters(value(values, "channel.modes", name)));
	return record;
}

static void
read_channel_of(Import *import, GHashTable *values, const char *key)
{
	static const char exists[] = "channel.exists ";
	json_t *record;

	if (g_str_has_prefix(key, exists))
		record = record_of_keys(values, key + strlen(exists));
	else if (g_str_has_prefix(key, CHANNEL_TABLE))
		record = json_loads(g_hash_table_lookup(values, key), 0, NULL);
	else
		return;
	if (record)
		read_channel(import, record);
	json_decref(record);
}

static int
compare(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

bool
import_ergo_database(Import *import, const char *text, size_t length, GError **error)
{
	static const char account[] = "account.exists ";
	g_autoptr(GHashTable) values =
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GList) keys = NULL;
	Reader reader = {text, text, text + length};

	if (!read_log(import, values, &reader, error))
		return false;
	keys = g_list_sort(g_hash_table_get_keys(values), compare);
	for (const GList *key = keys; key; key = key->next) {
		const char *name = key->data;

		if (g_str_has_prefix(name, account))
			read_account(import, values, name + strlen(account));
		if (!import_has_room(import, error))
			return false;
	}
	for (const GList *key = keys; key; key = key->next) {
		read_channel_of(import, values, key->data);
		if (!import_has_room(import, error))
			return false;
	}
	if (import->accounts->len + import->channels->len + import->notes->len > 0)
		return true;
	return fail_at(&reader, "there are neither accounts nor channels in it", error);
}

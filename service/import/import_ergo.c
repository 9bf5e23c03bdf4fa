/* SPDX-License-Identifier: MIT */
/* Ergo: the JSON that its importer takes, version 1: users and channels by name, times in
 * nanoseconds; or its own database (import_ergo_database.c). */
#include "import/import_format.h"

#include <jansson.h>
#include <string.h>

#define ERGO_VERSION 1
#define NANOSECONDS 1000

static const char *
text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static int64_t
time_of(json_t *object, const char *key)
{
	return MAX(0, json_integer_value(json_object_get(object, key)) / NANOSECONDS);
}

static void
read_nicks(Import *import, StoreAccount *account, json_t *nicks)
{
	json_t *nick;
	size_t index;

	json_array_foreach(nicks, index, nick) if (json_is_string(nick))
	    import_nick(import, account, json_string_value(nick), 0);
}

static void
read_user(Import *import, const char *key, json_t *user)
{
	const char *name = *text_of(user, "name") ? text_of(user, "name") : key;
	StoreAccount *account = import_account(import, name);
	json_t *fingerprint;
	size_t index;

	if (!account)
		return;
	import_secret(import, account, text_of(user, "hash"));
	import_email(import, account, text_of(user, "email"));
	account->registered_at = time_of(user, "registeredAt");
	/* Its converters spell it both ways. */
	read_nicks(import, account, json_object_get(user, "additionalNicks"));
	read_nicks(import, account, json_object_get(user, "additionalnicks"));
	json_array_foreach(
	    json_object_get(user, "certfps"), index, fingerprint) if (json_is_string(fingerprint))
	    import_certificate(import, account, json_string_value(fingerprint));
	import_vhost(import, account, text_of(user, "vhost"), "on", 0);
}

static void
read_access(Import *import, StoreChannel *channel, json_t *modes)
{
	const char *name;
	json_t *mode;

	json_object_foreach(modes, name, mode)
	{
		const char *letter = json_string_value(mode);

		if (letter && strcmp(name, channel->registered_by) != 0)
			import_access(import, channel, name, letter);
	}
}

static void
read_channel(Import *import, const char *key, json_t *record)
{
	const char *name = *text_of(record, "name") ? text_of(record, "name") : key;
	StoreChannel *channel = import_channel(import, name);

	if (!channel)
		return;
	import_founder(channel, text_of(record, "founder"));
	channel->created = channel->registered_at = time_of(record, "registeredAt");
	import_topic(channel, text_of(record, "topic"), text_of(record, "topicSetBy"),
	    time_of(record, "topicSetAt"));
	import_modes(import, channel, text_of(record, "modes"));
	if (*text_of(record, "key"))
		import_key(import, channel, text_of(record, "key"));
	channel->limit =
	    (uint32_t)CLAMP(json_integer_value(json_object_get(record, "limit")), 0, G_MAXINT32);
	read_access(import, channel, json_object_get(record, "amode"));
}

static bool
read_all(
    Import *import, json_t *records, void (*read)(Import *, const char *, json_t *), GError **error)
{
	const char *key;
	json_t *record;

	json_object_foreach(records, key, record)
	{
		if (json_is_object(record))
			read(import, key, record);
		if (!import_has_room(import, error))
			return false;
	}
	return true;
}

static bool
read_export(Import *import, const char *text, size_t length, GError **error)
{
	json_error_t problem;
	json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &problem);
	bool good;

	if (!root) {
		g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX, "line %d: %s", problem.line,
		    problem.text);
		return false;
	}
	if (json_integer_value(json_object_get(root, "version")) != ERGO_VERSION) {
		g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX,
		    "there is no \"version\": %d: this is no export for Ergo", ERGO_VERSION);
		json_decref(root);
		return false;
	}
	good = read_all(import, json_object_get(root, "users"), read_user, error) &&
	       read_all(import, json_object_get(root, "channels"), read_channel, error);
	json_decref(root);
	return good;
}

bool
import_ergo(Import *import, const char *text, size_t length, GError **error)
{
	bool is_database = length > 0 && *text == '*';

	return (is_database ? import_ergo_database : read_export)(import, text, length, error);
}

/* SPDX-License-Identifier: MIT */
/*
 * Anope's databases: the flat file (OBJECT type, DATA key value, END) and the JSON of 2.1, an
 * object or array of records per type. Both become objects of keys and values.
 */
#include "import/import_format.h"

#include <jansson.h>
#include <string.h>

#define KEYS_MAX 256u /* of one object */

typedef struct Object {
	char *type;
	unsigned line;      /* where it begins; 0: not known */
	GHashTable *values; /* own key -> own value */
} Object;

static const char *
value(const Object *object, const char *key)
{
	const char *text = g_hash_table_lookup(object->values, key);

	return text ? text : "";
}

/* "bcrypt:$2a$10$…"; other methods are nothing that can be checked here. */
static void
read_password(Import *import, StoreAccount *account, const char *pass)
{
	if (g_str_has_prefix(pass, "bcrypt:") || g_str_has_prefix(pass, "posix:") ||
	    g_str_has_prefix(pass, "enc_posix:"))
		import_secret(import, account, strchr(pass, ':') + 1);
}

static void
read_account(Import *import, const Object *object)
{
	StoreAccount *account = import_account(import, value(object, "display"));

	if (!account)
		return;
	read_password(import, account, value(object, "pass"));
	import_email(import, account, value(object, "email"));
	account->registered_at = import_seconds(value(object, "time_registered"));
	if (g_str_equal(value(object, "UNCONFIRMED"), "1"))
		account->verified = false;
}

static void
read_nick(Import *import, const Object *object)
{
	StoreAccount *account = import_find(import, value(object, "nc"));
	int64_t registered = import_seconds(value(object, "time_registered"));

	if (!account)
		return;
	if (account->registered_at == 0 || (registered > 0 && registered < account->registered_at))
		account->registered_at = registered;
	account->used_at = MAX(account->used_at, import_seconds(value(object, "last_seen")));
	import_nick(import, account, value(object, "nick"), registered);
	import_vhost(import, account, value(object, "vhost_host"), "on", 0);
}

static void
read_certificates(Import *import, const Object *object)
{
	StoreAccount *account = import_find(import, value(object, "nc"));

	if (account)
		import_certificate(import, account, value(object, "fingerprint"));
}

/* Anope's names of modes that this service has as flags. */
static const struct {
	const char *name;
	const char *letter;
} mode_names[] = {
    {"INVITE", "i"},
    {"MODERATED", "m"},
    {"NOEXTERNAL", "n"},
    {"PRIVATE", "p"},
    {"SECRET", "s"},
    {"TOPIC", "t"},
    {"BLOCKCOLOR", "c"},
    {"STRIPCOLOR", "S"},
    {"NOCTCP", "C"},
    {"NOKNOCK", "K"},
    {"REGMODERATED", "M"},
    {"SSL", "Z"},
};

static void
read_mode(Import *import, StoreChannel *channel, const char *name, const char *parameter)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(mode_names); i++)
		if (g_str_equal(mode_names[i].name, name))
			import_modes(import, channel, mode_names[i].letter);
	if (g_str_equal(name, "KEY"))
		import_key(import, channel, parameter);
	if (g_str_equal(name, "REDIRECT"))
		import_forward(import, channel, parameter);
	if (g_str_equal(name, "LIMIT"))
		channel->limit =
		    (uint32_t)CLAMP(g_ascii_strtoll(parameter, NULL, 10), 0, G_MAXINT32);
}

/* "NOEXTERNAL KEY,secret TOPIC" */
static void
read_modes(Import *import, StoreChannel *channel, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (unsigned i = 0; words[i]; i++) {
		char *comma = strchr(words[i], ',');

		if (comma)
			*comma++ = '\0';
		read_mode(import, channel, words[i], comma ? comma : "");
	}
}

static void
read_channel(Import *import, const Object *object)
{
	StoreChannel *channel = import_channel(import, value(object, "name"));

	if (!channel)
		return;
	channel->created = channel->registered_at =
	    import_seconds(value(object, "time_registered"));
	import_founder(channel, value(object, "founder"));
	import_topic(channel, value(object, "last_topic"), value(object, "last_topic_setter"),
	    import_seconds(value(object, "last_topic_time")));
	read_modes(import, channel, value(object, "last_modes"));
	import_setting(channel, "description", value(object, "description"));
	if (import_find(import, value(object, "successor")))
		import_setting(
		    channel, "successor", import_find(import, value(object, "successor"))->name);
}

static void
read_mode_lock(Import *import, const Object *object)
{
	StoreChannel *channel;

	if (!g_str_equal(value(object, "set"), "1"))
		return;
	channel = import_channel(import, value(object, "ci"));
	if (channel)
		read_mode(import, channel, value(object, "name"), value(object, "param"));
}

static void
read_access(Import *import, const Object *object)
{
	StoreChannel *channel = import_channel(import, value(object, "ci"));

	if (channel)
		import_access(import, channel, value(object, "mask"), value(object, "data"));
}

static void
read_suspension(Import *import, const Object *object)
{
	StoreAccount *account = import_find(import, value(object, "nick"));

	if (!account)
		return;
	import_suspend(account, value(object, "by"), value(object, "reason"),
	    import_seconds(value(object, "time")), import_seconds(value(object, "expires")));
}

/* AutoKick: who may not join, by mask or account. */
static void
read_auto_kick(Import *import, const Object *object)
{
	StoreChannel *channel = import_channel(import, value(object, "ci"));
	const char *whom = *value(object, "mask") ? value(object, "mask") : value(object, "nc");

	if (channel)
		import_ban(import, channel, whom, value(object, "creator"), value(object, "reason"),
		    import_seconds(value(object, "addtime")));
}

static void
read_entry_message(Import *import, const Object *object)
{
	StoreChannel *channel = import_channel(import, value(object, "ci"));

	if (channel && strstr(channel->settings, "entrymsg="))
		import_note(import, "channel %s: one entry message only, left out: %s",
		    channel->name, value(object, "message"));
	else if (channel)
		import_setting(channel, "entrymsg", value(object, "message"));
}

static void
read_host_request(Import *import, const Object *object)
{
	StoreAccount *account = import_find(import, value(object, "nick"));

	if (account)
		import_vhost(import, account, value(object, "host"), "wanted",
		    import_seconds(value(object, "time")));
}

static void
read_memo(Import *import, const Object *object)
{
	import_note(import, "memo of %s to %s: there are none here", value(object, "sender"),
	    value(object, "owner"));
}

static void
read_channel_suspension(Import *import, const Object *object)
{
	import_note(import, "channel %s: its suspension is not taken over: %s",
	    value(object, "chan"), value(object, "reason"));
}

/* In the order in which objects must be read: accounts before what belongs to them. */
static const struct {
	const char *type;
	void (*read)(Import *import, const Object *object);
} types[] = {
    {"NickCore", read_account},
    {"NickAlias", read_nick},
    {"NSCert", read_certificates},
    {"NSSuspendInfo", read_suspension},
    {"SuspendInfo", read_suspension},
    {"ChannelInfo", read_channel},
    {"ModeLock", read_mode_lock},
    {"ChanAccess", read_access},
    {"AutoKick", read_auto_kick},
    {"EntryMsg", read_entry_message},
    {"HostRequest", read_host_request},
    {"CSSuspendInfo", read_channel_suspension},
    {"Memo", read_memo},
};

static void
object_free(gpointer data)
{
	Object *object = data;

	g_free(object->type);
	g_hash_table_unref(object->values);
	g_free(object);
}

static Object *
object_new(const char *type)
{
	Object *object = g_new0(Object, 1);

	object->type = g_strdup(type);
	object->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return object;
}

static bool
read_objects(Import *import, const GPtrArray *objects, GError **error)
{
	unsigned met = 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(types); i++) {
		for (guint j = 0; j < objects->len; j++) {
			const Object *object = objects->pdata[j];

			if (!g_str_equal(object->type, types[i].type))
				continue;
			import->line = object->line;
			types[i].read(import, object);
			met++;
			if (!import_has_room(import, error))
				return false;
		}
	}
	if (met > 0)
		return true;
	g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX,
	    "there is nothing of Anope's in it: no NickCore, no ChannelInfo");
	return false;
}

/* ---- The flat file ---- */

static bool
fail_line(unsigned number, const char *text, GError **error)
{
	g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX, "line %u: %s", number, text);
	return false;
}

/* One line; *object is the one that is open. */
static bool
read_line(GPtrArray *objects, Object **object, char *line, unsigned number, GError **error)
{
	char *rest = strchr(line, ' ');
	char *more;

	if (rest)
		*rest++ = '\0';
	if (g_str_equal(line, "OBJECT") && rest && !*object) {
		*object = object_new(rest);
		(*object)->line = number;
		g_ptr_array_add(objects, *object);
		if (objects->len > 8 * IMPORT_ROWS_MAX)
			return fail_line(number, "too many objects", error);
		return true;
	}
	if (g_str_equal(line, "END") && *object) {
		*object = NULL;
		return true;
	}
	if (g_str_equal(line, "ID") && *object)
		return true;
	if (!g_str_equal(line, "DATA") || !rest || !*object)
		return *line ? fail_line(number, "neither OBJECT, DATA nor END", error) : true;
	more = strchr(rest, ' ');
	if (more)
		*more++ = '\0';
	if (g_hash_table_size((*object)->values) >= KEYS_MAX)
		return fail_line(number, "an object has too many keys", error);
	g_hash_table_replace((*object)->values, g_strdup(rest), g_strdup(more ? more : ""));
	return true;
}

static bool
read_flat(GPtrArray *objects, const char *text, size_t length, GError **error)
{
	Object *object = NULL;
	unsigned number = 0;
	const char *line;
	size_t line_length;

	while (import_next_line(&text, &length, &line, &line_length)) {
		g_autofree char *copy = import_utf8(line, line_length);

		if (!read_line(objects, &object, copy, ++number, error))
			return false;
	}
	return object ? fail_line(number, "the last object has no END", error) : true;
}

/* ---- JSON ---- */

/* Scalars as text; NULL for anything else. Caller frees. */
static char *
scalar_text(const json_t *scalar)
{
	if (json_is_string(scalar))
		return g_strdup(json_string_value(scalar));
	if (json_is_integer(scalar))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(scalar));
	if (json_is_boolean(scalar))
		return g_strdup(json_is_true(scalar) ? "1" : "0");
	return NULL;
}

static void
add_json_object(GPtrArray *objects, const char *type, json_t *record)
{
	Object *object;
	const char *key;
	json_t *member;

	if (!json_is_object(record) || json_object_size(record) > KEYS_MAX)
		return;
	object = object_new(type);
	g_ptr_array_add(objects, object);
	json_object_foreach(record, key, member)
	{
		char *text = scalar_text(member);

		if (text)
			g_hash_table_replace(object->values, g_strdup(key), text);
	}
}

static bool
read_json(GPtrArray *objects, const char *text, size_t length, GError **error)
{
	json_error_t problem;
	json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &problem);
	json_t *data = root ? json_object_get(root, "data") : NULL;
	const char *type;
	json_t *records;

	if (!json_is_object(root)) {
		g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX, "line %d: %s",
		    root ? 1 : problem.line, root ? "no JSON object" : problem.text);
		json_decref(root);
		return false;
	}
	json_object_foreach(json_is_object(data) ? data : root, type, records)
	{
		json_t *record;
		const char *key;
		size_t index;

		json_array_foreach(records, index, record) add_json_object(objects, type, record);
		json_object_foreach(records, key, record) add_json_object(objects, type, record);
	}
	json_decref(root);
	return true;
}

bool
import_anope(Import *import, const char *text, size_t length, GError **error)
{
	g_autoptr(GPtrArray) objects = g_ptr_array_new_with_free_func(object_free);
	bool json = length > 0 && *text == '{';

	if (!(json ? read_json : read_flat)(objects, text, length, error))
		return false;
	return read_objects(import, objects, error);
}

/* SPDX-License-Identifier: MIT */
#include "act/account_export.h"

#include "act/channel_access.h"
#include "act/party.h"
#include "base/clock.h"
#include "domain/name_list.h"
#include "domain/read_markers.h"
#include "domain/silence_list.h"
#include "domain/whowas.h"
#include "proto/casemap.h"

#include <string.h>

typedef struct Export {
	const Community *community;
	const Account *account;
	json_t *list;
} Export;

/* Not all that is kept is UTF-8: old clients may have set it. */
static json_t *
text(const char *value)
{
	g_autofree char *valid = value ? g_utf8_make_valid(value, -1) : NULL;

	return valid ? json_string(valid) : json_null();
}

static json_t *
moment(int64_t time)
{
	char written[CLOCK_TEXT_SIZE];

	if (time <= 0)
		return json_null();
	clock_format(time, written);
	return json_string(written);
}

static void
add(const Export *export, json_t *object)
{
	json_array_append_new(export->list, object);
}

/* Two texts of one thing. */
static void
add_pair(const Export *export, const char *type, const char *key, const char *key_value,
    const char *name, const char *value)
{
	add(export,
	    json_pack("{s:s, s:o, s:o}", "type", type, key, text(key_value), name, text(value)));
}

static void
export_account(const Export *export)
{
	const Account *account = export->account;

	add(export, json_pack("{s:s, s:I, s:o, s:o, s:b, s:o, s:o, s:b, s:b}", "type", "account",
			"id", (json_int_t)account->id, "name", text(account->name), "email",
			text(*account->email ? account->email : NULL), "verified",
			account->verified, "registered_at", moment(account->registered_at),
			"used_at", moment(account->used_at), "password", *account->secret != '\0',
			"second_factor", *account->totp != '\0'));
	if (account->suspension.by)
		add(export,
		    json_pack("{s:s, s:o, s:o, s:o, s:o}", "type", "suspension", "by",
			text(account->suspension.by), "reason", text(account->suspension.reason),
			"since", moment(account->suspension.since), "until",
			moment(account->suspension.until)));
	if (account->code.kind != ACCOUNT_CODE_NONE)
		add(export, json_pack("{s:s, s:s, s:o, s:o}", "type", "code", "for",
				account_code_name(account->code.kind), "sent_to",
				text(account->code.email), "until", moment(account->code.until)));
}

static void
export_names(const Export *export)
{
	const Account *account = export->account;

	for (guint i = 0; i < account->nicks->len; i++)
		add(export, json_pack("{s:s, s:o}", "type", "nick", "nick",
				text(account->nicks->pdata[i])));
	for (guint i = 0; i < account->certificates->len; i++) {
		const AccountCertificate *certificate = account->certificates->pdata[i];

		add(export,
		    json_pack("{s:s, s:o, s:o}", "type", "certificate", "fingerprint",
			text(certificate->fingerprint), "added_at", moment(certificate->added_at)));
	}
	for (guint i = 0; i < account->devices->len; i++) {
		const AccountDevice *device = account->devices->pdata[i];

		add(export, json_pack("{s:s, s:o, s:o}", "type", "device", "name",
				text(device->name), "seen_at", moment(device->seen_at)));
	}
}

static void
export_vhost(const Export *export)
{
	const AccountVhost *vhost = &export->account->vhost;

	if (*vhost->host)
		add(export, json_pack("{s:s, s:o, s:b}", "type", "vhost", "host", text(vhost->host),
				"worn", vhost->worn));
	if (*vhost->wanted)
		add(export, json_pack("{s:s, s:o, s:o}", "type", "vhost request", "host",
				text(vhost->wanted), "at", moment(vhost->wanted_at)));
}

static void
export_choices(const Export *export)
{
	const Account *account = export->account;

	for (AccountSetting setting = 0; setting < ACCOUNT_SETTINGS; setting++) {
		g_autofree char *word = account_setting_text(account, setting);

		add_pair(
		    export, "setting", "name", account_setting_row(setting)->name, "value", word);
	}
	for (unsigned i = 0; i < property_list_length(account->properties); i++) {
		const Property *property = property_list_at(account->properties, i);

		add_pair(export, "property", "key", property->key, "value", property->value);
	}
	for (unsigned i = 0; i < silence_list_count(account->silences); i++) {
		const SilenceEntry *entry = silence_list_entry(account->silences, i);
		char letters[SILENCE_FLAGS_SIZE];

		silence_flags_text(entry->flags, letters);
		add_pair(export, "silence", "mask", entry->mask, "flags", letters);
	}
	for (unsigned i = 0; i < name_list_count(account->accepts); i++)
		add(export, json_pack("{s:s, s:o}", "type", "accept", "name",
				text(name_list_name(account->accepts, i))));
}

/* "nick!user@host" of one of its nicks, or its name. */
static bool
is_by(const Account *account, const char *setter)
{
	g_autofree char *nick = setter ? g_strndup(setter, strcspn(setter, "!")) : NULL;

	return nick && account_owns_nick(account, nick);
}

static void
export_access(const Export *export, const Channel *channel)
{
	g_autofree char *own = g_strdup_printf("~a:%s", export->account->name);

	for (AccessLevel level = ACCESS_VOICE; level < ACCESS_LEVELS; level++) {
		const AccessLevelRow *row = access_level_row(level);
		const MaskList *list = &channel->lists[row->list];

		for (unsigned i = 0; i < list->n_entries; i++)
			if (casemap_equal(list->entries[i].mask, own))
				add_pair(
				    export, "access", "channel", channel->name, "level", row->name);
	}
	for (unsigned kind = 0; kind < CHANNEL_LISTS; kind++) {
		const MaskList *list = &channel->lists[kind];
		const char letter[] = {channel_list_letter(kind), '\0'};

		for (unsigned i = 0; i < list->n_entries; i++)
			if (is_by(export->account, list->entries[i].set_by))
				add(export, json_pack("{s:s, s:o, s:s, s:o, s:o}", "type",
						"list entry", "channel", text(channel->name),
						"list", letter, "mask", text(list->entries[i].mask),
						"set_at", moment(list->entries[i].set_at)));
	}
}

static void
export_channel(const Export *export, const Channel *channel)
{
	const Account *account = export->account;

	if (channel_is_founder(channel, account->name))
		add_pair(export, "channel", "channel", channel->name, "role", "founder");
	if (casemap_equal(channel_setting(channel, CHANNEL_SETTING_SUCCESSOR), account->name))
		add_pair(export, "channel", "channel", channel->name, "role", "successor");
	if (channel->topic && is_by(account, channel->topic_by))
		add_pair(export, "topic", "channel", channel->name, "text", channel->topic);
	export_access(export, channel);
}

static void
export_marker(void *data, const char *target, int64_t time)
{
	add(data, json_pack("{s:s, s:o, s:o}", "type", "read marker", "target", text(target),
		      "time", moment(time)));
}

static void
export_markers(const Export *export)
{
	g_autofree char *party = party_of_account(export->account);

	read_markers_each(export->community->read_markers, party, export_marker, (gpointer) export);
}

static void
export_users(const Export *export)
{
	const Account *account = export->account;

	for (guint i = 0; i < account->users->len; i++) {
		const User *user = account->users->pdata[i];
		json_t *channels = json_array();

		for (uint32_t seat = 0; seat < user->n_seats; seat++)
			json_array_append_new(channels, text(user->seats[seat]->channel->name));
		add(export, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "type", "user",
				"nick", text(user->nick), "username", text(user->username),
				"real_name", text(user->real_name), "host", text(user->host),
				"address", text(user->address), "connected_at",
				moment(user->connected_at), "channels", channels));
	}
}

static void
export_whowas(const Export *export)
{
	const void *cursor = NULL;
	const WhowasEntry *entry;

	while ((entry = whowas_next(export->community->whowas, &cursor))) {
		if (entry->account_id != export->account->id)
			continue;
		add(export,
		    json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o}", "type", "whowas",
			"nick", text(entry->nick), "username", text(entry->username), "real_name",
			text(entry->real_name), "host", text(entry->host), "address",
			text(entry->address), "event", entry->event, "connected_at",
			moment(entry->connected_at), "left_at", moment(entry->left_at)));
	}
}

/* A kind of what is kept each; channels follow. */
static void (*const parts[])(const Export *) = {
    export_account,
    export_names,
    export_vhost,
    export_choices,
    export_markers,
    export_users,
    export_whowas,
};

bool
account_export_slice(AccountExport *walk, const Community *community, const Account *account)
{
	bool begins = walk->list == NULL;
	Export export = {community, account, walk->list};

	if (begins) {
		export.list = walk->list = json_array();
		for (unsigned i = 0; i < G_N_ELEMENTS(parts); i++)
			parts[i](&export);
	}
	for (unsigned i = 0; i < ACCOUNT_EXPORT_SLICE; i++) {
		const Channel *channel =
		    directory_next_channel(community->directory, &walk->cursor);

		if (!channel)
			return false;
		export_channel(&export, channel);
	}
	return true;
}

json_t *
account_export(const Community *community, const Account *account)
{
	AccountExport walk = {0};

	while (account_export_slice(&walk, community, account))
		continue;
	return walk.list;
}

HistoryQuestion *
account_export_question(const Account *account, int64_t after, unsigned limit, size_t bytes_max)
{
	HistoryQuestion *question = history_question_new(HISTORY_ASK_OWNED);

	question->owner = account->id;
	question->after = after;
	question->query.limit = limit;
	question->query.bytes_max = bytes_max;
	return question;
}

json_t *
account_export_row(const HistoryRow *row)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "type",
	    row->said == HISTORY_SAID ? "message" : "event", "msgid", text(row->msgid), "time",
	    moment(row->time), "kind", text(row->kind), "verb", text(row->verb), "source",
	    text(row->source), "target", text(row->channel ? row->channel : row->printed), "whom",
	    text(row->whom), "text", text(row->text), "tags", text(row->tags));
}

int64_t
account_export_next(const HistoryAnswer *answer)
{
	const GPtrArray *rows = answer->rows;

	return rows->len > 0 ? ((const HistoryRow *)rows->pdata[rows->len - 1])->id : 0;
}

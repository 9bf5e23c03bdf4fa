/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "domain/channel.h"
#include "domain/session.h"
#include "proto/modes.h"
#include "proto/numerics.h"

/* What clients that ask for a version are told: the release whose methods these are, then us. */
#define COMPATIBLE_SOFTWARE "UnrealIRCd-6.1.8-chatd-" CHAT_VERSION
#define COMPATIBLE_PROTOCOL 6100
#define SERVER_ID "001"

static void
set_text(json_t *object, const char *key, const char *text)
{
	json_object_set_new(object, key, json_text(text));
}

static const char *
rank_letters(uint64_t ranks, char letters[static MODES + 1])
{
	mode_letters(MODE_ON_CHANNEL, ranks, letters);
	return letters;
}

static json_t *
user_channels(const User *user)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < user->n_seats; i++) {
		json_t *seat = json_object();
		char letters[MODES + 1];

		set_text(seat, "name", user->seats[i]->channel->name);
		if (user->seats[i]->ranks)
			set_text(seat, "level", rank_letters(user->seats[i]->ranks, letters));
		json_array_append_new(list, seat);
	}
	return list;
}

static json_t *
user_part(const Control *control, const User *user, unsigned level)
{
	json_t *part = json_object();
	json_t *groups = json_array();
	char letters[MODES + 1];

	set_text(part, "username", user->username);
	set_text(part, "realname", user->real_name);
	set_text(part, "servername", control->setup.community->server_name);
	if (user->account)
		set_text(part, "account", user->account);
	/* Nobody has a reputation here, as on a server without that module. */
	json_object_set_new(part, "reputation", json_integer(0));
	json_array_append_new(groups, json_string(user->account ? "known-users" : "unknown-users"));
	json_object_set_new(part, "security-groups", groups);
	if (user->away) {
		set_text(part, "away_reason", user->away);
		json_object_set_new(part, "away_since", json_time(user->away_since));
	}
	mode_letters(MODE_ON_USER, user->modes, letters);
	set_text(part, "modes", letters);
	if (user->operator_name)
		set_text(part, "operlogin", user->operator_name);
	if (level >= 4)
		json_object_set_new(part, "channels", user_channels(user));
	return part;
}

static void
add_connection(json_t *object, const Control *control, const User *user)
{
	const ControlSetup *setup = &control->setup;
	const Session *session = user_first_session(user);
	int64_t idle = clock_monotonic(setup->clock) - user->spoke_at;
	json_t *tls;

	if (session) {
		json_object_set_new(object, "server_port", json_integer(session->peer.local_port));
		json_object_set_new(object, "client_port", json_integer(session->peer.peer_port));
	}
	json_object_set_new(object, "connected_since", json_time(user->connected_at));
	json_object_set_new(object, "idle_since", json_time(clock_wall(setup->clock) - idle));
	if (!session || !user_has_tls(user))
		return;
	tls = json_object();
	if (session->peer.certificate_fingerprint && session->peer.certificate_fingerprint[0])
		set_text(tls, "certfp", session->peer.certificate_fingerprint);
	set_text(tls, "cipher", session->peer.tls_cipher);
	json_object_set_new(object, "tls", tls);
}

/* Keys of level 0 and 1 into an object that may have some already. */
static void
add_identity(json_t *object, const User *user, unsigned level)
{
	char id[USER_ID_SIZE];

	user_id_text(user, id);
	set_text(object, "name", user->nick);
	set_text(object, "id", id);
	if (level < 1)
		return;
	set_text(object, "hostname", user->host);
	set_text(object, "ip", user->address);
	set_text(object, "details", user->prefix);
}

static void
fill_user(json_t *object, const Control *control, const User *user, unsigned level)
{
	add_identity(object, user, level);
	if (level < 2)
		return;
	add_connection(object, control, user);
	json_object_set_new(object, "user", user_part(control, user, level));
}

json_t *
object_user(const Control *control, const User *user, unsigned level)
{
	json_t *object = json_object();

	fill_user(object, control, user, level);
	return object;
}

json_t *
object_clients(const User *user)
{
	json_t *list = json_array();

	for (const Session *session = user->sessions; session; session = session->next) {
		const SessionPeer *peer = &session->peer;
		const char *certificate = peer->certificate_fingerprint;

		json_array_append_new(list,
		    json_pack("{s:o,s:o,s:b,s:o,s:o,s:o,s:o,s:o}", "ip", json_text(peer->address),
			"gateway", json_text(peer->gateway), "tls", (int)peer->tls, "tls_version",
			json_text(peer->tls ? peer->tls_version : NULL), "cipher",
			json_text(peer->tls ? peer->tls_cipher : NULL), "certfp",
			json_text(certificate && *certificate ? certificate : NULL), "device",
			json_text(session->device), "connected_since",
			json_time(session->opened_at)));
	}
	return list;
}

static json_t *
channel_entries(const MaskList *list)
{
	json_t *entries = json_array();

	for (unsigned i = 0; i < list->n_entries; i++) {
		json_t *entry = json_object();

		set_text(entry, "name", list->entries[i].mask);
		set_text(entry, "set_by", list->entries[i].set_by);
		json_object_set_new(entry, "set_at", json_time(list->entries[i].set_at));
		json_array_append_new(entries, entry);
	}
	return entries;
}

json_t *
object_member(const Control *control, const Member *member, unsigned level)
{
	json_t *object = json_object();
	char letters[MODES + 1];

	if (member->ranks)
		set_text(object, "level", rank_letters(member->ranks, letters));
	fill_user(object, control, member->user, level);
	return object;
}

static json_t *
channel_members(const Control *control, const Channel *channel, unsigned level)
{
	json_t *members = json_array();

	for (uint32_t i = 0; i < channel->n_members; i++)
		json_array_append_new(members, object_member(control, channel->members[i], level));
	return members;
}

json_t *
object_channel(const Control *control, const Channel *channel, unsigned level, bool with_key)
{
	json_t *object = json_object();
	g_autofree char *modes = NULL;

	set_text(object, "name", channel->name);
	if (level >= 1) {
		json_object_set_new(object, "creation_time", json_time(channel->created_at));
		json_object_set_new(object, "num_users", json_integer(channel->n_members));
		if (channel->topic) {
			set_text(object, "topic", channel->topic);
			set_text(object, "topic_set_by", channel->topic_by);
			json_object_set_new(object, "topic_set_at", json_time(channel->topic_at));
		}
		modes = channel_modes_text(channel, with_key);
		set_text(object, "modes", modes);
	}
	if (level >= 2) {
		json_object_set_new(object, "bans", channel_entries(&channel->lists[CHANNEL_BANS]));
		json_object_set_new(
		    object, "ban_exemptions", channel_entries(&channel->lists[CHANNEL_EXCEPTS]));
		json_object_set_new(object, "invite_exceptions",
		    channel_entries(&channel->lists[CHANNEL_INVITE_EXCEPTS]));
	}
	if (level >= 3)
		json_object_set_new(
		    object, "members", channel_members(control, channel, level - 3));
	return object;
}

static json_t *
server_features(void)
{
	json_t *features = json_object();
	json_t *groups = json_array();
	json_t *modules = json_array();
	char letters[MODES + 1];

	set_text(features, "software", COMPATIBLE_SOFTWARE);
	json_object_set_new(features, "protocol", json_integer(COMPATIBLE_PROTOCOL));
	mode_letters(MODE_ON_USER, mode_bits(MODE_ON_USER, MODE_KIND_FLAG), letters);
	set_text(features, "usermodes", letters);
	for (unsigned i = 0; i < MODE_GROUPS; i++) {
		mode_letters(MODE_ON_CHANNEL, mode_group_bits(i), letters);
		json_array_append_new(groups, json_string(letters));
	}
	json_object_set_new(features, "chanmodes", groups);
	object_modules_each(modules, false);
	json_object_set_new(features, "rpc_modules", modules);
	return features;
}

json_t *
object_server(const Control *control)
{
	const Community *community = control->setup.community;
	json_t *object = json_object();
	json_t *server = json_object();

	set_text(object, "name", community->server_name);
	set_text(object, "id", SERVER_ID);
	set_text(object, "hostname", community->server_name);
	json_object_set_new(object, "ip", json_null());
	set_text(object, "details", community->server_name);
	json_object_set_new(object, "connected_since", json_time(community->started_at));
	json_object_set_new(object, "idle_since", json_time(community->started_at));
	set_text(server, "info", community->settings->service->description);
	json_object_set_new(
	    server, "num_users", json_integer(directory_users(community->directory)));
	json_object_set_new(server, "boot_time", json_time(community->started_at));
	json_object_set_new(server, "synced", json_true());
	json_object_set_new(server, "features", server_features());
	json_object_set_new(object, "server", server);
	return object;
}

json_t *
object_caller(const Control *control, const char *who)
{
	const Community *community = control->setup.community;
	json_t *object = json_object();

	set_text(object, "name", who);
	set_text(object, "id", SERVER_ID);
	set_text(object, "hostname", community->server_name);
	json_object_set_new(object, "ip", json_null());
	set_text(object, "details", who);
	return object;
}

json_t *
object_whowas(const Control *control, const WhowasEntry *entry, unsigned level)
{
	json_t *object = json_object();
	json_t *user;

	set_text(object, "name", entry->nick);
	set_text(object, "event", entry->event);
	json_object_set_new(object, "logon_time", json_time(entry->connected_at));
	json_object_set_new(object, "logoff_time", json_time(entry->left_at));
	if (level >= 1) {
		g_autofree char *details =
		    g_strdup_printf("%s!%s@%s", entry->nick, entry->username, entry->host);

		set_text(object, "hostname", entry->host);
		set_text(object, "ip", entry->address);
		set_text(object, "details", details);
	}
	if (level < 2)
		return object;
	json_object_set_new(object, "connected_since", json_time(entry->connected_at));
	user = json_object();
	set_text(user, "username", entry->username);
	set_text(user, "realname", entry->real_name);
	set_text(user, "servername", control->setup.community->server_name);
	if (entry->account)
		set_text(user, "account", entry->account);
	json_object_set_new(object, "user", user);
	return object;
}

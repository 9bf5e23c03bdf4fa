/* SPDX-License-Identifier: MIT */
#include "domain/community.h"

#include "domain/channel.h"
#include "domain/former_names.h"
#include "domain/read_markers.h"
#include "domain/session.h"
#include "domain/user.h"
#include "proto/cidr.h"
#include "proto/cloak.h"
#include "proto/isupport.h"
#include "proto/names.h"

#include <string.h>

#define SESSIONS_MAX (1u << 24)
#define HOST_MAX 63 /* bytes: an IP address always fits */

/* ":server 005 nick " + tokens + " :are supported by this server\r\n" */
static unsigned
isupport_overhead(const Community *community)
{
	return (unsigned)strlen(community->server_name) + community->settings->limits->nick + 42;
}

static char **
isupport_tokens(const Community *community)
{
	const SettingsLimits *limits = community->settings->limits;
	const SettingsCommunity *own = settings_community(community->settings);
	IsupportLimits values = {
	    .network = community->network,
	    .account_required = community->settings->accounts->required,
	    .nick = limits->nick,
	    .channel = limits->channel,
	    .topic = limits->topic,
	    .away = limits->away,
	    .kick = limits->kick,
	    .user = limits->user,
	    .host = HOST_MAX,
	    .name = limits->real_name,
	    .key = NAME_KEY_MAX,
	    .user_channels = limits->user_channels,
	    .list_entries = limits->list_entries,
	    .targets = limits->targets,
	    .modes = limits->modes,
	    .list_delay = (unsigned)(limits->list_delay / G_USEC_PER_SEC),
	    .silences = limits->silence_entries,
	    .accepts = limits->accept_entries,
	    .monitor = limits->monitor,
	    .history = community->has_history ? community->settings->history->request : 0,
	    .icon = own->icon,
	    .filehost = own->filehost,
	    .client_tags_denied = (const char *const *)limits->client_tags_denied,
	};
	GPtrArray *lines = isupport_lines(&values, isupport_overhead(community));

	g_ptr_array_set_free_func(lines, NULL);
	g_ptr_array_add(lines, NULL);
	return (char **)g_ptr_array_free(lines, FALSE);
}

Community *
community_new(const Settings *settings, Timers *timers, int64_t now)
{
	Community *community = g_new0(Community, 1);

	community->server_name = g_strdup(settings->service->name);
	community->network = g_strdup(settings_community(settings)->network);
	community->directory = directory_new();
	community->accounts = accounts_new();
	community->operator_steps = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	community->logins = throttle_new();
	community->registrations = throttle_new();
	community->properties = throttle_new();
	community->whowas = whowas_new(settings->limits->whowas_entries);
	community->monitor = monitor_new();
	community->read_markers = read_markers_new();
	community->former_names = former_names_new();
	community->sessions = slots_new(SESSIONS_MAX);
	community->addresses = tally_new();
	community->jobs = tally_new();
	community->notice_readers = g_ptr_array_new();
	community->timers = timers;
	community->started_at = now;
	mode_alphabet(&community->modes);
	community_set_settings(community, settings, g_new0(char *, 1));
	community_set_texts(community, g_new0(char *, 1), g_new0(char *, 1));
	return community;
}

static void
free_sessions(Community *community)
{
	uint32_t cursor = 0;
	Session *session;

	while ((session = slots_next(community->sessions, &cursor))) {
		timers_cancel(community->timers, &session->deadline);
		monitor_clear(community->monitor, session);
		session_free(session);
	}
}

static void
free_users_and_channels(Community *community)
{
	uint32_t cursor = 0;
	Channel *channel;
	User *user;

	while ((channel = directory_next_channel(community->directory, &cursor))) {
		directory_remove_channel(community->directory, channel);
		channel_free(channel);
	}
	cursor = 0;
	while ((user = directory_next_user(community->directory, &cursor))) {
		directory_remove_user(community->directory, user);
		user_free(user);
	}
}

void
community_free(Community *community)
{
	if (!community)
		return;
	free_users_and_channels(community);
	free_sessions(community);
	g_ptr_array_unref(community->notice_readers);
	slots_free(community->sessions);
	directory_free(community->directory);
	accounts_free(community->accounts);
	g_hash_table_unref(community->operator_steps);
	throttle_free(community->logins);
	throttle_free(community->registrations);
	throttle_free(community->properties);
	whowas_free(community->whowas);
	monitor_free(community->monitor);
	read_markers_free(community->read_markers);
	former_names_free(community->former_names);
	tally_free(community->addresses);
	tally_free(community->jobs);
	if (community->cloak_key)
		explicit_bzero(community->cloak_key, CLOAK_KEY_SIZE);
	g_free(community->cloak_key);
	g_strfreev(community->motd);
	g_strfreev(community->rules);
	g_strfreev(community->operator_motd);
	g_strfreev(community->isupport);
	g_free((char *)community->server_name);
	g_free((char *)community->network);
	g_free(community);
}

void
community_set_settings(Community *community, const Settings *settings, char **motd)
{
	community->settings = settings;
	g_strfreev(community->motd);
	community->motd = motd;
	g_strfreev(community->isupport);
	community->isupport = isupport_tokens(community);
	whowas_set_most(community->whowas, settings->limits->whowas_entries);
}

void
community_set_texts(Community *community, char **rules, char **operator_motd)
{
	g_strfreev(community->rules);
	g_strfreev(community->operator_motd);
	community->rules = rules;
	community->operator_motd = operator_motd;
}

GPtrArray *
community_isupport_changes(const Community *community, char *const *before)
{
	return isupport_changes(before, community->isupport, isupport_overhead(community));
}

unsigned
community_count_address(Community *community, const char *address, int change)
{
	g_autofree char *network = cidr_network_text(address);

	return tally_count(community->addresses, network, change);
}

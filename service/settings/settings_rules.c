/* SPDX-License-Identifier: MIT */
#include "settings/settings_build.h"

#include "settings/cipher_list.h"

#include "proto/cidr.h"
#include "proto/client_tags.h"
#include "proto/fingerprint.h"

#include <string.h>

#define HOST_MAX 253u   /* bytes of a host name */
#define GUEST_DIGITS 5u /* behind guest_nick (act/nick_guard.c) */
#define DENIED_MAX 200u /* bytes of CLIENTTAGDENY: a line of 005 holds it */

/* Do two addresses of one family exclude each other on one port? An address of all zeros takes the
 * port from every other of its family. */
static bool
addresses_clash(const char *a, const char *b)
{
	Cidr left;
	Cidr right;
	if (!cidr_parse(a, &left) || !cidr_parse(b, &right) || left.family != right.family)
		return false;
	static const uint8_t any[sizeof left.bytes];
	return memcmp(left.bytes, right.bytes, sizeof any) == 0 ||
	       memcmp(left.bytes, any, sizeof any) == 0 ||
	       memcmp(right.bytes, any, sizeof any) == 0;
}

/* "chatd.conf line 7", for an error elsewhere. */
static char *
place_text(const SettingsOrigin *origin)
{
	return origin->file ? g_strdup_printf("%s line %u", origin->file, origin->line)
			    : g_strdup("the defaults");
}

static void
check_listener(const SettingsBuild *build, const SettingsListener *listener)
{
	const char *name = listener->origin.name;
	bool is_unix = *listener->path != '\0';
	if (listener->kind == LISTENER_CONTROL && !is_unix)
		settings_build_error(build, "listener", name, "kind",
		    "a control listener needs a path; allowed are Unix sockets only");
	if (is_unix && listener->tls)
		settings_build_error(build, "listener", name, "tls",
		    "a Unix socket has no TLS; allowed is no, or no path");
	g_autofree char *title = settings_section_title("listener", name);
	static const char *const inet_keys[] = {"address", "port"};
	for (unsigned i = 0; is_unix && i < G_N_ELEMENTS(inet_keys); i++)
		if (settings_build_place(build, title, inet_keys[i]))
			settings_build_error(build, "listener", name, inet_keys[i],
			    "not together with path; allowed is either a path or an address and "
			    "port");
	if (listener->websocket && listener->kind == LISTENER_CONTROL)
		settings_build_error(build, "listener", name, "websocket",
		    "a control listener speaks no WebSocket; allowed is no");
	if (listener->origins[0] && !listener->websocket)
		settings_build_error(build, "listener", name, "origins",
		    "without websocket = yes it is not used; allowed with WebSocket only");
	bool certificate = *listener->certificate != '\0';
	bool key = *listener->key != '\0';
	if (certificate != key)
		settings_build_error(build, "listener", name, certificate ? "certificate" : "key",
		    "%s is missing; allowed are both or neither",
		    certificate ? "key" : "certificate");
	if ((certificate || key) && !listener->tls)
		settings_build_error(build, "listener", name, certificate ? "certificate" : "key",
		    "without tls = yes it is not used; allowed with TLS only");
}

static void
check_listener_pair(
    const SettingsBuild *build, const SettingsListener *first, const SettingsListener *second)
{
	bool first_unix = *first->path != '\0';
	bool second_unix = *second->path != '\0';
	g_autofree char *place = place_text(&first->origin);
	if (first_unix && second_unix && strcmp(first->path, second->path) == 0)
		settings_build_error(build, "listener", second->origin.name, "path",
		    "[listener %s] in %s has this path already; allowed is once",
		    first->origin.name, place);
	if (!first_unix && !second_unix && first->kind == LISTENER_CLIENT &&
	    second->kind == LISTENER_CLIENT && first->port == second->port &&
	    addresses_clash(first->address, second->address))
		settings_build_error(build, "listener", second->origin.name, "port",
		    "[listener %s] in %s listens on %s port %u already; allowed is each address "
		    "and port once",
		    first->origin.name, place, first->address, first->port);
}

static void
check_listeners(const SettingsBuild *build)
{
	const GPtrArray *listeners = build->settings->listeners;
	for (unsigned i = 0; i < listeners->len; i++) {
		check_listener(build, g_ptr_array_index(listeners, i));
		for (unsigned k = 0; k < i; k++)
			check_listener_pair(build, g_ptr_array_index(listeners, k),
			    g_ptr_array_index(listeners, i));
	}
}

/* What 005 shows must be one word of ASCII. */
static void
check_url(const SettingsBuild *build, const SettingsCommunity *community, const char *key,
    const char *url)
{
	bool is_word = g_str_is_ascii(url) && !strchr(url, ' ');
	bool is_web = g_str_has_prefix(url, "https://") || g_str_has_prefix(url, "http://");
	if (*url != '\0' && !(is_word && is_web))
		settings_build_error(build, "community", community->origin.name, key,
		    "no URL; allowed is one that begins with https:// or http://");
}

static bool
any_gateway_tells(const Settings *settings, unsigned how)
{
	for (unsigned i = 0; i < settings->gateways->len; i++) {
		const SettingsGateway *gateway = g_ptr_array_index(settings->gateways, i);
		if (gateway->tells & how)
			return true;
	}
	return false;
}

static void
check_proxies(const SettingsBuild *build)
{
	for (unsigned i = 0; i < build->settings->listeners->len; i++) {
		const SettingsListener *listener = g_ptr_array_index(build->settings->listeners, i);
		if (!listener->proxy)
			continue;
		if (listener->kind == LISTENER_CONTROL)
			settings_build_error(build, "listener", listener->origin.name, "proxy",
			    "a control listener has no proxy; allowed is no");
		else if (*listener->path == '\0' &&
			 !any_gateway_tells(build->settings, GATEWAY_PROXY))
			settings_build_error(build, "listener", listener->origin.name, "proxy",
			    "nobody would be believed; needed is a [gateway NAME] that tells "
			    "proxy");
	}
}

static void
check_fingerprints(
    const SettingsBuild *build, const char *section, const char *name, char *const *fingerprints)
{
	for (unsigned i = 0; fingerprints[i]; i++)
		if (!fingerprint_is_valid(fingerprints[i]))
			settings_build_error(build, section, name, "certificates",
			    "%s is no SHA-256 fingerprint; allowed are 64 hexadecimal digits",
			    fingerprints[i]);
}

static void
check_ranges(const SettingsBuild *build, const char *section, const char *key, char *const *words)
{
	Cidr range;
	for (; *words; words++)
		if (strcmp(*words, "localhost") != 0 && !cidr_parse(*words, &range))
			settings_build_error(build, section, NULL, key,
			    "%s is neither an address nor a range; allowed are both, and localhost "
			    "for Unix sockets",
			    *words);
}

static void
check_gateway(const SettingsBuild *build, const SettingsGateway *gateway)
{
	const char *name = gateway->origin.name;
	bool password = *gateway->password != '\0', file = *gateway->password_file != '\0';
	g_autofree char *title = settings_section_title("gateway", name);
	bool written = settings_build_place(build, title, "password") != NULL;
	Cidr range;
	for (unsigned i = 0; gateway->from[i]; i++)
		if (!cidr_parse(gateway->from[i], &range))
			settings_build_error(build, "gateway", name, "from",
			    "%s is neither an address nor a range; allowed are both",
			    gateway->from[i]);
	check_fingerprints(build, "gateway", name, gateway->certificates);
	if (!gateway->from[0] && (gateway->tells & (GATEWAY_PROXY | GATEWAY_FORWARDED)))
		settings_build_error(build, "gateway", name, "from",
		    "it is missing; proxy and forwarded are believed from known addresses only");
	if (password && file)
		settings_build_error(build, "gateway", name, "password_file",
		    "not together with password; allowed is one of them");
	if ((gateway->tells & GATEWAY_WEBIRC) && !password && !file && !written &&
	    !gateway->certificates[0])
		settings_build_error(build, "gateway", name, NULL,
		    "password, password_file or certificates is missing; webirc needs one of them");
}

static void
check_gateways(const SettingsBuild *build)
{
	for (unsigned i = 0; i < build->settings->gateways->len; i++)
		check_gateway(build, g_ptr_array_index(build->settings->gateways, i));
}

static void
check_communities(const SettingsBuild *build)
{
	for (unsigned i = 0; i < build->settings->communities->len; i++) {
		const SettingsCommunity *community =
		    g_ptr_array_index(build->settings->communities, i);
		if (*community->motd != '\0' && *community->motd_file != '\0')
			settings_build_error(build, "community", community->origin.name,
			    "motd_file", "not together with motd; allowed is one of them");
		if (*community->password != '\0' && *community->password_file != '\0')
			settings_build_error(build, "community", community->origin.name,
			    "password_file", "not together with password; allowed is one of them");
		check_url(build, community, "icon", community->icon);
		if (strspn(community->relay_separators, "/.%") !=
		    strlen(community->relay_separators))
			settings_build_error(build, "community", community->origin.name,
			    "relay_separators", "a nick could hold that; allowed are / . and %%");
		check_url(build, community, "filehost", community->filehost);
	}
}

static void
check_operators(const SettingsBuild *build)
{
	for (unsigned i = 0; i < build->settings->operators->len; i++) {
		const SettingsOperator *owner = g_ptr_array_index(build->settings->operators, i);
		bool password = *owner->password != '\0';
		bool file = *owner->password_file != '\0';
		/* A password that was refused has an error of its own. */
		g_autofree char *title = settings_section_title("operator", owner->origin.name);
		bool written = settings_build_place(build, title, "password") != NULL;
		if (password && file)
			settings_build_error(build, "operator", owner->origin.name, "password_file",
			    "not together with password; allowed is one of them");
		else if (!password && !file && !written && !owner->certificates[0])
			settings_build_error(build, "operator", owner->origin.name, NULL,
			    "password, password_file or certificates is missing; make a password "
			    "with chatd --hash-password");
		if (owner->automatic && !owner->certificates[0])
			settings_build_error(build, "operator", owner->origin.name, "automatic",
			    "without certificates nobody would be; allowed with certificates only");
		if (owner->automatic && *owner->totp_file != '\0')
			settings_build_error(build, "operator", owner->origin.name, "automatic",
			    "nobody would be asked for the code of totp_file; allowed is one of "
			    "them");
		check_fingerprints(build, "operator", owner->origin.name, owner->certificates);
	}
}

static void
check_roles(const SettingsBuild *build)
{
	for (unsigned i = 0; i < build->settings->roles->len; i++) {
		const SettingsRole *role = g_ptr_array_index(build->settings->roles, i);
		if (!role->groups[0] && !role->users[0])
			settings_build_error(build, "role", role->origin.name, NULL,
			    "nobody has this role; groups or users is needed");
	}
}

static void
check_reserved(const SettingsBuild *build)
{
	for (unsigned i = 0; i < build->settings->reserved->len; i++) {
		const SettingsReserved *reserved = g_ptr_array_index(build->settings->reserved, i);
		if (!reserved->nicks[0] && !reserved->channels[0])
			settings_build_error(build, "reserved", reserved->origin.name, NULL,
			    "nothing would be reserved; nicks or channels is needed");
		for (unsigned k = 0; reserved->channels[k]; k++)
			if (!strchr("#&*?", reserved->channels[k][0]))
				settings_build_error(build, "reserved", reserved->origin.name,
				    "channels",
				    "%s would match no channel; allowed are masks that begin with "
				    "#, &, * or ?",
				    reserved->channels[k]);
	}
}

static void
check_limits(const SettingsBuild *build)
{
	char **words = build->settings->limits->client_tags_denied;
	g_autofree char *joined = g_strjoinv(",", words);

	if (strlen(joined) > DENIED_MAX)
		settings_build_error(build, "limits", NULL, "client_tags_denied",
		    "too long for a token of 005; allowed are %u bytes together", DENIED_MAX);
	for (unsigned i = 0; words[i]; i++)
		if (!client_tag_word_is_valid(words[i], i == 0))
			settings_build_error(build, "limits", NULL, "client_tags_denied",
			    "\"%s\" is no tag; allowed are names without +, -NAME, and * in the "
			    "first place",
			    words[i]);
}

/* The default is cut to what fits (act/nick_guard.c). */
static void
check_accounts(const SettingsBuild *build)
{
	const char *guest = build->settings->accounts->guest_nick;
	unsigned longest = build->settings->limits->nick;

	if (settings_build_place(build, "accounts", "guest_nick") &&
	    strlen(guest) + GUEST_DIGITS > longest)
		settings_build_error(build, "accounts", NULL, "guest_nick",
		    "too long: guests have %u digits behind it, and [limits] nick is %u; allowed "
		    "are "
		    "%u bytes",
		    GUEST_DIGITS, longest, longest - GUEST_DIGITS);
}

/* "chat.example.org", "*.example.org". */
static bool
is_certificate_host(const char *host)
{
	const char *rest = g_str_has_prefix(host, "*.") ? host + 2 : host;
	const char *part = rest;

	if (strlen(host) > HOST_MAX || *rest == '\0')
		return false;
	for (; *rest; rest++) {
		if (*rest != '.' && *rest != '-' && !g_ascii_isalnum(*rest))
			return false;
		if (*rest == '.' && (rest == part || rest[1] == '\0'))
			return false;
		if (*rest == '.')
			part = rest + 1;
	}
	return true;
}

static void
check_certificate_hosts(
    const SettingsBuild *build, const SettingsCertificate *pair, GHashTable *owners)
{
	const char *name = pair->origin.name;

	for (char **host = pair->hosts; *host; host++) {
		char *folded = g_ascii_strdown(*host, -1);
		const SettingsCertificate *owner = g_hash_table_lookup(owners, folded);

		if (!is_certificate_host(*host))
			settings_build_error(build, "certificate", name, "hosts",
			    "\"%s\" is no host name; allowed are letters, digits, '-' and '.', at "
			    "most %u bytes, and *. in front",
			    *host, HOST_MAX);
		else if (owner)
			settings_build_error(build, "certificate", name, "hosts",
			    "%s is in [certificate %s] already; allowed is once", *host,
			    owner->origin.name);
		g_hash_table_replace(owners, folded, (void *)pair);
	}
}

static void
check_certificates(const SettingsBuild *build)
{
	const GPtrArray *pairs = build->settings->certificates;
	g_autoptr(GHashTable) owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (unsigned i = 0; i < pairs->len; i++) {
		const SettingsCertificate *pair = g_ptr_array_index(pairs, i);

		if (!pair->hosts[0] || *pair->certificate == '\0' || *pair->key == '\0')
			settings_build_error(build, "certificate", pair->origin.name, NULL,
			    "%s is missing; it needs hosts, certificate and key",
			    !pair->hosts[0]              ? "hosts"
			    : *pair->certificate == '\0' ? "certificate"
							 : "key");
		check_certificate_hosts(build, pair, owners);
	}
}

static void
check_tls(const SettingsBuild *build)
{
	const SettingsTls *tls = build->settings->tls;
	const struct {
		const char *key, *value;
		char *(*problem)(const char *);
	} lists[] = {{"ciphers", tls->ciphers, cipher_list_problem},
	    {"ciphersuites", tls->ciphersuites, ciphersuites_problem}};

	for (unsigned i = 0; i < G_N_ELEMENTS(lists); i++) {
		g_autofree char *problem =
		    *lists[i].value ? lists[i].problem(lists[i].value) : NULL;

		if (problem)
			settings_build_error(build, "tls", NULL, lists[i].key, "%s", problem);
	}
}

void
settings_check_rules(const SettingsBuild *build)
{
	check_communities(build);
	check_limits(build);
	check_accounts(build);
	check_listeners(build);
	check_ranges(
	    build, "limits", "connections_exempt", build->settings->limits->connections_exempt);
	check_ranges(
	    build, "accounts", "required_exempt", build->settings->accounts->required_exempt);
	check_tls(build);
	check_certificates(build);
	check_proxies(build);
	check_gateways(build);
	check_operators(build);
	check_reserved(build);
	check_roles(build);
}

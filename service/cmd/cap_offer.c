/* SPDX-License-Identifier: MIT */
#include "cmd/cap_offer.h"

#include "act/records.h"
#include "act/sasl.h"
#include "base/clock.h"
#include "proto/caps.h"

#include <inttypes.h>
#include <string.h>

/* False: not offered now. What is written becomes the value; nothing written: that of the row. */
typedef bool (*CapOffer)(const Ctx *ctx, CapKind kind, GString *value);

static bool
offer_history(const Ctx *ctx, CapKind kind, GString *value)
{
	return ctx->records && ctx->records->history;
}

static bool
offer_multiline(const Ctx *ctx, CapKind kind, GString *value)
{
	const SettingsLimits *limits = ctx->community->settings->limits;

	g_string_append_printf(
	    value, "max-bytes=%zu,max-lines=%u", limits->multiline_bytes, limits->multiline_lines);
	return true;
}

static bool
offer_metadata(const Ctx *ctx, CapKind kind, GString *value)
{
	const SettingsLimits *limits = ctx->community->settings->limits;

	g_string_append_printf(value, "before-connect,max-subs=%u,max-keys=%u,max-value-bytes=%zu",
	    limits->property_subscriptions, limits->properties, limits->property_bytes);
	return true;
}

/* Not without a mechanism; which there are is the value (sasl-3.2). */
static bool
offer_sasl(const Ctx *ctx, CapKind kind, GString *value)
{
	g_autofree char *mechanisms = sasl_mechanisms(ctx, kind != CAP_KIND_PLAIN);

	g_string_assign(value, mechanisms);
	return *mechanisms != '\0';
}

static bool
offer_account_registration(const Ctx *ctx, CapKind kind, GString *value)
{
	const SettingsAccounts *settings = ctx->community->settings->accounts;
	const struct {
		bool is_so;
		const char *key;
	} keys[] = {
	    {settings->before_connect, "before-connect"},
	    {settings->email_required, "email-required"},
	    {settings->custom_names, "custom-account-name"},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++)
		if (keys[i].is_so)
			g_string_append_printf(
			    value, "%s%s", value->len > 0 ? "," : "", keys[i].key);
	return settings->registration;
}

static bool
offer_relaymsg(const Ctx *ctx, CapKind kind, GString *value)
{
	g_string_append(value, settings_community(ctx->community->settings)->relay_separators);
	return value->len > 0;
}

/* Each kind of connection is told what concerns it (IRCv3 sts); there is always a value. */
static bool
offer_sts(const Ctx *ctx, CapKind kind, GString *value)
{
	const SettingsCommunity *settings =
	    g_ptr_array_index(ctx->community->settings->communities, 0);

	if (settings->sts_port == 0 || kind == CAP_KIND_TLS)
		return false;
	if (kind == CAP_KIND_TLS_STS)
		g_string_append_printf(value, "duration=%" PRId64 "%s",
		    settings->sts_duration / CLOCK_SECOND, settings->sts_preload ? ",preload" : "");
	else
		g_string_append_printf(value, "port=%u", settings->sts_port);
	return true;
}

/* By index; NULL: always, with the value of its row. */
static const CapOffer offers[CAPS] = {
    [CAP_METADATA_2_INDEX] = offer_metadata,
    [CAP_METADATA_3_INDEX] = offer_metadata,
    [CAP_CHATHISTORY_INDEX] = offer_history,
    [CAP_EVENT_PLAYBACK_INDEX] = offer_history,
    [CAP_RELAYMSG_INDEX] = offer_relaymsg,
    [CAP_MESSAGE_EDIT_INDEX] = offer_history,
    [CAP_MESSAGE_REDACTION_INDEX] = offer_history,
    [CAP_READ_MARKER_INDEX] = offer_history,
    [CAP_SEARCH_INDEX] = offer_history,
    [CAP_ZNC_PLAYBACK_INDEX] = offer_history,
    [CAP_MULTILINE_INDEX] = offer_multiline,
    [CAP_STS_INDEX] = offer_sts,
    [CAP_ACCOUNT_REGISTRATION_INDEX] = offer_account_registration,
    [CAP_SASL_INDEX] = offer_sasl,
};

static bool
is_offered(const Ctx *ctx, CapKind kind, unsigned index, GString *value)
{
	return !offers[index] || offers[index](ctx, kind, value);
}

static bool
host_is_among(const char *host, char *const *hosts)
{
	for (; *hosts; hosts++) {
		g_autofree char *pattern = g_ascii_strdown(*hosts, -1);
		const char *parent = strchr(host, '.');

		/* "*.example.org" stands for one label in front, as in certificates. */
		if (strcmp(pattern, host) == 0 ||
		    (g_str_has_prefix(pattern, "*.") && parent && strcmp(parent, pattern + 1) == 0))
			return true;
	}
	return false;
}

/* What a gateway's client asked the gateway for is not known. */
CapKind
cap_kind(const SessionPeer *peer, char *const *sts_hosts)
{
	if (!peer->tls)
		return CAP_KIND_PLAIN;
	if (!*sts_hosts)
		return peer->tls_host || peer->gateway ? CAP_KIND_TLS_STS : CAP_KIND_TLS;
	return peer->tls_host && host_is_among(peer->tls_host, sts_hosts) ? CAP_KIND_TLS_STS
									  : CAP_KIND_TLS;
}

static CapKind
own_kind(const Ctx *ctx)
{
	return cap_kind(
	    &ctx->actor.session->peer, settings_community(ctx->community->settings)->sts_hosts);
}

uint64_t
caps_offered(const Ctx *ctx)
{
	g_autoptr(GString) value = g_string_new(NULL);
	CapKind kind = own_kind(ctx);
	uint64_t caps = 0;

	for (unsigned i = 0; i < CAPS; i++) {
		g_string_truncate(value, 0);
		if (is_offered(ctx, kind, i, value))
			caps |= UINT64_C(1) << i;
	}
	return caps;
}

char *
cap_offer_to_kind(const Ctx *ctx, CapKind kind, unsigned index)
{
	g_autoptr(GString) value = g_string_new(NULL);
	const CapRow *row = cap_row(index);
	const char *shown = row->value;

	if (!is_offered(ctx, kind, index, value))
		return NULL;
	if (value->len > 0)
		shown = value->str;
	return shown ? g_strdup_printf("%s=%s", row->name, shown) : g_strdup(row->name);
}

char *
cap_offer_word(const Ctx *ctx, unsigned index, bool values)
{
	char *word = values ? cap_offer_to_kind(ctx, own_kind(ctx), index) : NULL;

	return word ? word : g_strdup(cap_row(index)->name);
}

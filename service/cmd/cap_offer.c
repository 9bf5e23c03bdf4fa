/* SPDX-License-Identifier: MIT */
#include "cmd/cap_offer.h"

#include "proto/caps.h"

/* False: not offered now. What is written becomes the value; nothing written: that of the row. */
typedef bool (*CapOffer)(const Ctx *ctx, GString *value);

static bool
offer_multiline(const Ctx *ctx, GString *value)
{
	const SettingsLimits *limits = ctx->community->settings->limits;

	g_string_append_printf(
	    value, "max-bytes=%zu,max-lines=%u", limits->multiline_bytes, limits->multiline_lines);
	return true;
}

static bool
offer_metadata(const Ctx *ctx, GString *value)
{
	const SettingsLimits *limits = ctx->community->settings->limits;

	g_string_append_printf(value, "before-connect,max-subs=%u,max-keys=%u,max-value-bytes=%zu",
	    limits->property_subscriptions, limits->properties, limits->property_bytes);
	return true;
}

/* By index; NULL: always, with the value of its row. */
static const CapOffer offers[CAPS] = {
    [CAP_METADATA_2_INDEX] = offer_metadata,
    [CAP_METADATA_3_INDEX] = offer_metadata,
    [CAP_MULTILINE_INDEX] = offer_multiline,
};

static bool
is_offered(const Ctx *ctx, unsigned index, GString *value)
{
	return !offers[index] || offers[index](ctx, value);
}

uint64_t
caps_offered(const Ctx *ctx)
{
	g_autoptr(GString) value = g_string_new(NULL);
	uint64_t caps = 0;

	for (unsigned i = 0; i < CAPS; i++)
		if (is_offered(ctx, i, value))
			caps |= UINT64_C(1) << i;
	return caps;
}

char *
cap_offer_word(const Ctx *ctx, unsigned index, bool values)
{
	g_autoptr(GString) value = g_string_new(NULL);
	const CapRow *row = cap_row(index);
	const char *shown = row->value;

	is_offered(ctx, index, value);
	if (value->len > 0)
		shown = value->str;
	return values && shown ? g_strdup_printf("%s=%s", row->name, shown) : g_strdup(row->name);
}

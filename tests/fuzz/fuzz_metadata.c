/* SPDX-License-Identifier: MIT */
/* METADATA of two users in one channel: whatever they say, the limits hold, and what they are told
 * is UTF-8. */
#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "domain/property_list.h"
#include "proto/caps.h"
#include "proto/properties.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
say(ActFixture *fixture, Session *session, const char *text, size_t length)
{
	g_autoptr(GString) line = g_string_new("METADATA ");
	MessageStatus status;
	Message message;
	Reply reply;
	Ctx ctx;

	g_string_append_len(line, text, (gssize)length);
	status = message_parse(line->str, line->len, &message);
	fixture_begin(fixture, session, &ctx, &reply);
	if (cmd_dispatch(&ctx, &message, status) == OUTCOME_PENDING)
		reply_abandon(&reply);
	else
		fixture_end(fixture, &ctx);
}

static void
check_list(const PropertyList *list, unsigned most, size_t most_bytes)
{
	g_assert(property_list_length(list) <= most);
	for (unsigned i = 0; i < property_list_length(list); i++) {
		const Property *property = property_list_at(list, i);

		g_assert(property_key_is_valid(property->key));
		g_assert(strlen(property->value) <= most_bytes);
		g_assert(i == 0 || strcmp(property_list_at(list, i - 1)->key, property->key) < 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	const SettingsLimits *limits;
	ActFixture fixture;
	Session *clients[2];

	fixture_init(&fixture);
	limits = fixture.community->settings->limits;
	clients[0] = fixture_user(&fixture, "a");
	clients[1] = fixture_user(&fixture, "b");
	clients[0]->caps = CAP_METADATA_2 | CAP_BATCH | CAP_STANDARD_REPLIES;
	clients[1]->caps = CAP_METADATA_3 | CAP_BATCH;
	for (unsigned turn = 0; at < end; turn++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop ? stop : end) - at);

		say(&fixture, clients[turn % G_N_ELEMENTS(clients)], at, length);
		at += length + 1;
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(clients); i++) {
		g_autofree char *got = fixture_read(&fixture, clients[i]);

		g_assert_true(g_utf8_validate(got, -1, NULL));
		check_list(
		    clients[i]->user->properties, limits->properties, limits->property_bytes);
		check_list(clients[i]->subscriptions, limits->property_subscriptions, 0);
	}
	fixture_clear(&fixture);
	return 0;
}

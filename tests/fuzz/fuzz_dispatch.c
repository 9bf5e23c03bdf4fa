/* SPDX-License-Identifier: MIT */
#include "act_fixture.h"
#include "cmd/dispatch.h"
#include "proto/caps.h"

#include <string.h>

#define CAPS_ALL ((UINT64_C(1) << CAPS) - 1)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
say(ActFixture *fixture, Session *session, const char *bytes, size_t length)
{
	g_autofree char *line = g_malloc(length + 1);
	MessageStatus status;
	Message message;
	Reply reply;
	Ctx ctx;

	if (session->stage == SESSION_CLOSING || session->pending)
		return;
	memcpy(line, bytes, length);
	status = message_parse(line, length, &message);
	fixture_begin(fixture, session, &ctx, &reply);
	if (cmd_dispatch(&ctx, &message, status) == OUTCOME_PENDING)
		reply_abandon(&reply);
	else
		fixture_end(fixture, &ctx);
}

/* Lines of three clients in turn, one of them not registered and one with every capability:
 * whatever they say, all are told lines of UTF-8 that are not too long. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	ActFixture fixture;
	Session *clients[3];

	fixture_init(&fixture);
	clients[0] = fixture_user(&fixture, "a");
	clients[1] = fixture_user(&fixture, "b");
	clients[2] = fixture_connect(&fixture);
	clients[1]->caps = CAPS_ALL;
	for (unsigned turn = 0; at < end; turn++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)((stop ? stop : end) - at);

		say(&fixture, clients[turn % G_N_ELEMENTS(clients)], at, length);
		at += length + 1;
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(clients); i++) {
		g_autofree char *got = fixture_read(&fixture, clients[i]);

		g_assert_true(g_utf8_validate(got, -1, NULL));
	}
	fixture_clear(&fixture);
	return 0;
}

/* SPDX-License-Identifier: MIT */
/* What IRC operators do to others is in the audit: who, to whom, what. */
#include "event_audit.h"

#include "act/query_records.h"
#include "act_fixture.h"
#include "domain/channel.h"
#include "server_private.h"

#include <string.h>

typedef struct Desk {
	ActFixture fixture;
	Server server;
	Session *boss, *anna;
} Desk;

static void
set_up(Desk *desk, gconstpointer data)
{
	fixture_init(&desk->fixture);
	fixture_add_store(&desk->fixture);
	fixture_add_pool(&desk->fixture);
	desk->fixture.records.pool = desk->fixture.host.pool;
	desk->boss = fixture_user(&desk->fixture, "boss");
	desk->anna = fixture_user(&desk->fixture, "anna");
	user_set_operator(desk->boss->user, "night", ~0u);
	desk->server = (Server){.settings = desk->fixture.settings,
	    .store = desk->fixture.records.store,
	    .records = desk->fixture.records};
}

static void
tear_down(Desk *desk, gconstpointer data)
{
	fixture_clear(&desk->fixture);
}

static void
note_rows(void *data, const RecordsAnswer *answer)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < answer->rows->len; i++) {
		const StoreAudit *row = answer->rows->pdata[i];

		g_string_append_printf(text, "%s|%s|%s|%s|%s\n", row->who, row->role, row->method,
		    row->object, row->after ? row->after : "");
	}
	*(char **)data = g_string_free(text, FALSE);
}

/* Newest first, as many as there should be. */
static void
expect_rows(Desk *desk, unsigned count, const char *expected)
{
	gint64 deadline = g_get_monotonic_time() + 10 * G_USEC_PER_SEC;
	g_autofree char *text = NULL;

	for (;;) {
		unsigned rows = 0;

		g_clear_pointer(&text, g_free);
		records_read_audit(&desk->fixture.records, 0, 100, note_rows, &text);
		while (!text) {
			g_assert_cmpint(g_get_monotonic_time(), <, deadline);
			fixture_finish_answers(&desk->fixture);
		}
		for (const char *at = text; (at = strchr(at, '\n')); at++)
			rows++;
		if (rows >= count)
			break;
	}
	g_assert_cmpstr(text, ==, expected);
}

static void
happen(Desk *desk, EventKind kind, const Event *like)
{
	Event event = *like;

	event.kind = kind;
	event.time = FIXTURE_NOW;
	event_audit(&desk->server, &event);
}

#define BOSS "boss!~boss@192.0.2.1|IRC operator|"

static void
test_rows(Desk *desk, gconstpointer data)
{
	User *boss = desk->boss->user;
	Ctx ctx = fixture_administrator(&desk->fixture);
	Channel *channel = act_make_channel(&ctx, "#tea");

	happen(desk, EVENT_KILLED,
	    &(Event){.user = boss, .target = desk->anna->user, .text = "say \"no\" \\ \x02"});
	happen(desk, EVENT_OVERRIDE, &(Event){.user = boss, .text = "SAMODE #tea +m"});
	happen(desk, EVENT_ANNOUNCEMENT, &(Event){.user = boss, .text = "hear"});
	happen(desk, EVENT_WALLOPS, &(Event){.user = boss, .text = "all"});
	happen(desk, EVENT_ACCOUNT_RECORD,
	    &(Event){.user = boss, .account = "bea", .text = "suspended until tomorrow: rude"});
	happen(desk, EVENT_CHANNEL_REGISTERED, &(Event){.user = boss, .channel = channel});
	channel_set_registered(channel, "boss", FIXTURE_NOW);
	happen(desk, EVENT_CHANNEL_REGISTERED, &(Event){.user = boss, .channel = channel});
	happen(desk, EVENT_CHANNEL_REGISTERED,
	    &(Event){.user = boss, .channel = channel, .text = "spam"});
	expect_rows(desk, 8,
	    BOSS "channel registration|#tea|\"closed: spam\"\n" BOSS
		 "channel registration|#tea|\"registered\"\n" BOSS
		 "channel registration|#tea|\"released\"\n" BOSS
		 "account|bea|\"suspended until tomorrow: rude\"\n" BOSS "WALLOPS||\"all\"\n" BOSS
		 "announcement||\"hear\"\n" BOSS "override||\"SAMODE #tea +m\"\n" BOSS
		 "KILL|anna!~anna@192.0.2.1|\"say \\\"no\\\" \\\\ \\u0002\"\n");
}

/* Nobody's, one's own, no operator's, or of no interest: no row. */
static void
test_no_rows(Desk *desk, gconstpointer data)
{
	User *boss = desk->boss->user, *anna = desk->anna->user;

	boss->account = g_strdup("boss");
	happen(desk, EVENT_KILLED, &(Event){.target = anna, .text = "by the service"});
	happen(desk, EVENT_ACCOUNT_RECORD,
	    &(Event){.user = boss, .account = "boss", .text = "his own"});
	happen(desk, EVENT_ACCOUNT_RECORD, &(Event){.user = anna, .account = "x", .text = "no"});
	happen(desk, EVENT_TOPIC, &(Event){.user = boss, .text = "of no interest"});
	happen(desk, EVENT_OVERRIDE, &(Event){.user = boss, .text = "the only one"});
	expect_rows(desk, 1, "boss!~boss@192.0.2.1|IRC operator|override||\"the only one\"\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/event-audit/rows", Desk, NULL, set_up, test_rows, tear_down);
	g_test_add("/event-audit/no-rows", Desk, NULL, set_up, test_no_rows, tear_down);
	return g_test_run();
}

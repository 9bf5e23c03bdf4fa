/* SPDX-License-Identifier: MIT */
/* Channel due: entries end by themselves, in the service's name, in memory and in the store. */
#include "act/channel_due.h"
#include "act_fixture.h"
#include "base/clock.h"
#include "proto/modes.h"

#include <stddef.h>

#define MINUTE (60 * CLOCK_SECOND)

static ActFixture fixture;
static Session *host;
static Channel *channel;

static Ctx
service_ctx(void)
{
	Ctx ctx = fixture_administrator(&fixture);

	ctx.actor = (Actor){.kind = ACTOR_SERVICE, .name = "chatd.localhost"};
	ctx.sink = (RefusalSink){0};
	ctx.monotonic = fixture.now;
	return ctx;
}

static void
channel_due(Timer *timer, void *data)
{
	Ctx ctx = service_ctx();

	channel_due_run(&ctx, (Channel *)((char *)timer - offsetof(Channel, due)));
}

static void
set_up(void)
{
	fixture_init(&fixture);
	fixture_add_store(&fixture);
	fixture.community->channel_due = channel_due;
	host = fixture_user(&fixture, "host");
	channel = channel_new("#room", fixture.now);
	directory_add_channel(fixture.community->directory, channel);
	channel_add_member(channel, host->user, fixture.now)->ranks = MODE_CHANNEL_OP;
}

static void
mode(const char *letters, const char *parameter)
{
	const char *const parameters[] = {parameter};
	Reply reply;
	Ctx ctx;

	fixture_begin(&fixture, host, &ctx, &reply);
	act_channel_mode(&ctx, channel, letters, parameters, 1);
	fixture_end(&fixture, &ctx);
}

static void
run_until(int64_t now)
{
	fixture.now = now;
	timers_run(fixture.timers, now);
}

static void
test_entries_end(void)
{
	set_up();
	mode("+b", "~t:5:evil");
	mode("+b", "~time:10:~mute:other");
	mode("+e", "~t:7:good");
	mode("+b", "stays");
	g_free(fixture_read(&fixture, host));
	g_assert_cmpint(timers_next(fixture.timers), ==, FIXTURE_NOW + 5 * MINUTE);
	run_until(FIXTURE_NOW + 5 * MINUTE - 1);
	fixture_expect(&fixture, host, "");
	run_until(FIXTURE_NOW + 5 * MINUTE);
	fixture_expect(&fixture, host, ":chatd.localhost MODE #room -b ~t:5:evil!*@*|");
	run_until(FIXTURE_NOW + 10 * MINUTE);
	fixture_expect(
	    &fixture, host, ":chatd.localhost MODE #room -be ~t:10:~m:other!*@* ~t:7:good!*@*|");
	g_assert_cmpint(timers_next(fixture.timers), ==, INT64_MAX);
	g_assert_cmpuint(channel_list_entries(channel), ==, 1);
	fixture_clear(&fixture);
}

/* -b takes the mask with its time or without; a lasting one is set beside it. */
static void
test_removed_before(void)
{
	set_up();
	mode("+b", "~t:5:evil");
	mode("-b", "EVIL");
	mode("+b", "~t:5:evil");
	mode("+b", "evil");
	fixture_expect(&fixture, host,
	    ":host!~host@192.0.2.1 MODE #room +b ~t:5:evil!*@*|"
	    ":host!~host@192.0.2.1 MODE #room -b ~t:5:evil!*@*|"
	    ":host!~host@192.0.2.1 MODE #room +b ~t:5:evil!*@*|"
	    ":host!~host@192.0.2.1 MODE #room +b evil!*@*|");
	run_until(FIXTURE_NOW + 5 * MINUTE);
	g_assert_nonnull(mask_list_find(channel_list(channel, 'b'), "evil!*@*"));
	/* The channel's end takes its timer along. */
	mode("+b", "~t:5:other");
	member_free(host->user->seats[0]);
	directory_remove_channel(fixture.community->directory, channel);
	channel_free(channel);
	g_assert_cmpint(timers_next(fixture.timers), ==, INT64_MAX);
	fixture_clear(&fixture);
}

static void
note(void *data, const char *problem)
{
	Session *waiting = data;

	g_assert_null(problem);
	waiting->pending = false;
}

/* Until the writes since records_collect() are on the disk; `stand_in` only says that it waits. */
static void
wait_for_disk(void)
{
	Session stand_in = {.pending = true};

	g_assert_true(records_wait(&fixture.records, note, &stand_in));
	fixture_settle(&fixture, &stand_in);
}

/* What a registered channel waits for is waited for after a restart. */
static void
test_kept(void)
{
	Ctx ctx;
	g_autoptr(GPtrArray) rows = NULL;
	const StoreChannel *row;
	const StoreListEntry *entry;

	set_up();
	ctx = service_ctx();
	records_collect(&fixture.records);
	g_assert_cmpint(act_register_channel(&ctx, "#room"), ==, OUTCOME_DONE);
	mode("+b", "~t:5:evil");
	wait_for_disk();
	rows = fixture_stored(&fixture);
	row = g_ptr_array_index(rows, 0);
	entry = g_ptr_array_index(row->entries, 0);
	g_assert_cmpint(entry->expires_at, ==, FIXTURE_NOW + 5 * MINUTE);
	g_assert_cmpstr(entry->reason, ==, "");
	mask_list_clear(channel_list(channel, 'b'));
	mask_list_restore(channel_list(channel, 'b'), entry->mask, entry->set_by, NULL,
	    entry->set_at, entry->expires_at);
	timers_cancel(fixture.timers, &channel->due);
	channel_due_arm_all(&ctx);
	run_until(FIXTURE_NOW + 6 * MINUTE);
	g_assert_cmpuint(channel_list_entries(channel), ==, 0);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/channel-due/entries-end", test_entries_end);
	g_test_add_func("/channel-due/removed-before", test_removed_before);
	g_test_add_func("/channel-due/kept", test_kept);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* Channel access: registration by an account, ranks that are given, taken, and follow accounts. */
#include "act/account_verbs.h"
#include "act/channel_access.h"
#include "act/channel_verbs.h"
#include "act/kept_channels.h"
#include "act_fixture.h"
#include "proto/modes.h"

static ActFixture fixture;
static Session *anna, *bea, *guest;
static Channel *channel;

static Account *
log_in(Session *session, const char *name)
{
	static int64_t id = 1;
	Account *account = accounts_find(fixture.community->accounts, name);
	Reply reply;
	Ctx ctx;

	if (!account) {
		account = account_new(id++, name, fixture.now);
		account->verified = true;
		accounts_add(fixture.community->accounts, account);
	}
	fixture_begin(&fixture, session, &ctx, &reply);
	act_log_in(&ctx, session, account);
	fixture_end(&fixture, &ctx);
	return account;
}

static Channel *
join(Session *session)
{
	Channel *joined;
	Reply reply;
	Ctx ctx;

	fixture_begin(&fixture, session, &ctx, &reply);
	act_join(&ctx, "#room", NULL, &joined);
	fixture_end(&fixture, &ctx);
	return joined;
}

static void
leave(Session *session)
{
	Reply reply;
	Ctx ctx;

	fixture_begin(&fixture, session, &ctx, &reply);
	act_part(&ctx, channel, NULL);
	fixture_end(&fixture, &ctx);
}

static Outcome
as(Session *session, Outcome (*run)(Ctx *ctx, const char *word), const char *word)
{
	Outcome outcome;
	Reply reply;
	Ctx ctx;

	fixture_begin(&fixture, session, &ctx, &reply);
	outcome = run(&ctx, word);
	fixture_end(&fixture, &ctx);
	return outcome;
}

static Outcome
register_it(Ctx *ctx, const char *word)
{
	return act_register_own_channel(ctx, channel);
}

static Outcome
drop(Ctx *ctx, const char *word)
{
	return act_drop_channel(ctx, channel);
}

static Outcome
transfer(Ctx *ctx, const char *word)
{
	return act_transfer_channel(ctx, channel, word);
}

static Outcome
give_op(Ctx *ctx, const char *word)
{
	return act_set_access(ctx, channel, word, ACCESS_OP, NULL);
}

static Outcome
give_voice(Ctx *ctx, const char *word)
{
	return act_set_access(ctx, channel, word, ACCESS_VOICE, NULL);
}

static Outcome
take(Ctx *ctx, const char *word)
{
	return act_set_access(ctx, channel, word, ACCESS_NONE, NULL);
}

static Outcome
restrict_it(Ctx *ctx, const char *word)
{
	return act_set_channel_setting(ctx, channel, CHANNEL_SETTING_RESTRICTED, word);
}

static Outcome
succeed(Ctx *ctx, const char *word)
{
	return act_set_channel_setting(ctx, channel, CHANNEL_SETTING_SUCCESSOR, word);
}

static Outcome
forget(Ctx *ctx, const char *word)
{
	act_forget_account(ctx, accounts_find(ctx->community->accounts, word));
	return OUTCOME_DONE;
}

static uint64_t
ranks_of(Session *session)
{
	const Member *seat = user_seat(session->user, channel);

	g_assert_nonnull(seat);
	return seat->ranks;
}

static void
set_up(void)
{
	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	bea = fixture_user(&fixture, "bea");
	guest = fixture_user(&fixture, "guest");
	log_in(anna, "anna");
	channel = join(anna);
	g_assert_cmpint(as(anna, register_it, NULL), ==, OUTCOME_DONE);
}

static void
test_register(void)
{
	fixture_init(&fixture);
	anna = fixture_user(&fixture, "anna");
	bea = fixture_user(&fixture, "bea");
	channel = join(anna);
	join(bea);
	g_assert_cmpint(as(anna, register_it, NULL), ==, OUTCOME_REFUSED); /* no account */
	log_in(anna, "anna");
	log_in(bea, "bea");
	g_assert_cmpint(as(bea, register_it, NULL), ==, OUTCOME_REFUSED); /* no operator */
	g_assert_cmpint(as(anna, register_it, NULL), ==, OUTCOME_DONE);
	g_assert_cmpint(as(anna, register_it, NULL), ==, OUTCOME_REFUSED); /* already */
	g_assert_true(channel_has(channel, MODE_CHANNEL_REGISTERED));
	g_assert_cmpstr(channel->ownership.founder, ==, "anna");
	g_assert_true(ranks_of(anna) & MODE_CHANNEL_OWNER);
	g_assert_cmpint(as(bea, drop, NULL), ==, OUTCOME_REFUSED);
	g_assert_cmpint(as(anna, drop, NULL), ==, OUTCOME_DONE);
	g_assert_false(channel->registered);
	g_assert_null(channel->ownership.founder);
	fixture_clear(&fixture);
}

/* At the join, at once for who is there, and at a login; and taken back. */
static void
test_ranks(void)
{
	set_up();
	leave(anna);
	join(anna);
	g_assert_true(ranks_of(anna) & MODE_CHANNEL_OWNER);
	join(bea);
	g_assert_cmpuint(ranks_of(bea), ==, 0);
	g_assert_cmpint(as(anna, give_op, "bea"), ==, OUTCOME_REFUSED); /* no such account */
	log_in(bea, "bea");
	g_assert_cmpint(as(bea, give_op, "bea"), ==, OUTCOME_REFUSED);
	g_free(fixture_read(&fixture, bea));
	g_assert_cmpint(as(anna, give_op, "bea"), ==, OUTCOME_DONE);
	fixture_expect(&fixture, bea, ":chatd.localhost MODE #room +o bea|");
	g_assert_cmpint(as(anna, give_voice, "bea"), ==, OUTCOME_DONE);
	fixture_expect(&fixture, bea,
	    ":chatd.localhost MODE #room -o bea|:chatd.localhost MODE #room +v bea|");
	g_assert_cmpuint(channel_list_entries(channel), ==, 1);
	leave(bea);
	join(bea);
	g_assert_cmpuint(ranks_of(bea), ==, MODE_CHANNEL_VOICE);
	g_assert_cmpint(as(anna, take, "bea"), ==, OUTCOME_DONE);
	g_assert_cmpuint(ranks_of(bea), ==, 0);
	g_assert_cmpint(as(anna, take, "bea"), ==, OUTCOME_REFUSED);
	/* Masks and extended bans name people as well as accounts do. */
	g_assert_cmpint(as(anna, give_voice, "guest!*@*"), ==, OUTCOME_DONE);
	join(guest);
	g_assert_cmpuint(ranks_of(guest), ==, MODE_CHANNEL_VOICE);
	fixture_clear(&fixture);
}

/* Whom the list gives operator or more, no lock keeps out; a voice is stronger than a ban. */
static void
test_locks(void)
{
	set_up();
	log_in(bea, "bea");
	channel->modes |= MODE_CHANNEL_INVITE_ONLY;
	mask_list_add(channel_list(channel, 'b'), "*!*@*", "x", 1);
	g_assert_null(join(bea));
	as(anna, give_voice, "bea");
	g_assert_null(join(bea));
	as(anna, give_op, "bea");
	g_assert_true(join(bea) == channel);
	leave(bea);
	channel->modes &= ~(uint64_t)MODE_CHANNEL_INVITE_ONLY;
	as(anna, give_voice, "bea");
	g_assert_true(join(bea) == channel);
	mask_list_clear(channel_list(channel, 'b'));
	g_assert_cmpint(as(bea, restrict_it, "on"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(as(anna, restrict_it, "maybe"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(as(anna, restrict_it, "ON"), ==, OUTCOME_DONE);
	g_assert_null(join(guest));
	leave(bea);
	g_assert_true(join(bea) == channel);
	fixture_clear(&fixture);
}

static void
test_accounts_go(void)
{
	set_up();
	log_in(bea, "bea");
	join(bea);
	as(anna, give_op, "bea");
	g_assert_cmpint(as(anna, succeed, "nobody"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(as(anna, succeed, "bea"), ==, OUTCOME_DONE);
	as(guest, forget, "anna");
	g_assert_cmpstr(channel->ownership.founder, ==, "bea");
	g_assert_cmpstr(channel_setting(channel, CHANNEL_SETTING_SUCCESSOR), ==, "");
	log_in(anna, "anna2");
	g_assert_cmpint(as(anna, transfer, "anna2"), ==, OUTCOME_REFUSED);
	g_assert_cmpint(as(bea, transfer, "anna2"), ==, OUTCOME_DONE);
	as(guest, forget, "bea");
	g_assert_cmpuint(channel_list_entries(channel), ==, 0);
	as(guest, forget, "anna2");
	g_assert_false(channel->registered);
	fixture_clear(&fixture);
}

/* Another name of an account is another name in its channels. */
static void
test_renamed(void)
{
	Reply reply;
	Ctx ctx;

	set_up();
	log_in(bea, "bea");
	as(anna, give_op, "bea");
	as(anna, succeed, "bea");
	fixture_begin(&fixture, bea, &ctx, &reply);
	accounts_rename(fixture.community->accounts, bea->user->login, "beatrix");
	channels_rename_account(&ctx, "bea", "beatrix");
	channels_rename_account(&ctx, "anna", "anne");
	fixture_end(&fixture, &ctx);
	g_assert_cmpstr(channel->ownership.founder, ==, "anne");
	g_assert_cmpstr(channel_setting(channel, CHANNEL_SETTING_SUCCESSOR), ==, "beatrix");
	g_assert_nonnull(mask_list_find(&channel->lists[CHANNEL_OPS], "~a:beatrix"));
	g_assert_cmpuint(channel_list_entries(channel), ==, 1);
	fixture_clear(&fixture);
}

/* Owner, settings and access are in the store, and come back from it. */
static void
test_kept(void)
{
	const StoreChannel row = {.name = (char *)"#kept",
	    .topic = (char *)"",
	    .modes = (char *)"nt",
	    .key = (char *)"",
	    .registered_by = (char *)"anna",
	    .registered_at = FIXTURE_NOW,
	    .founder = (char *)"anna",
	    .settings = (char *)"restricted=on\n",
	    .used_at = FIXTURE_NOW,
	    .entries = g_ptr_array_new()};
	StoreListEntry entry = {.kind = 'o',
	    .mask = (char *)"~a:bea",
	    .set_by = (char *)"anna",
	    .set_at = FIXTURE_NOW,
	    .reason = (char *)""};
	const Channel *kept;

	set_up();
	g_ptr_array_add(row.entries, &entry);
	kept = kept_channel_load(fixture.community, &row, FIXTURE_NOW);
	g_assert_cmpstr(kept->ownership.founder, ==, "anna");
	g_assert_true(channel_setting_is_on(kept, CHANNEL_SETTING_RESTRICTED));
	log_in(bea, "bea");
	g_assert_cmpint(access_level_of(kept, bea->user), ==, ACCESS_OP);
	g_assert_cmpint(access_level_of(kept, anna->user), ==, ACCESS_OWNER);
	g_assert_cmpint(access_level_of(kept, guest->user), ==, ACCESS_NONE);
	g_ptr_array_unref(row.entries);
	fixture_clear(&fixture);
}

static void
test_words(void)
{
	static const struct {
		const char *word;
		AccessLevel level;
	} cases[] = {{"owner", ACCESS_OWNER}, {"q", ACCESS_OWNER}, {"HOST", ACCESS_OP},
	    {"+o", ACCESS_OP}, {"operator", ACCESS_OP}, {"voice", ACCESS_VOICE},
	    {"vop", ACCESS_VOICE}, {"none", ACCESS_NONE}, {"", ACCESS_NONE}};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(access_level_find(cases[i].word), ==, cases[i].level);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/channel-access/register", test_register);
	g_test_add_func("/channel-access/ranks", test_ranks);
	g_test_add_func("/channel-access/locks", test_locks);
	g_test_add_func("/channel-access/accounts-go", test_accounts_go);
	g_test_add_func("/channel-access/renamed", test_renamed);
	g_test_add_func("/channel-access/kept", test_kept);
	g_test_add_func("/channel-access/words", test_words);
	return g_test_run();
}

/* SPDX-License-Identifier: MIT */
/* ChanServ's commands about who is in a channel: for those whom its access list makes operator or
 * owner, in the service's name. */
#include "act/channel_access.h"
#include "act/mode_changes.h"
#include "act/verbs.h"
#include "cmd/chanserv.h"
#include "proto/casemap.h"
#include "proto/modes.h"

#include <limits.h>
#include <string.h>

/* The channel, if the asker is host there by access; NULL after telling why not. */
static Channel *
hosted_channel(Ctx *ctx, const char *name)
{
	Channel *channel = chanserv_channel(ctx, name);

	if (!channel)
		return NULL;
	if (access_level_of(channel, ctx->actor.user) >= ACCESS_OP ||
	    actor_may(ctx, MAY_KEEP_CHANNELS, NULL))
		return channel;
	ctx_say(ctx, "Only who is operator or owner of %s by access may do this", channel->name);
	return NULL;
}

/* A member by the nick, or the asker; NULL after telling why not. */
static User *
member_of(Ctx *ctx, const Channel *channel, const char *nick)
{
	User *user = *nick ? directory_find_user(ctx->community->directory, nick) : ctx->actor.user;

	if (user && user_seat(user, channel))
		return user;
	ctx_say(ctx, "%s is not in %s", user ? user->nick : nick, channel->name);
	return NULL;
}

/* Owners by access are nobody's to demote but the owners'. */
static bool
may_touch(Ctx *ctx, const Channel *channel, const User *victim)
{
	if (victim == ctx->actor.user ||
	    access_level_of(channel, victim) <= access_level_of(channel, ctx->actor.user) ||
	    actor_may(ctx, MAY_KEEP_CHANNELS, NULL))
		return true;
	ctx_say(ctx, "%s has more access to %s than you", victim->nick, channel->name);
	return false;
}

/* What is done in the service's name was asked for by somebody: the channel's hosts are told who.
 */
static void
tell_hosts(Ctx *ctx, Channel *channel, const char *command, const char *whom)
{
	g_autofree char *source = voice_prefix(ctx->community, ctx->voice);
	g_autofree char *target = g_strdup_printf("@%s", channel->name);
	g_autofree char *text = g_strdup_printf(
	    "%s used %s%s%s", ctx->actor.user->nick, command, *whom ? " on " : "", whom);
	Event event = event_of_voice(ctx, source, text);

	event.channel = channel;
	event.ranks = MODE_CHANNEL_OWNER | MODE_CHANNEL_OP;
	event.target_name = target;
	announce(ctx, &event);
}

/* Commands that give or take a rank. */
typedef struct RankCommand {
	const char *command;
	const char *letters; /* for MODE */
	uint64_t rank;
	const char *name;
} RankCommand;

static const RankCommand rank_commands[] = {
    {"OWNER", "+q", MODE_CHANNEL_OWNER, "owner"},
    {"DEOWNER", "-q", MODE_CHANNEL_OWNER, "owner"},
    {"OP", "+o", MODE_CHANNEL_OP, "operator"},
    {"DEOP", "-o", MODE_CHANNEL_OP, "operator"},
    {"VOICE", "+v", MODE_CHANNEL_VOICE, "voice"},
    {"DEVOICE", "-v", MODE_CHANNEL_VOICE, "voice"},
};

static const RankCommand *
find_rank_command(const char *command)
{
	const RankCommand *found = rank_commands;

	while (strcmp(found->command, command) != 0)
		found++;
	return found;
}

/* Says why nothing would happen. */
static bool
would_change(Ctx *ctx, const Member *seat, const RankCommand *command)
{
	bool add = *command->letters == '+';

	if (((seat->ranks & command->rank) != 0) != add)
		return true;
	ctx_say(ctx, "%s %s the rank %s in %s%s", seat->user->nick, add ? "has" : "does not have",
	    command->name, seat->channel->name,
	    !add && (seat->ranks & MODE_CHANNEL_OWNER) ? ", but owner: DEOWNER takes that" : "");
	return false;
}

/* Owner is for owners by access to give and take. */
static bool
may_own(Ctx *ctx, const Channel *channel)
{
	if (access_level_of(channel, ctx->actor.user) == ACCESS_OWNER ||
	    actor_may(ctx, MAY_KEEP_CHANNELS, NULL))
		return true;
	ctx_say(ctx, "Only who is owner of %s by access may do this", channel->name);
	return false;
}

Outcome
chanserv_member_rank(Ctx *ctx, const ServiceCall *call)
{
	const RankCommand *command = find_rank_command(call->command);
	Channel *channel = hosted_channel(ctx, call->words[0]);
	const User *user = channel ? member_of(ctx, channel, service_word(call, 1)) : NULL;
	const char *const parameters[] = {user ? user->nick : NULL};
	Ctx service = ctx_as_service(ctx);

	if (!user || (command->rank == MODE_CHANNEL_OWNER && !may_own(ctx, channel)) ||
	    (*command->letters == '-' && !may_touch(ctx, channel, user)) ||
	    !would_change(ctx, user_seat(user, channel), command))
		return OUTCOME_REFUSED;
	if (act_channel_mode(&service, channel, command->letters, parameters, 1) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	tell_hosts(ctx, channel, call->command, user->nick);
	return OUTCOME_DONE;
}

Outcome
chanserv_member_invite(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = hosted_channel(ctx, call->words[0]);
	Ctx service = ctx_as_service(ctx);

	if (!channel)
		return OUTCOME_REFUSED;
	service.reply = NULL;
	if (act_invite(&service, ctx->actor.user, channel) == OUTCOME_DONE)
		return OUTCOME_DONE;
	ctx_say(ctx, "You are in %s already", channel->name);
	return OUTCOME_REFUSED;
}

Outcome
chanserv_member_kick(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = hosted_channel(ctx, call->words[0]);
	User *victim = channel ? member_of(ctx, channel, call->words[1]) : NULL;
	Ctx service = ctx_as_service(ctx);
	g_autofree char *reason = NULL;

	if (!victim || !may_touch(ctx, channel, victim))
		return OUTCOME_REFUSED;
	reason = g_strdup_printf(
	    "%s (by %s)", call->n_words > 2 ? call->words[2] : "Removed", ctx->actor.user->nick);
	return act_kick(&service, channel, victim, reason);
}

/* "10m spam" -> 10 minutes, and `rest` moves on to the reason; 0: it does not begin with a time. */
static unsigned
take_minutes(const char **rest)
{
	static const struct {
		char letter;
		unsigned minutes;
	} units[] = {{'m', 1}, {'h', 60}, {'d', 1440}, {'w', 10080}};
	size_t digits = strspn(*rest, "0123456789");
	const char *behind = *rest + digits;
	guint64 number = digits > 0 && digits < 7 ? g_ascii_strtoull(*rest, NULL, 10) : 0;

	for (unsigned i = 0; number > 0 && i < G_N_ELEMENTS(units); i++) {
		if (*behind != units[i].letter || (behind[1] && behind[1] != ' '))
			continue;
		*rest = behind + 1 + strspn(behind + 1, " ");
		return (unsigned)MIN(number * units[i].minutes, EXTBAN_MINUTES_MOST);
	}
	return 0;
}

/* Of a nick his host, for that many minutes if any are given. Caller frees. */
static char *
ban_mask(const User *victim, const char *whom, unsigned minutes)
{
	g_autofree char *mask = victim ? g_strdup_printf("*!*@%s", victim->host) : g_strdup(whom);

	return minutes > 0 ? g_strdup_printf("~t:%u:%s", minutes, mask) : g_steal_pointer(&mask);
}

Outcome
chanserv_member_ban(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = hosted_channel(ctx, call->words[0]);
	User *victim = directory_find_user(ctx->community->directory, call->words[1]);
	const char *why = service_word(call, 2);
	unsigned minutes = take_minutes(&why);
	g_autofree char *mask = ban_mask(victim, call->words[1], minutes);
	const char *const parameters[] = {mask};
	g_autofree char *by = g_strdup_printf("Banned (by %s)", ctx->actor.user->nick);
	g_autofree char *reason = NULL;
	Ctx service = ctx_as_service(ctx);

	if (!channel || (victim && !may_touch(ctx, channel, victim)))
		return OUTCOME_REFUSED;
	if (act_channel_mode(&service, channel, "+b", parameters, 1) != OUTCOME_DONE)
		return OUTCOME_REFUSED;
	reason = g_strdup_printf("%s%s(by %s)", why, *why ? " " : "", ctx->actor.user->nick);
	act_set_entry_reason(&service, channel, mask, reason);
	if (victim && user_seat(victim, channel))
		act_kick(&service, channel, victim, *why ? reason : by);
	return OUTCOME_DONE;
}

Outcome
chanserv_member_unban(Ctx *ctx, const ServiceCall *call)
{
	Channel *channel = hosted_channel(ctx, call->words[0]);
	const User *user = call->n_words > 1
			       ? directory_find_user(ctx->community->directory, call->words[1])
			       : ctx->actor.user;
	Ctx service = ctx_as_service(ctx);
	unsigned before = UINT_MAX, removed = 0;
	const MaskEntry *entry;
	const MaskList *list;
	MaskSubject subject;

	if (!channel || !user) {
		if (channel)
			ctx_say(ctx, "There is no %s", call->words[1]);
		return OUTCOME_REFUSED;
	}
	list = &channel->lists[CHANNEL_BANS];
	user_subject(user, channel, &subject);
	/* One that does not go ends it. */
	while ((entry = mask_list_match(list, &subject)) && list->n_entries < before) {
		g_autofree char *mask = g_strdup(entry->mask);
		const char *const parameters[] = {mask};

		before = list->n_entries;
		act_channel_mode(&service, channel, "-b", parameters, 1);
		removed += before - list->n_entries;
	}
	ctx_say(ctx, "%u bans removed", removed);
	if (removed > 0)
		tell_hosts(ctx, channel, "UNBAN", user->nick);
	return OUTCOME_DONE;
}

/* As many masks a line as one MODE may have; ones that do not go end it. */
static void
clear_bans(Ctx *service, Channel *channel)
{
	const MaskList *list = &channel->lists[CHANNEL_BANS];
	unsigned most = service->community->settings->limits->modes;

	for (unsigned before = UINT_MAX; list->n_entries > 0 && list->n_entries < before;) {
		g_autoptr(GPtrArray) masks = g_ptr_array_new_with_free_func(g_free);
		g_autoptr(GString) letters = g_string_new("-");

		before = list->n_entries;
		for (unsigned i = 0; i < MIN(most, list->n_entries); i++) {
			g_ptr_array_add(masks, g_strdup(list->entries[i].mask));
			g_string_append_c(letters, 'b');
		}
		act_channel_mode(
		    service, channel, letters->str, (const char *const *)masks->pdata, masks->len);
	}
}

/* Back to what a new channel has. */
static void
clear_modes(Ctx *service, Channel *channel)
{
	char letters[MODES + 1];
	g_autofree char *text = NULL;
	const char *const parameters[] = {"*"};
	uint64_t bits = mode_member_flags() | mode_group_bits(1) | mode_group_bits(2);

	mode_letters(MODE_ON_CHANNEL, channel->modes & bits, letters);
	text = g_strdup_printf("-%s", letters);
	act_channel_mode(service, channel, text, parameters, 1);
	act_channel_mode(service, channel, "+nt", NULL, 0);
}

static void
clear_ranks(Ctx *service, Channel *channel)
{
	for (uint32_t i = 0; i < channel->n_members; i++) {
		const Member *member = channel->members[i];
		const char *const nicks[] = {
		    member->user->nick, member->user->nick, member->user->nick};

		if (access_level_of(channel, member->user) == ACCESS_NONE && member->ranks)
			act_channel_mode(service, channel, "-qov", nicks, 3);
	}
}

static void
clear_users(Ctx *service, Channel *channel)
{
	for (uint32_t i = channel->n_members; i-- > 0;)
		if (access_level_of(channel, channel->members[i]->user) == ACCESS_NONE)
			act_kick(
			    service, channel, channel->members[i]->user, "The channel was cleared");
}

static void
clear_access(Ctx *ctx, Channel *channel)
{
	act_clear_access(ctx, channel);
}

Outcome
chanserv_member_clear(Ctx *ctx, const ServiceCall *call)
{
	static const struct {
		const char *what;
		void (*run)(Ctx *ctx, Channel *channel);
		bool as_service;
	} kinds[] = {{"access", clear_access, false}, {"bans", clear_bans, true},
	    {"modes", clear_modes, true}, {"ranks", clear_ranks, true},
	    {"users", clear_users, true}};
	Channel *channel = chanserv_channel(ctx, call->words[0]);
	g_autofree char *command = NULL;
	Ctx service = ctx_as_service(ctx);

	if (!channel || !access_may_manage(ctx, channel))
		return OUTCOME_REFUSED;
	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (!casemap_equal(kinds[i].what, call->words[1]))
			continue;
		command = g_strdup_printf("CLEAR %s", kinds[i].what);
		/* Before: nobody may be left, and the channel with them. */
		if (kinds[i].as_service)
			tell_hosts(ctx, channel, command, "");
		kinds[i].run(kinds[i].as_service ? &service : ctx, channel);
		return OUTCOME_DONE;
	}
	ctx_say(ctx, "access, bans, modes, ranks or users");
	return OUTCOME_REFUSED;
}

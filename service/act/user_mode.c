/* SPDX-License-Identifier: MIT */
#include "act/mode_parse.h"
#include "act/verbs.h"
#include "proto/message.h"
#include "proto/notices.h"

#define NOTICES_DEFAULT "Ofgkox" /* without letters: what somebody should look after */

/* Mode s and its letters go together. */
static void
set_notices(Ctx *ctx, User *user, uint32_t notices)
{
	GPtrArray *readers = ctx->community->notice_readers;

	if (notices && !user->notices)
		g_ptr_array_add(readers, user);
	else if (!notices && user->notices)
		g_ptr_array_remove_fast(readers, user);
	user->notices = notices;
}

/* What else goes with a mode of a user. */
static void
follow_change(Ctx *ctx, User *user, unsigned index, bool add)
{
	Community *community = ctx->community;

	if (index == MODE_USER_INVISIBLE_INDEX)
		community->invisible += add ? 1u : -1u;
	if (index == MODE_USER_OPERATOR_INDEX && !add) {
		Event event = ctx_user_event(ctx, EVENT_OPERATOR, user);

		event.text = "-o";
		event.by = user->operator_name;
		announce(ctx, &event);
		community->operators--;
		user_set_operator(user, NULL, 0);
	}
	if (index == MODE_USER_NOTICES_INDEX && !add)
		set_notices(ctx, user, 0);
}

static void
note_change(GString *changed, char *sign, bool add, const char *letter)
{
	char wanted = add ? '+' : '-';

	if (*sign != wanted)
		g_string_append_c(changed, wanted);
	*sign = wanted;
	g_string_append(changed, letter);
}

/* All his clients show it. */
static void
tell_notices(Ctx *ctx, const User *user)
{
	char letters[NOTICE_KINDS + 1];
	Reply told;

	notices_letters(user->notices, letters);
	for (Session *session = user->sessions; session; session = session->next) {
		if (session == ctx->actor.session) {
			reply(ctx, RPL_SNOMASK, letters);
			continue;
		}
		reply_begin(
		    &told, ctx->community, &ctx->out->outbox, ctx->random, session, ctx->now, NULL);
		reply_with(&told, RPL_SNOMASK, letters);
		reply_end(&told);
	}
}

/* "kc" after +s: the mode is on as long as it has letters. */
static bool
change_notices(Ctx *ctx, User *user, const ModeStep *step, GString *changed, char *sign)
{
	const char *unknown = NULL;
	uint32_t notices;

	if (!actor_must(ctx, MAY_READ_NOTICES))
		return false;
	notices = notices_change(
	    user->notices, step->parameter ? step->parameter : NOTICES_DEFAULT, &unknown);
	if (unknown) {
		refuse(ctx, ERR_INVALIDMODEPARAM, user->nick, *step->letter,
		    message_middle(step->parameter),
		    "No such kind of notices; HELP NOTICES tells the letters");
		return false;
	}
	if ((notices != 0) != (user->notices != 0)) {
		user->modes ^= MODE_USER_NOTICES;
		note_change(changed, sign, notices != 0, step->letter);
	}
	set_notices(ctx, user, notices);
	return true;
}

static void
apply_step(Ctx *ctx, User *user, const ModeStep *step, GString *changed, char *sign)
{
	uint64_t bit = MODE_BIT(step->index);

	/* RFC 2812 3.1.5: asking for what only the service gives is ignored. */
	if (step->add && mode_row(step->index)->setter == MODE_BY_GRANT)
		return;
	if (((user->modes & bit) != 0) == step->add)
		return;
	user->modes ^= bit;
	follow_change(ctx, user, step->index, step->add);
	note_change(changed, sign, step->add, step->letter);
	/* Who is no operator any more reads none of their notices. */
	if (step->index == MODE_USER_OPERATOR_INDEX && (user->modes & MODE_USER_NOTICES)) {
		user->modes ^= MODE_USER_NOTICES;
		follow_change(ctx, user, MODE_USER_NOTICES_INDEX, false);
		note_change(changed, sign, false,
		    (const char[]){mode_row(MODE_USER_NOTICES_INDEX)->letter, '\0'});
	}
}

Outcome
act_user_mode(
    Ctx *ctx, User *user, const char *letters, const char *const *parameters, unsigned n_parameters)
{
	g_autoptr(GString) changed = g_string_new(NULL);
	bool unknown = false, refused = false, notices = false;
	ModeParser parser;
	char sign = '\0';
	ModeStep step;
	Event event;

	if (ctx->actor.user && ctx->actor.user != user)
		return refuse(ctx, ERR_USERSDONTMATCH);
	mode_parser_init(&parser, MODE_ON_USER, letters, parameters, n_parameters);
	while (mode_parser_next(&parser, &step)) {
		if (step.index == MODES)
			unknown = true;
		else if (step.index == MODE_USER_NOTICES_INDEX && step.add)
			*(change_notices(ctx, user, &step, changed, &sign) ? &notices : &refused) =
			    true;
		else
			apply_step(ctx, user, &step, changed, &sign);
	}
	if (changed->len > 0) {
		event = ctx_event(ctx, EVENT_USER_MODE);
		event.target = user;
		event.text = changed->str;
		announce(ctx, &event);
	}
	if (unknown)
		refuse(ctx, ERR_UMODEUNKNOWNFLAG);
	if (notices)
		tell_notices(ctx, user);
	return changed->len == 0 && (unknown || refused) ? OUTCOME_REFUSED : OUTCOME_DONE;
}

/* SPDX-License-Identifier: MIT */
#include "act/mode_parse.h"
#include "act/verbs.h"

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
}

static void
apply_step(Ctx *ctx, User *user, const ModeStep *step, GString *changed, char *sign)
{
	uint64_t bit = MODE_BIT(step->index);
	char wanted = step->add ? '+' : '-';

	/* RFC 2812 3.1.5: asking for what only the service gives is ignored. */
	if (step->add && mode_row(step->index)->setter == MODE_BY_GRANT)
		return;
	if (((user->modes & bit) != 0) == step->add)
		return;
	user->modes ^= bit;
	follow_change(ctx, user, step->index, step->add);
	if (*sign != wanted)
		g_string_append_c(changed, wanted);
	*sign = wanted;
	g_string_append(changed, step->letter);
}

Outcome
act_user_mode(Ctx *ctx, User *user, const char *letters)
{
	g_autoptr(GString) changed = g_string_new(NULL);
	bool unknown = false;
	ModeParser parser;
	char sign = '\0';
	ModeStep step;
	Event event;

	if (ctx->actor.user && ctx->actor.user != user)
		return refuse(ctx, ERR_USERSDONTMATCH);
	mode_parser_init(&parser, MODE_ON_USER, letters, NULL, 0);
	while (mode_parser_next(&parser, &step)) {
		if (step.index == MODES)
			unknown = true;
		else
			apply_step(ctx, user, &step, changed, &sign);
	}
	if (unknown)
		refuse(ctx, ERR_UMODEUNKNOWNFLAG);
	if (changed->len == 0)
		return unknown ? OUTCOME_REFUSED : OUTCOME_DONE;
	event = ctx_event(ctx, EVENT_USER_MODE);
	event.target = user;
	event.text = changed->str;
	announce(ctx, &event);
	return OUTCOME_DONE;
}

/* SPDX-License-Identifier: MIT */
#include "act/kept_channels.h"
#include "act/mode_changes.h"
#include "act/mode_lists.h"
#include "act/mode_parse.h"
#include "act/services.h"
#include "act/sight.h"
#include "act/verbs.h"
#include "domain/channel_values.h"
#include "proto/message.h"
#include "proto/names.h"

#include <string.h>

static void
refuse_parameter(ModeChanges *changes, const ModeStep *step, const char *why)
{
	changes->refused = true;
	refuse(changes->ctx, ERR_INVALIDMODEPARAM, changes->channel->name, *step->letter,
	    step->parameter ? message_middle(step->parameter) : "*", why);
}

static void
apply_key(ModeChanges *changes, const ModeStep *step)
{
	Channel *channel = changes->channel;

	if (!step->add) {
		if (!channel->key)
			return;
		channel_set_key(channel, NULL);
		mode_changes_add(changes, false, *step->letter, "*");
	} else if (!step->parameter) {
		refuse_parameter(changes, step, "A key is missing");
		return;
	} else if (!name_is_key(step->parameter)) {
		changes->refused = true;
		refuse(changes->ctx, ERR_INVALIDKEY, channel->name);
		return;
	} else {
		if (g_strcmp0(channel->key, step->parameter) == 0)
			return;
		channel_set_key(channel, step->parameter);
		mode_changes_add(changes, true, *step->letter, step->parameter);
	}
	changes->kept_row_stale = true;
}

/* Who forwards others must be host where they are sent to. */
static bool
may_forward(ModeChanges *changes, const ModeStep *step)
{
	Ctx *ctx = changes->ctx;
	const Channel *target = directory_find_channel(ctx->community->directory, step->parameter);

	if (!target || target == changes->channel || !sight_of_channel(ctx, target)) {
		refuse_parameter(changes, step, "There is no such other channel");
		return false;
	}
	if (actor_may(ctx, MAY_HOST_CHANNEL, target))
		return true;
	changes->refused = true;
	refuse(ctx, ERR_CHANOPRIVSNEEDED, target->name);
	return false;
}

/* What a value needs besides being one. */
static bool (*const may_set[MODES])(ModeChanges *changes, const ModeStep *step) = {
    [MODE_CHANNEL_FORWARD_INDEX] = may_forward,
};

static void
apply_value(ModeChanges *changes, const ModeStep *step)
{
	Channel *channel = changes->channel;
	g_autofree char *before = channel_value(channel, step->index);
	g_autofree char *after = NULL;

	if (step->add && step->parameter && may_set[step->index] &&
	    !may_set[step->index](changes, step))
		return;
	if ((step->add && !step->parameter) ||
	    !channel_set_value(channel, step->index, step->add ? step->parameter : NULL)) {
		refuse_parameter(changes, step, channel_value_rule(step->index));
		return;
	}
	after = channel_value(channel, step->index);
	if (g_strcmp0(before, after) == 0)
		return;
	mode_changes_add(changes, step->add, *step->letter, after);
	changes->kept_row_stale = true;
}

static void
set_flag(ModeChanges *changes, unsigned index, bool add)
{
	Channel *channel = changes->channel;

	if (channel_has(channel, MODE_BIT(index)) == add)
		return;
	channel_flip_flag(channel, index);
	if (index == MODE_CHANNEL_PERMANENT_INDEX && !channel->registered && !channel->held) {
		if (add)
			kept_channel_put_all(changes->ctx, channel);
		else
			kept_channel_remove(changes->ctx, channel);
	}
	mode_changes_add(changes, add, mode_row(index)->letter, NULL);
	changes->kept_row_stale = true;
	if (index != MODE_CHANNEL_AUDITORIUM_INDEX)
		return;
	mode_changes_flush(changes);
	sight_auditorium_changed(changes->ctx, channel);
}

static void
apply_flag(ModeChanges *changes, const ModeStep *step)
{
	/* RFC 2811 4.2.6: private and secret exclude each other. */
	static const unsigned excluded[MODES] = {
	    [MODE_CHANNEL_PRIVATE_INDEX] = MODE_CHANNEL_SECRET_INDEX,
	    [MODE_CHANNEL_SECRET_INDEX] = MODE_CHANNEL_PRIVATE_INDEX,
	};

	if (step->add && excluded[step->index])
		set_flag(changes, excluded[step->index], false);
	set_flag(changes, step->index, step->add);
}

static Member *
find_member(ModeChanges *changes, const ModeStep *step)
{
	Ctx *ctx = changes->ctx;
	const ServiceRow *service;
	Member *seat = NULL;
	const User *user;

	if (!step->parameter) {
		refuse_parameter(changes, step, "A nick is missing");
		return NULL;
	}
	service = service_find(step->parameter);
	user = directory_find_user(ctx->community->directory, step->parameter);
	if (service)
		refuse(ctx, ERR_USERNOTINCHANNEL, service->voice.nick, changes->channel->name);
	else if (!user)
		refuse(ctx, ERR_NOSUCHNICK, message_middle(step->parameter));
	else if (!(seat = user_seat(user, changes->channel)))
		refuse(ctx, ERR_USERNOTINCHANNEL, user->nick, changes->channel->name);
	if (!seat)
		changes->refused = true;
	return seat;
}

static void
apply_rank(ModeChanges *changes, const ModeStep *step)
{
	Ctx *ctx = changes->ctx;
	Member *seat = find_member(changes, step);
	uint64_t rank = MODE_BIT(step->index);
	bool was_concealed, was_host;

	if (!seat)
		return;
	if ((seat->ranks & MODE_CHANNEL_OWNER) && seat->user != ctx->actor.user &&
	    !actor_may(ctx, MAY_OWN_CHANNEL, changes->channel)) {
		changes->refused = true;
		refuse(ctx, ERR_UNIQOPRIVSNEEDED, changes->channel->name);
		return;
	}
	if (((seat->ranks & rank) != 0) == step->add)
		return;
	sight_reveal(ctx, seat);
	was_concealed = member_is_concealed(seat);
	was_host = member_is_host(seat);
	member_set_ranks(seat, seat->ranks ^ rank);
	sight_rank_rose(ctx, seat, was_concealed);
	mode_changes_add_rank(changes, step->add, *step->letter, seat->user);
	if (channel_has(seat->channel, MODE_CHANNEL_AUDITORIUM) &&
	    (was_concealed != member_is_concealed(seat) || was_host != member_is_host(seat)))
		mode_changes_flush(changes);
	sight_rank_fell(ctx, seat, was_concealed);
	sight_viewer_changed(ctx, seat, was_host);
}

static void (*const apply[])(ModeChanges *changes, const ModeStep *step) = {
    [MODE_KIND_LIST] = mode_list_apply,
    [MODE_KIND_KEY] = apply_key,
    [MODE_KIND_LIMIT] = apply_value,
    [MODE_KIND_VALUE] = apply_value,
    [MODE_KIND_FLAG] = apply_flag,
    [MODE_KIND_RANK] = apply_rank,
};

/* Lists may be read, and a rank given back, without being a host. */
static bool
is_free_to_all(const Ctx *ctx, const ModeStep *step)
{
	const ModeRow *row = mode_row(step->index);

	if (!step->parameter)
		return row->kind == MODE_KIND_LIST;
	return row->kind == MODE_KIND_RANK && !step->add && ctx->actor.user &&
	       directory_find_user(ctx->community->directory, step->parameter) == ctx->actor.user;
}

static bool
may_apply(ModeChanges *changes, const ModeStep *step)
{
	Ctx *ctx = changes->ctx;
	const Channel *channel = changes->channel;
	const ModeRow *row = mode_row(step->index);

	if (is_free_to_all(ctx, step))
		return true;
	if (row->setter == MODE_BY_SERVICE) {
		refuse(ctx, ERR_ONLYSERVERSCANCHANGE, channel->name, row->letter);
		return false;
	}
	if (row->setter == MODE_BY_GRANT)
		return actor_must(ctx, MAY_KEEP_CHANNELS);
	if (!actor_may(ctx, MAY_HOST_CHANNEL, channel)) {
		if (!changes->told_no_host)
			refuse(ctx, ERR_CHANOPRIVSNEEDED, channel->name);
		changes->told_no_host = true;
		return false;
	}
	if (row->setter == MODE_BY_OWNER && !actor_may(ctx, MAY_OWN_CHANNEL, channel)) {
		refuse(ctx, ERR_UNIQOPRIVSNEEDED, channel->name);
		return false;
	}
	return true;
}

/* Every letter that is none is named once. */
static void
refuse_letter(ModeChanges *changes, const ModeStep *step, GString *told)
{
	changes->refused = true;
	if (strstr(told->str, step->letter))
		return;
	g_string_append(told, step->letter);
	refuse(changes->ctx, ERR_UNKNOWNMODE, message_middle(step->letter));
}

/* MODES of 005 is for users; who acts for the service is not left half done. */
static unsigned
changes_allowed(const Ctx *ctx)
{
	return ctx->actor.kind == ACTOR_USER ? ctx->community->settings->limits->modes : G_MAXUINT;
}

/* He reads what was not done: all from this step on. */
static void
refuse_rest(ModeChanges *changes, const ModeStep *step, const ModeParser *parser)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text,
	    "%s: at most %u changes with a parameter at once, left out: %c%s%s %s",
	    changes->channel->name, changes_allowed(changes->ctx), step->add ? '+' : '-',
	    step->letter, parser->letters, step->parameter);
	for (unsigned i = 0; i < parser->n_parameters; i++)
		g_string_append_printf(text, " %s", parser->parameters[i]);
	mode_changes_flush(changes);
	changes->refused = true;
	ctx_warn(changes->ctx, "MODE", "TOO_MANY_CHANGES", text->str);
}

Outcome
act_channel_mode(Ctx *ctx, Channel *channel, const char *letters, const char *const *parameters,
    unsigned n_parameters)
{
	unsigned left = changes_allowed(ctx);
	g_autoptr(GString) unknown = g_string_new(NULL);
	ModeChanges changes;
	ModeParser parser;
	uint64_t shown = 0;
	ModeStep step;

	mode_changes_begin(&changes, ctx, channel);
	mode_parser_init(&parser, MODE_ON_CHANNEL, letters, parameters, n_parameters);
	while (mode_parser_next(&parser, &step)) {
		if (step.index == MODES) {
			refuse_letter(&changes, &step, unknown);
			continue;
		}
		if (step.parameter && left-- == 0) {
			refuse_rest(&changes, &step, &parser);
			break;
		}
		/* The same list or question twice is answered once. */
		if (!step.parameter && mode_step_wants_parameter(&step)) {
			if (shown & MODE_BIT(step.index))
				continue;
			shown |= MODE_BIT(step.index);
		}
		if (may_apply(&changes, &step))
			apply[mode_row(step.index)->kind](&changes, &step);
		else
			changes.refused = true;
	}
	mode_changes_end(&changes);
	act_drop_if_empty(ctx, channel);
	return changes.refused && !changes.applied ? OUTCOME_REFUSED : OUTCOME_DONE;
}

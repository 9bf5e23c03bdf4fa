/* SPDX-License-Identifier: MIT */
#include "act/mode_changes.h"

#include "act/sight.h"
#include "act/verbs.h"
#include "domain/account.h"
#include "proto/message.h"

#include <string.h>

void
mode_changes_begin(ModeChanges *changes, Ctx *ctx, Channel *channel)
{
	*changes = (ModeChanges){
	    .ctx = ctx,
	    .channel = channel,
	    .letters = g_string_new(NULL),
	    .parameters = g_string_new(NULL),
	    .subjects = g_array_new(FALSE, FALSE, sizeof(int64_t)),
	    .overhead = strlen(": MODE  ") + strlen(ctx_source(ctx)) + strlen(channel->name),
	};
}

void
mode_changes_flush(ModeChanges *changes)
{
	g_autofree char *text = NULL;
	Event event;

	if (changes->letters->len == 0)
		return;
	text = g_strconcat(changes->letters->str, changes->parameters->str, NULL);
	sight_reveal_actor(changes->ctx, changes->channel);
	event = ctx_event(changes->ctx, EVENT_CHANNEL_MODE);
	event.channel = changes->channel;
	event.text = text;
	event.subjects = (const int64_t *)(const void *)changes->subjects->data;
	event.n_subjects = changes->subjects->len;
	announce(changes->ctx, &event);
	g_string_truncate(changes->letters, 0);
	g_string_truncate(changes->parameters, 0);
	changes->sign = '\0';
	g_array_set_size(changes->subjects, 0);
}

void
mode_changes_add(ModeChanges *changes, bool add, char letter, const char *parameter)
{
	char sign = add ? '+' : '-';
	size_t more = 2 + (parameter ? strlen(parameter) + 1 : 0);

	if (changes->overhead + changes->letters->len + changes->parameters->len + more >
	    MESSAGE_BODY_MAX)
		mode_changes_flush(changes);
	if (changes->sign != sign)
		g_string_append_c(changes->letters, sign);
	changes->sign = sign;
	g_string_append_c(changes->letters, letter);
	if (parameter)
		g_string_append_printf(changes->parameters, " %s", parameter);
	changes->applied = true;
}

void
mode_changes_add_rank(ModeChanges *changes, bool add, char letter, const User *user)
{
	mode_changes_add(changes, add, letter, user->nick);
	if (!user->login)
		return;
	for (guint i = 0; i < changes->subjects->len; i++)
		if (g_array_index(changes->subjects, int64_t, i) == user->login->id)
			return;
	g_array_append_val(changes->subjects, user->login->id);
}

void
mode_changes_end(ModeChanges *changes)
{
	mode_changes_flush(changes);
	if (changes->kept_row_stale)
		act_keep_channel(changes->ctx, changes->channel);
	g_string_free(changes->letters, TRUE);
	g_string_free(changes->parameters, TRUE);
	g_array_unref(changes->subjects);
}

/* SPDX-License-Identifier: MIT */
/* SILENCE and ACCEPT (modern IRC): whom one does not hear, and whom one does under mode g. */
#include "act/verbs.h"
#include "cmd/handlers.h"
#include "cmd/list_words.h"
#include "cmd/packed_words.h"
#include "domain/name_list.h"
#include "domain/silence_list.h"

static Outcome
list_silences(Ctx *ctx)
{
	const User *user = ctx->actor.user;

	for (unsigned i = 0; i < silence_list_count(user->silences); i++) {
		const SilenceEntry *entry = silence_list_entry(user->silences, i);
		char letters[SILENCE_FLAGS_SIZE];

		silence_flags_text(entry->flags, letters);
		reply(ctx, RPL_SILELIST, user->nick, entry->mask, letters);
	}
	reply(ctx, RPL_ENDOFSILELIST);
	return OUTCOME_DONE;
}

Outcome
cmd_silence(Ctx *ctx, const Message *message)
{
	const char *letters = message->n_params > 1 ? message->params[1] : "";
	g_auto(GStrv) masks = NULL;
	Outcome outcome = OUTCOME_DONE;
	unsigned flags;

	if (message->n_params == 0 || !*message->params[0])
		return list_silences(ctx);
	if (!silence_flags_parse(letters, &flags))
		return refuse(
		    ctx, ERR_UNKNOWNERROR, "SILENCE", "The flags are p, n, i, c, t and x");
	masks = g_strsplit(message->params[0], ",", -1);
	for (unsigned i = 0; masks[i]; i++) {
		const char *mask = masks[i] + (*masks[i] == '+' || *masks[i] == '-');

		if (!list_word_counts(masks, i))
			continue;
		if (*masks[i] == '-')
			act_unsilence(ctx, mask);
		else if (act_silence(ctx, mask, flags) != OUTCOME_DONE)
			outcome = OUTCOME_REFUSED;
	}
	return outcome;
}

static void
tell_accepts(Ctx *ctx, const char *names)
{
	reply(ctx, RPL_ACCEPTLIST, names);
}

static Outcome
list_accepts(Ctx *ctx)
{
	const NameList *accepts = ctx->actor.user->accepts;
	PackedWords list = packed_words_begin(ctx, ' ', tell_accepts);

	for (unsigned i = 0; i < name_list_count(accepts); i++)
		packed_words_add(&list, name_list_name(accepts, i));
	packed_words_end(&list);
	reply(ctx, RPL_ENDOFACCEPT);
	return OUTCOME_DONE;
}

Outcome
cmd_accept(Ctx *ctx, const Message *message)
{
	g_auto(GStrv) nicks = g_strsplit(message->n_params > 0 ? message->params[0] : "", ",", -1);
	Outcome outcome = OUTCOME_DONE;
	bool any = false;

	for (unsigned i = 0; nicks[i]; i++) {
		const char *nick = nicks[i];
		Outcome one;

		if (!list_word_counts(nicks, i))
			continue;
		any = true;
		if (*nick == '*' && !nick[1])
			one = list_accepts(ctx);
		else if (*nick == '-')
			one = act_unaccept(ctx, nick + 1);
		else
			one = act_accept(ctx, nick + (*nick == '+'));
		if (one != OUTCOME_DONE)
			outcome = one;
	}
	return any ? outcome : list_accepts(ctx);
}

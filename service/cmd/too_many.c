/* SPDX-License-Identifier: MIT */
#include "cmd/too_many.h"

#include "cmd/packed_words.h"
#include "proto/message.h"

static void
tell(Ctx *ctx, const char *targets)
{
	refuse(ctx, ERR_TOOMANYTARGETS, targets);
}

Outcome
refuse_targets(Ctx *ctx, const char *const *targets, unsigned n_targets)
{
	PackedWords packed = packed_words_begin(ctx, ',', tell);

	for (unsigned i = 0; i < n_targets; i++)
		if (*targets[i])
			packed_words_add(&packed, message_middle(targets[i]));
	packed_words_end(&packed);
	return OUTCOME_REFUSED;
}

Outcome
refuse_words(Ctx *ctx, char *const *words, unsigned from)
{
	return refuse_targets(
	    ctx, (const char *const *)words + from, g_strv_length((char **)words) - from);
}

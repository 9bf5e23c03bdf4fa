/* SPDX-License-Identifier: MIT */
#include "act/channel_speech.h"

#include "base/clock.h"
#include "domain/channel_bans.h"
#include "proto/formatting.h"
#include "proto/modes.h"

#include <string.h>

#define CTCP '\x01'
#define CTCP_ACTION                                                                                \
	"\x01"                                                                                     \
	"ACTION"

/* What a rule looks at. */
typedef struct Remark {
	const Ctx *ctx;
	const Channel *channel;
	const Member *seat; /* NULL: from outside */
	const Speech *speech;
} Remark;

bool
speech_is_ctcp(const char *text)
{
	size_t action = strlen(CTCP_ACTION);

	if (!text || *text != CTCP)
		return false;
	return strncmp(text, CTCP_ACTION, action) != 0 ||
	       (text[action] && text[action] != ' ' && text[action] != CTCP);
}

bool
speech_is_notice(const Speech *speech)
{
	return strcmp(speech->verb, "NOTICE") == 0;
}

bool
speech_is_answered(const Speech *speech)
{
	return speech->edits || !speech_is_notice(speech);
}

static const char *
outside(const Remark *remark, SpeechVerdict *verdict)
{
	bool closed = channel_has(remark->channel, MODE_CHANNEL_NO_EXTERNAL);

	return closed && !remark->seat ? "+n" : NULL;
}

static const char *
banned(const Remark *remark, SpeechVerdict *verdict)
{
	return channel_bans_from(remark->channel, remark->ctx->actor.user, EXTBAN_SPEAK) ? "+b"
											 : NULL;
}

static const char *
moderated(const Remark *remark, SpeechVerdict *verdict)
{
	return channel_has(remark->channel, MODE_CHANNEL_MODERATED) ? "+m" : NULL;
}

static const char *
needs_account(const Remark *remark, SpeechVerdict *verdict)
{
	bool closed = channel_has(remark->channel, MODE_CHANNEL_ACCOUNTS_SPEAK);

	return closed && !remark->ctx->actor.user->account ? "+M" : NULL;
}

static const char *
ctcp(const Remark *remark, SpeechVerdict *verdict)
{
	bool closed = channel_has(remark->channel, MODE_CHANNEL_NO_CTCP);

	return closed && speech_is_ctcp(remark->speech->text) ? "+C" : NULL;
}

static const char *
coloured(const Remark *remark, SpeechVerdict *verdict)
{
	bool closed = channel_has(remark->channel, MODE_CHANNEL_NO_COLOURS);
	const char *text = remark->speech->text;

	return closed && text && formatting_is_in(text) ? "+c" : NULL;
}

static const char *
too_soon(const Remark *remark, SpeechVerdict *verdict)
{
	int64_t wait = 0;

	if (remark->channel->slow > 0 && remark->seat && remark->seat->spoke_at > 0)
		wait = remark->seat->spoke_at + remark->channel->slow * CLOCK_SECOND -
		       remark->ctx->monotonic;
	if (wait <= 0)
		return NULL;
	g_snprintf(verdict->reason, sizeof verdict->reason, "+W, wait %d seconds",
	    (int)((wait + CLOCK_SECOND - 1) / CLOCK_SECOND));
	return verdict->reason;
}

/* With +U, what a rule that `hosts_see` would refuse is shown to the hosts. */
static const struct {
	const char *(*refuses)(const Remark *remark, SpeechVerdict *verdict);
	bool hosts_see;
} rules[] = {
    {outside, false},
    {ctcp, false},
    {coloured, false},
    {too_soon, false},
    {banned, true},
    {moderated, true},
    {needs_account, true},
};

static void
judge(const Remark *remark, SpeechVerdict *verdict)
{
	bool to_hosts = channel_has(remark->channel, MODE_CHANNEL_OP_MODERATED);
	bool to_nobody_else = channel_has(remark->channel, MODE_CHANNEL_AUDITORIUM);

	for (unsigned i = 0; i < G_N_ELEMENTS(rules); i++) {
		if (to_hosts && rules[i].hosts_see)
			continue;
		verdict->why = rules[i].refuses(remark, verdict);
		if (verdict->why)
			return;
	}
	verdict->hosts_only = to_hosts || to_nobody_else;
}

/* The text without colours; a message of several lines goes to some as its lines. */
static void
strip(const Speech *speech, SpeechVerdict *verdict)
{
	verdict->text = formatting_strip(speech->text);
	if (verdict->text[strspn(verdict->text, "\n")] == '\0')
		verdict->why = "+S, nothing is left";
	if (speech->n_lines == 0)
		return;
	verdict->lines = g_array_new(FALSE, FALSE, sizeof(MultilineLine));
	g_array_set_clear_func(verdict->lines, multiline_line_clear);
	for (unsigned i = 0; i < speech->n_lines; i++) {
		MultilineLine line = {.text = formatting_strip(speech->lines[i].text),
		    .concat = speech->lines[i].concat};

		g_array_append_val(verdict->lines, line);
	}
}

void
channel_speech_judge(
    const Ctx *ctx, const Channel *channel, const Speech *speech, SpeechVerdict *ret_verdict)
{
	const User *user = ctx->actor.user;
	Remark remark = {.ctx = ctx, .channel = channel, .speech = speech};

	*ret_verdict = (SpeechVerdict){0};
	if (!user)
		return;
	remark.seat = user_seat(user, channel);
	if (!remark.seat || !member_has_voice(remark.seat))
		judge(&remark, ret_verdict);
	if (!ret_verdict->why && speech->text && channel_has(channel, MODE_CHANNEL_STRIP_COLOURS) &&
	    formatting_is_in(speech->text))
		strip(speech, ret_verdict);
}

void
speech_verdict_clear(SpeechVerdict *verdict)
{
	g_clear_pointer(&verdict->text, g_free);
	g_clear_pointer(&verdict->lines, g_array_unref);
}

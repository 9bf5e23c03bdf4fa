/* SPDX-License-Identifier: MIT */
#include "act/edit.h"

#include "act/channel_speech.h"
#include "act/flood.h"
#include "act/message_change.h"
#include "proto/modes.h"
#include "store/history_message.h"

#define FORBIDDEN "EDIT_FORBIDDEN"

/* As if it were said now; the text may lose its colours. Tells why not. */
static bool
may_be_said(Ctx *ctx, MessageChange *change, const HistoryRow *row)
{
	Channel *channel = directory_find_channel(ctx->community->directory, row->channel);
	Speech speech = {.verb = row->verb, .target = row->channel, .text = change->text};
	g_auto(SpeechVerdict) verdict = {0};
	g_autofree char *why = NULL;

	if (!channel) {
		message_change_fail(ctx, change, FORBIDDEN, "There is no such channel any more");
		return false;
	}
	channel_speech_judge(ctx, channel, &speech, &verdict);
	if (verdict.why) {
		why = g_strdup_printf("This cannot be said there (%s)", verdict.why);
		message_change_fail(ctx, change, FORBIDDEN, why);
		return false;
	}
	if (verdict.text) {
		g_free(change->text);
		change->text = g_steal_pointer(&verdict.text);
	}
	if (verdict.hosts_only)
		change->ranks = MODE_CHANNEL_OWNER | MODE_CHANNEL_OP;
	/* Tells by itself what it does to him. */
	return flood_allows_speech(ctx, channel, &speech);
}

static bool
check(Ctx *ctx, MessageChange *change, const HistoryRow *row)
{
	if (row->said != HISTORY_SAID || !row->text || row->relayed_by) {
		message_change_fail(ctx, change, FORBIDDEN, "Only a text of your own has another");
		return false;
	}
	return !row->channel || may_be_said(ctx, change, row);
}

static int64_t
window(const SettingsHistory *settings)
{
	return settings->edit_window;
}

static void
store(
    MessageChange *change, History *history, const HistoryPlace *place, StoreDone done, void *data)
{
	const HistoryEdit edit = {
	    .msgid = change->msgid,
	    .text = change->text,
	    .when = change->when,
	    .keep_version = change->keep_version,
	};

	history_edit(history, place, &edit, done, data);
}

static const MessageChangeKind editing = {
    .verb = "EDIT",
    .event = EVENT_EDIT,
    .window = window,
    .target_text = "You cannot edit messages there",
    .forbidden = FORBIDDEN,
    .forbidden_text = "You are not authorised to edit this message",
    .expired = "EDIT_WINDOW_EXPIRED",
    .expired_text = "You can no longer edit this message",
    .done = "MESSAGE_EDITED",
    .done_text = "The message was edited",
    .check = check,
    .store = store,
};

Outcome
act_edit(Ctx *ctx, const char *target, const char *msgid, const char *text)
{
	const MessageChange empty = {
	    .kind = &editing, .target = (char *)target, .msgid = (char *)msgid};

	if (!*text)
		return message_change_fail(
		    ctx, &empty, "EMPTY_TEXT", "There must be a text: REDACT takes a message back");
	return act_change_message(ctx, &editing, target, msgid, text);
}

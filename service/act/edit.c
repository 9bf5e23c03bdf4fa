/* SPDX-License-Identifier: MIT */
#include "act/edit.h"

#include "act/screen.h"
#include "act/speech_gate.h"
#include "store/history_message.h"

#define FORBIDDEN "EDIT_FORBIDDEN"

/* Nobody is there who could refuse it, but who was may have silenced him. */
static bool
is_silenced_by_absent(const Ctx *ctx, const MessageChange *change, const Speech *speech)
{
	const Account *account = accounts_find_nick(ctx->community->accounts, change->target);
	unsigned flag = speech_is_notice(speech) ? SILENCE_NOTICES : SILENCE_PRIVATE;

	return account && screen_account_silences(ctx, account, flag);
}

/* The text may have lost its colours. */
static void
take_form(MessageChange *change, SpeechPass *pass)
{
	change->ranks = pass->ranks;
	change->is_withheld = pass->is_withheld;
	if (!pass->verdict.text)
		return;
	g_free(change->text);
	change->text = g_steal_pointer(&pass->verdict.text);
	if (!pass->verdict.lines)
		return;
	g_array_unref(change->lines);
	change->lines = g_steal_pointer(&pass->verdict.lines);
}

/* As if it were said now. Tells why not. */
static bool
may_be_said(Ctx *ctx, MessageChange *change, const Speech *speech)
{
	g_autofree char *context = message_change_context(change);
	const FailAs fail_as = {"EDIT", FORBIDDEN, context};
	g_auto(SpeechPass) pass = {0};
	bool passed;

	ctx->fail_as = &fail_as;
	passed = speech_may_pass(ctx, speech, &pass);
	ctx->fail_as = NULL;
	if (!passed)
		return false;
	take_form(change, &pass);
	speech_passed(ctx, &pass);
	return true;
}

/* Whoever may relay there may say it anew in that name. */
static bool
may_relay(Ctx *ctx, const HistoryRow *row)
{
	const Channel *channel =
	    row->channel ? directory_find_channel(ctx->community->directory, row->channel) : NULL;

	return channel && actor_may(ctx, MAY_HOST_CHANNEL, channel);
}

static bool
check(Ctx *ctx, MessageChange *change, const HistoryRow *row)
{
	Speech speech = {
	    .verb = row->verb,
	    .target = change->target,
	    .text = change->text,
	    .relayed_for = row->relayed_by ? row->source : NULL,
	    .edits = change->msgid,
	};

	if (row->said != HISTORY_SAID || !row->text) {
		message_change_fail(ctx, change, FORBIDDEN, "Only a text of your own has another");
		return false;
	}
	if (row->relayed_by && !may_relay(ctx, row)) {
		message_change_fail(
		    ctx, change, FORBIDDEN, "Only operators of the channel may relay to it");
		return false;
	}
	if (change->lines) {
		speech.lines = (const MultilineLine *)(const void *)change->lines->data;
		speech.n_lines = change->lines->len;
	}
	change->spoken = speech_is_notice(&speech) ? "NOTICE" : "PRIVMSG";
	if (row->channel || directory_find_user(ctx->community->directory, change->target))
		return may_be_said(ctx, change, &speech);
	change->is_withheld = is_silenced_by_absent(ctx, change, &speech);
	return true;
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
	    .has_lines = change->lines != NULL,
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
    .is_in_its_name = true,
    .check = check,
    .store = store,
};

Outcome
act_edit(Ctx *ctx, const ChangeRequest *request)
{
	const MessageChange empty = {
	    .kind = &editing, .target = (char *)request->target, .msgid = (char *)request->msgid};

	if (!*request->text)
		return message_change_fail(
		    ctx, &empty, "EMPTY_TEXT", "There must be a text: REDACT takes a message back");
	return act_change_message(ctx, &editing, request);
}

/* SPDX-License-Identifier: MIT */
#include "act/redact.h"

#include "act/message_change.h"
#include "store/history_message.h"

static int64_t
window(const SettingsHistory *settings)
{
	return settings->redact_window;
}

static void
store(
    MessageChange *change, History *history, const HistoryPlace *place, StoreDone done, void *data)
{
	history_redact(history, place, change->msgid, done, data);
}

static const MessageChangeKind redaction = {
    .verb = "REDACT",
    .event = EVENT_REDACTION,
    .hosts_may = true,
    .window = window,
    .target_text = "You cannot delete messages from there",
    .forbidden = "REDACT_FORBIDDEN",
    .forbidden_text = "You are not authorised to delete this message",
    .expired = "REDACT_WINDOW_EXPIRED",
    .expired_text = "You can no longer delete this message",
    .done = "MESSAGE_DELETED",
    .done_text = "The message was deleted",
    .store = store,
};

Outcome
act_redact(Ctx *ctx, const char *target, const char *msgid, const char *reason)
{
	g_autofree char *cut = NULL;

	if (reason && *reason)
		cut = cut_text(reason, ctx->community->settings->limits->kick);
	return act_change_message(
	    ctx, &redaction, &(ChangeRequest){.target = target, .msgid = msgid, .text = cut});
}

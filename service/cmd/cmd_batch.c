/* SPDX-License-Identifier: MIT */
/* BATCH of clients (IRCv3 draft/client-batch) and its one type, draft/multiline. */
#include "act/edit.h"
#include "act/verbs.h"
#include "base/clock.h"
#include "cmd/batch_line.h"
#include "cmd/handlers.h"
#include "cmd/relayed_tags.h"
#include "cmd/speech_to.h"
#include "domain/client_batch.h"
#include "proto/caps.h"
#include "proto/tags.h"

#include <string.h>

/* Why a multiline batch is refused; the limits are told with the code. */
static const struct {
	const char *code;
	const char *text;
} refusals[MULTILINE_STATUSES] = {
    [MULTILINE_TOO_LONG] = {"MULTILINE_MAX_BYTES", "The batch has more bytes than allowed"},
    [MULTILINE_TOO_MANY] = {"MULTILINE_MAX_LINES", "The batch has more lines than allowed"},
    [MULTILINE_OTHER_TARGET] = {"MULTILINE_INVALID_TARGET",
	"A line has another target than the batch"},
    [MULTILINE_OTHER_VERB] = {"MULTILINE_INVALID",
	"A batch holds PRIVMSG lines only, NOTICE lines only or EDIT lines only"},
    [MULTILINE_OTHER_MESSAGE] = {"MULTILINE_INVALID",
	"The EDIT lines of a batch are about one message"},
    [MULTILINE_NO_TEXT] = {"MULTILINE_INVALID", "A line of the batch has no text parameter"},
    [MULTILINE_CONCAT_BLANK] = {"MULTILINE_INVALID", "A blank line cannot continue another"},
    [MULTILINE_ALL_BLANK] = {"MULTILINE_INVALID", "The batch has blank lines only"},
    [MULTILINE_EMPTY] = {"MULTILINE_INVALID", "The batch has no lines"},
};

static Outcome
fail(Ctx *ctx, const char *code, const char *context, const char *text)
{
	counter_add(&ctx->out->counters, COUNTER_REFUSALS, 1);
	reply_standard(ctx->reply, "FAIL", "BATCH", code, context, text);
	return OUTCOME_REFUSED;
}

/* The answer goes under the label of the command that opened it; what still comes is ignored. */
static Outcome
refuse_open(Ctx *ctx, ClientBatch *batch, const char *code, const char *context, const char *text)
{
	reply_set_label(ctx->reply, batch->label);
	client_batch_refuse(batch);
	return fail(ctx, code, context, text);
}

static Outcome
refuse_multiline(Ctx *ctx, ClientBatch *batch, MultilineStatus status, const char *target)
{
	const Multiline *multiline = batch->multiline;
	g_autofree char *context = NULL;

	if (status == MULTILINE_TOO_LONG)
		context = g_strdup_printf("%zu", multiline->most_bytes);
	else if (status == MULTILINE_TOO_MANY)
		context = g_strdup_printf("%u", multiline->most_lines);
	else if (status == MULTILINE_OTHER_TARGET)
		context = g_strdup_printf("%s %s", multiline->target, message_middle(target));
	return refuse_open(ctx, batch, refusals[status].code, context, refusals[status].text);
}

static bool
has_reference(const ClientBatch *batch, const Tag *tag)
{
	return strlen(batch->reference) == tag->value_length &&
	       memcmp(batch->reference, tag->value, tag->value_length) == 0;
}

static Outcome
add_line(Ctx *ctx, ClientBatch *batch, const Message *message, const Tag *tag)
{
	const char *target = message->n_params > 0 ? message->params[0] : "";
	MultilineStatus status;
	Tag concat;

	if (!batch->multiline)
		return OUTCOME_DONE;
	if (!has_reference(batch, tag))
		return refuse_open(ctx, batch, "MULTILINE_INVALID", NULL,
		    "A line is of another batch than the open one");
	status = multiline_add(batch->multiline, message->verb, message->params, message->n_params,
	    tags_find(
		message->tags, message->tags_length, tag_row(TAG_MULTILINE_CONCAT)->name, &concat));
	return status == MULTILINE_OK ? OUTCOME_DONE : refuse_multiline(ctx, batch, status, target);
}

static bool
find_batch_tag(const Ctx *ctx, const Message *message, Tag *ret_tag)
{
	const Session *session = ctx->actor.session;

	/* What was begun is ended so, also when the capability is given back meanwhile. */
	return message->tags &&
	       (session_has(session, CAP_MULTILINE) ||
		   (session->batch && session->batch->multiline)) &&
	       tags_find(message->tags, message->tags_length, tag_row(TAG_BATCH)->name, ret_tag);
}

bool
batch_takes_line(Ctx *ctx, const Message *message, Outcome *ret_outcome)
{
	ClientBatch *batch = ctx->actor.session->batch;
	Tag tag;

	if (!find_batch_tag(ctx, message, &tag))
		return false;
	*ret_outcome = batch ? add_line(ctx, batch, message, &tag)
			     : fail(ctx, "MULTILINE_INVALID", NULL, "No batch is open");
	return true;
}

void
batch_loses_line(Ctx *ctx, const Message *message)
{
	ClientBatch *batch = ctx->actor.session->batch;
	Tag tag;

	if (!batch || !batch->multiline || !find_batch_tag(ctx, message, &tag))
		return;
	reply_set_label(ctx->reply, batch->label);
	client_batch_refuse(batch);
}

static void
tell_timeout(Ctx *ctx, const void *answer)
{
	ClientBatch *batch = ctx->actor.session->batch;

	refuse_open(ctx, batch, "TIMEOUT", batch->reference, "The batch was open for too long");
}

/* While a command of the session waits for a job, its answers keep their order. */
static void
timed_out(Timer *timer, void *data)
{
	ClientBatch *batch = data;
	const Session *session = batch->session;
	Host *host = batch->host;

	if (session->pending)
		timers_set(batch->timers, timer, timer->due + CLOCK_SECOND, timed_out, batch);
	else
		host->resume(host, session->handle, batch->label, tell_timeout, NULL);
}

/* Its label is kept: the answer is the message, or why there is none. */
static Outcome
open_multiline(Ctx *ctx, const Message *message, const char *reference)
{
	const SettingsLimits *limits = ctx->community->settings->limits;
	Timers *timers = ctx->community->timers;
	g_auto(Bytes) tags = {0};
	ClientBatch *batch;

	relayed_tags(ctx, message, &tags);
	batch = client_batch_open(ctx->actor.session, reference,
	    multiline_new(message->params[2], limits->multiline_bytes, limits->multiline_lines),
	    timers);
	batch->label = reply_take_label(ctx->reply);
	batch->client_tags = tags.length > 0 ? g_strdup(bytes_text(&tags)) : NULL;
	batch->host = ctx->host;
	timers_set(
	    timers, &batch->deadline, ctx->monotonic + limits->batch_timeout, timed_out, batch);
	return OUTCOME_DONE;
}

/* Refused at once; its lines are ignored. */
static Outcome
open_refused(
    Ctx *ctx, const char *reference, const char *code, const char *context, const char *text)
{
	client_batch_open(ctx->actor.session, reference, NULL, ctx->community->timers);
	return fail(ctx, code, context, text);
}

static Outcome
open_batch(Ctx *ctx, const Message *message, const char *reference)
{
	Session *session = ctx->actor.session;
	const char *type = message->n_params > 1 ? message->params[1] : "";
	g_autofree char *context = NULL;

	if (!client_batch_reference_is_valid(reference))
		return open_refused(ctx, reference, "INVALID_REFTAG", message_middle(reference),
		    "A reference has letters, digits and - only");
	if (!*type)
		return refuse(ctx, ERR_NEEDMOREPARAMS, "BATCH");
	if (session->batch && session->batch->multiline)
		return refuse_open(ctx, session->batch, "MULTILINE_INVALID", NULL,
		    "Another batch is open already");
	context = g_strdup_printf("%s %s", reference, message_middle(type));
	if (strcmp(type, cap_row(CAP_MULTILINE_INDEX)->name) != 0 ||
	    !session_has(session, CAP_MULTILINE | CAP_BATCH))
		return open_refused(
		    ctx, reference, "UNKNOWN_TYPE", context, "Not a type you may send");
	if (message->n_params < 3 || message_middle(message->params[2]) != message->params[2])
		return open_refused(
		    ctx, reference, "MULTILINE_INVALID", NULL, "The batch has no target");
	return open_multiline(ctx, message, reference);
}

/* The message it makes is said, or takes the place of the text of another. */
static Outcome
say(Ctx *ctx, const ClientBatch *batch)
{
	const Multiline *multiline = batch->multiline;
	const GArray *lines = multiline->lines;
	g_autofree char *text =
	    multiline_text((const MultilineLine *)(const void *)lines->data, lines->len);
	Speech speech = {
	    .verb = multiline->verb,
	    .target = multiline->target,
	    .text = text,
	    .lines = (const MultilineLine *)(const void *)lines->data,
	    .n_lines = lines->len,
	    .client_tags = batch->client_tags,
	};

	reply_set_label(ctx->reply, batch->label);
	if (multiline->about)
		return act_edit(ctx, &(ChangeRequest){multiline->target, multiline->about, text,
					 speech.lines, speech.n_lines});
	return speech_to(ctx, &speech);
}

static Outcome
close_batch(Ctx *ctx, const char *reference)
{
	Session *session = ctx->actor.session;
	ClientBatch *batch = session->batch;
	MultilineStatus status;
	Outcome outcome = OUTCOME_DONE;

	/* The answer is the message's; who labeled this line too is told that it came. */
	if (batch && batch->label)
		reply_acknowledge(ctx->reply);
	if (!batch || (!batch->multiline && strcmp(batch->reference, reference) != 0))
		return fail(ctx, "INVALID_REFTAG", message_middle(reference),
		    "No batch of that reference is open");
	if (batch->multiline && strcmp(batch->reference, reference) != 0)
		return refuse_open(ctx, batch, "MULTILINE_INVALID", NULL,
		    "Another batch is open than the one to be closed");
	if (batch->multiline) {
		status = multiline_finish(batch->multiline);
		outcome = status == MULTILINE_OK ? say(ctx, batch)
						 : refuse_multiline(ctx, batch, status, NULL);
	}
	client_batch_close(session);
	return outcome;
}

Outcome
cmd_batch(Ctx *ctx, const Message *message)
{
	const char *reference = message->params[0];

	if (*reference == '+')
		return open_batch(ctx, message, reference + 1);
	if (*reference == '-')
		return close_batch(ctx, reference + 1);
	return fail(ctx, "INVALID_REFTAG", message_middle(reference),
	    "A reference has + in front of it to open a batch, - to close it");
}

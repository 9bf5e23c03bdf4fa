/* SPDX-License-Identifier: MIT */
#include "out/reply.h"

#include "out/event_tags.h"
#include "out/held_back.h"
#include "out/render.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/tags.h"
#include "proto/utf8.h"

#include <string.h>

#define LINE_ROOM 640u /* bytes: a line of the usual tags and any body */

void
reply_begin(Reply *reply, const Community *community, Outbox *outbox, Random *random,
    Session *session, int64_t now, const char *label)
{
	*reply = (Reply){
	    .session = session,
	    .community = community,
	    .outbox = outbox,
	    .random = random,
	    .now = now,
	};
	bytes_init(&reply->bytes, REPLY_LABELED_MAX);
	if (label && *label && strlen(label) <= REPLY_LABEL_MAX &&
	    session_has(session, CAP_LABELED_RESPONSE))
		g_strlcpy(reply->label, label, sizeof reply->label);
	if (!session->answering)
		session->answering = reply;
}

static void
send_at_once(Outbox *outbox, Session *session, Line *line)
{
	outbox_send(outbox, session->conn, line);
}

/* Queues what was collected, as one line object however many lines it holds. */
static void
flush(Reply *reply)
{
	if (reply->bytes.length > 0)
		(reply->is_behind ? held_back_send : send_at_once)(reply->outbox, reply->session,
		    line_new(reply->bytes.data, reply->bytes.length));
	reply->session->reading.unread += reply->bytes.length;
	bytes_reset(&reply->bytes);
}

/* What carries the label is known from the second line on, but not within a batch. */
static bool
may_flush(const Reply *reply)
{
	return !reply->held && (!reply->label[0] || (reply->lines > 1 && !reply->batch[0]));
}

static void begin_label(Reply *reply);

void
reply_flush(Reply *reply)
{
	if (!may_flush(reply))
		return;
	if (reply->label[0])
		begin_label(reply);
	flush(reply);
}

static void
line_is_whole(Reply *reply)
{
	if (!reply->batch[0])
		reply->lines++;
	if (reply->bytes.length >= REPLY_CHUNK)
		reply_flush(reply);
}

/* The innermost that is open. */
static const char *
open_batch(const Reply *reply)
{
	return reply->batch[0] ? reply->batch : reply->outer;
}

/* Cuts the body that begins at `body` to the protocol's length and ends the line. */
static void
finish_line(Reply *reply, size_t body)
{
	Bytes *bytes = &reply->bytes;

	if (bytes->length - body > MESSAGE_BODY_MAX)
		bytes_truncate(bytes,
		    body + utf8_cut(bytes->data + body, bytes->length - body, MESSAGE_BODY_MAX));
	bytes_append(bytes, "\r\n", 2);
	line_is_whole(reply);
}

static size_t
begin_line(Reply *reply)
{
	bytes_reserve(&reply->bytes, LINE_ROOM);
	answer_tags_write(&reply->bytes, reply->session->caps, reply->now, open_batch(reply));
	return reply->bytes.length;
}

/* ":server NNN nick "; returns where the body begins. */
static size_t
begin_numeric(Reply *reply, unsigned numeric)
{
	Bytes *bytes = &reply->bytes;
	size_t body = begin_line(reply);
	const char number[] = {' ', (char)('0' + numeric / 100), (char)('0' + numeric / 10 % 10),
	    (char)('0' + numeric % 10), ' '};

	bytes_append_char(bytes, ':');
	bytes_append_string(bytes, reply->community->server_name);
	bytes_append(bytes, number, sizeof number);
	bytes_append_string(bytes, session_name(reply->session));
	bytes_append_char(bytes, ' ');
	return body;
}

void
reply_numeric_valist(Reply *reply, unsigned numeric, const char *format, va_list arguments)
{
	size_t body = begin_numeric(reply, numeric);

	bytes_append_valist(&reply->bytes, format, arguments);
	finish_line(reply, body);
}

void
reply_numeric(Reply *reply, unsigned numeric, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	reply_numeric_valist(reply, numeric, format, arguments);
	va_end(arguments);
}

static void write_line(Reply *reply, const char *source, const char *format, va_list arguments)
    G_GNUC_PRINTF(3, 0);

static void
write_line(Reply *reply, const char *source, const char *format, va_list arguments)
{
	size_t body = begin_line(reply);

	bytes_append_format(&reply->bytes, ":%s ", source);
	bytes_append_valist(&reply->bytes, format, arguments);
	finish_line(reply, body);
}

void
reply_line(Reply *reply, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line(reply, reply->community->server_name, format, arguments);
	va_end(arguments);
}

void
reply_line_from(Reply *reply, const char *source, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	write_line(reply, source, format, arguments);
	va_end(arguments);
}

void
reply_standard(Reply *reply, const char *type, const char *command, const char *code,
    const char *context, const char *text)
{
	const char *space = context ? " " : "";

	reply_line(
	    reply, "%s %s %s%s%s :%s", type, command, code, space, context ? context : "", text);
}

void
reply_own_standard(
    Reply *reply, const char *type, const char *command, const char *code, const char *text)
{
	if (session_has(reply->session, CAP_STANDARD_REPLIES))
		reply_standard(reply, type, command, code, NULL, text);
	else
		reply_line(reply, "NOTICE %s :*** %s %s: %s", session_name(reply->session), type,
		    command, text);
}

void
reply_batch_begin(Reply *reply, const char *type, const char *parameters)
{
	char reference[REPLY_BATCH_SIZE];

	g_assert(!reply->batch[0]);
	if (!session_has(reply->session, CAP_BATCH))
		return;
	random_token(reply->random, reference, sizeof reference);
	reply_line(reply, "BATCH +%s %s%s%s", reference, type, parameters ? " " : "",
	    parameters ? parameters : "");
	g_strlcpy(reply->batch, reference, sizeof reply->batch);
}

void
reply_batch_end(Reply *reply)
{
	char reference[REPLY_BATCH_SIZE];

	if (!reply->batch[0])
		return;
	g_strlcpy(reference, reply->batch, sizeof reference);
	reply->batch[0] = '\0';
	reply_line(reply, "BATCH -%s", reference);
	reply->lines--; /* it belongs to the line that opened it */
}

static bool
is_in_batch(const char *line, const char *end)
{
	static const char tag[] = "@batch=";

	return (size_t)(end - line) > strlen(tag) && memcmp(line, tag, strlen(tag)) == 0;
}

/* One line with one more tag in front of the others. */
static void
tag_line(Bytes *to, const char *line, const char *end, const char *name, const char *value)
{
	bool has_tags = *line == '@';

	bytes_append_format(to, "@%s=%s%c", name, value, has_tags ? ';' : ' ');
	line += has_tags ? 1 : 0;
	bytes_append(to, line, (size_t)(end - line));
}

static const char *
line_end(const char *line, const char *end)
{
	return (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
}

/* Every line goes into that batch, unless it is in one already, which then is nested. */
static void
put_into_batch(Bytes *to, const char *data, size_t length, const char *reference)
{
	const char *end = data + length;

	for (const char *line = data; line < end;) {
		const char *next = line_end(line, end);

		if (is_in_batch(line, next))
			bytes_append(to, line, (size_t)(next - line));
		else
			tag_line(to, line, next, tag_row(TAG_BATCH)->name, reference);
		line = next;
	}
}

void
reply_event(Reply *reply, const Event *event)
{
	RenderMemo memo;
	const char *batch = open_batch(reply);
	const RenderEntry *entry;

	render_memo_init(&memo, reply->community->server_name);
	entry = render_event(&memo, event, reply->session->caps);
	if (*batch)
		put_into_batch(&reply->bytes, entry->line->data, entry->line->length, batch);
	else
		bytes_append(&reply->bytes, entry->line->data, entry->line->length);
	render_memo_finish(&memo);
	line_is_whole(reply);
}

/* The label goes on the first line: the only one, or the one that opens the only batch. */
static void
label_first(const Reply *reply, Bytes *labeled)
{
	const char *data = reply->bytes.data;
	const char *end = data + reply->bytes.length;
	const char *next = line_end(data, end);

	tag_line(labeled, data, next, tag_row(TAG_LABEL)->name, reply->label);
	bytes_append(labeled, next, (size_t)(end - next));
}

static void
label_batch(Reply *reply, Bytes *labeled)
{
	random_token(reply->random, reply->outer, sizeof reply->outer);
	bytes_append_format(labeled, "@%s=%s :%s BATCH +%s labeled-response\r\n",
	    tag_row(TAG_LABEL)->name, reply->label, reply->community->server_name, reply->outer);
	put_into_batch(labeled, reply->bytes.data, reply->bytes.length, reply->outer);
}

/* The lines there are get the label: the only one its tag, several a batch that stays open. */
static void
begin_label(Reply *reply)
{
	g_auto(Bytes) labeled;

	bytes_init(&labeled, 2 * (size_t)REPLY_LABELED_MAX);
	if (reply->lines == 1 || !session_has(reply->session, CAP_BATCH))
		label_first(reply, &labeled);
	else
		label_batch(reply, &labeled);
	bytes_reset(&reply->bytes);
	bytes_clear(&reply->bytes);
	reply->bytes = labeled;
	bytes_init(&labeled, 0);
	reply->label[0] = '\0';
	reply->is_labeled = true;
}

/* IRCv3 labeled-response: nothing -> ACK, one line or batch -> its tag, several -> a batch. */
static void
apply_label(Reply *reply)
{
	if (reply->bytes.failed) {
		bytes_reset(&reply->bytes);
		reply->lines = 0;
		reply_with(reply, ERR_UNKNOWNERROR, "*", "The answer is too large for a label");
	}
	if (reply->lines == 0)
		reply_line(reply, "ACK");
	begin_label(reply);
}

static void
end_label(Reply *reply)
{
	if (reply->outer[0])
		bytes_append_format(&reply->bytes, ":%s BATCH -%s\r\n",
		    reply->community->server_name, reply->outer);
	reply->outer[0] = '\0';
}

void
reply_farewell(Outbox *outbox, Session *session)
{
	held_back_release(outbox, session);
	outbox_close(
	    outbox, session->conn, session->farewell_reason, g_steal_pointer(&session->farewell));
}

/* It is not in the making any more. */
static void
let_go(Reply *reply)
{
	Session *session = reply->session;

	if (session->answering != reply)
		return;
	session->answering = NULL;
	if (session->farewell)
		reply_farewell(reply->outbox, session);
}

void
reply_end(Reply *reply)
{
	g_assert(!reply->batch[0]);
	if (reply->label[0])
		apply_label(reply);
	end_label(reply);
	flush(reply);
	bytes_clear(&reply->bytes);
	let_go(reply);
}

char *
reply_take_label(Reply *reply)
{
	char *label = reply->label[0] ? g_strdup(reply->label) : NULL;

	reply->label[0] = '\0';
	return label;
}

void
reply_acknowledge(Reply *reply)
{
	g_assert(reply->lines == 0);
	if (!reply->label[0])
		return;
	apply_label(reply);
	flush(reply);
	reply->is_labeled = false; /* of what follows */
	reply->lines = 0;
}

void
reply_set_label(Reply *reply, const char *label)
{
	if (label)
		g_strlcpy(reply->label, label, sizeof reply->label);
}

void
reply_abandon(Reply *reply)
{
	bytes_clear(&reply->bytes);
	let_go(reply);
}

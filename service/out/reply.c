/* SPDX-License-Identifier: MIT */
#include "out/reply.h"

#include "out/render.h"
#include "proto/caps.h"
#include "proto/message.h"
#include "proto/utf8.h"

#include <string.h>

#define BATCH_REFERENCE_SIZE 9

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
}

/* Queues what was collected, as one line object however many lines it holds. */
static void
flush(Reply *reply)
{
	if (reply->bytes.length > 0)
		outbox_send(reply->outbox, reply->session->conn,
		    line_new(reply->bytes.data, reply->bytes.length));
	reply->flushed += reply->bytes.length;
	bytes_reset(&reply->bytes);
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
	reply->lines++;
	if (!reply->label[0] && bytes->length >= REPLY_CHUNK)
		flush(reply);
}

static size_t
begin_line(Reply *reply)
{
	render_tags(&reply->bytes, reply->session->caps, reply->now, NULL, NULL);
	return reply->bytes.length;
}

void
reply_numeric_valist(Reply *reply, unsigned numeric, const char *format, va_list arguments)
{
	size_t body = begin_line(reply);

	bytes_append_format(&reply->bytes, ":%s %03u %s ", reply->community->server_name, numeric,
	    session_name(reply->session));
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

void
reply_line(Reply *reply, const char *format, ...)
{
	size_t body = begin_line(reply);
	va_list arguments;

	bytes_append_format(&reply->bytes, ":%s ", reply->community->server_name);
	va_start(arguments, format);
	bytes_append_valist(&reply->bytes, format, arguments);
	va_end(arguments);
	finish_line(reply, body);
}

void
reply_standard(Reply *reply, const char *type, const char *command, const char *code,
    const char *context, const char *text)
{
	const char *space = context ? " " : "";

	if (!context)
		context = "";
	if (session_has(reply->session, CAP_STANDARD_REPLIES))
		reply_line(reply, "%s %s %s%s%s :%s", type, command, code, space, context, text);
	else
		reply_line(reply, "NOTICE %s :*** %s %s%s%s: %s", session_name(reply->session),
		    type, command, space, context, text);
}

void
reply_event(Reply *reply, const Event *event)
{
	RenderMemo memo;
	const RenderEntry *entry;

	render_memo_init(&memo, reply->community->server_name);
	entry = render_event(&memo, event, reply->session->caps);
	bytes_append(&reply->bytes, entry->line->data, entry->line->length);
	render_memo_finish(&memo);
	reply->lines++;
	if (!reply->label[0] && reply->bytes.length >= REPLY_CHUNK)
		flush(reply);
}

/* Appends the lines of `from`, each with one more tag in front of the others. */
static void
tag_lines(Bytes *to, const Bytes *from, const char *name, const char *value)
{
	const char *line = from->data;
	const char *end = from->data + from->length;

	while (line < end) {
		const char *next = (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
		bool has_tags = *line == '@';

		bytes_append_format(to, "@%s=%s%c", name, value, has_tags ? ';' : ' ');
		line += has_tags ? 1 : 0;
		bytes_append(to, line, (size_t)(next - line));
		line = next;
	}
}

/* IRCv3 labeled-response: nothing -> ACK, one line -> its tag, several -> a batch. */
static void
apply_label(Reply *reply)
{
	g_auto(Bytes) labeled;
	const char *server = reply->community->server_name;
	bool batch = reply->lines != 1 && session_has(reply->session, CAP_BATCH);
	char reference[BATCH_REFERENCE_SIZE];

	bytes_init(&labeled, 2 * (size_t)REPLY_LABELED_MAX);
	if (reply->bytes.failed) {
		bytes_reset(&reply->bytes);
		reply->lines = 0;
		reply_with(reply, ERR_UNKNOWNERROR, "*", "The answer is too large for a label");
		batch = false;
	}
	if (reply->lines == 0) {
		size_t body = begin_line(reply);

		bytes_append_format(&reply->bytes, ":%s ACK", server);
		finish_line(reply, body);
		batch = false;
	}
	if (!batch) {
		tag_lines(&labeled, &reply->bytes, "label", reply->label);
	} else {
		random_token(reply->random, reference, sizeof reference);
		bytes_append_format(&labeled, "@label=%s :%s BATCH +%s labeled-response\r\n",
		    reply->label, server, reference);
		tag_lines(&labeled, &reply->bytes, "batch", reference);
		bytes_append_format(&labeled, ":%s BATCH -%s\r\n", server, reference);
	}
	bytes_reset(&reply->bytes);
	bytes_clear(&reply->bytes);
	reply->bytes = labeled;
	bytes_init(&labeled, 0);
}

void
reply_end(Reply *reply)
{
	if (reply->label[0])
		apply_label(reply);
	flush(reply);
	bytes_clear(&reply->bytes);
}

void
reply_abandon(Reply *reply)
{
	bytes_clear(&reply->bytes);
}

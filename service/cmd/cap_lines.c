/* SPDX-License-Identifier: MIT */
#include "cmd/cap_lines.h"

#include "domain/session.h"
#include "proto/message.h"

#include <string.h>

CapLines
cap_lines_begin(Reply *reply, const char *subcommand, bool marks_more)
{
	return (CapLines){
	    .reply = reply,
	    .subcommand = subcommand,
	    .marks_more = marks_more,
	    .words = g_string_new(NULL),
	    .room = MESSAGE_BODY_MAX - strlen(":  CAP   * :") -
		    strlen(reply->community->server_name) - strlen(session_name(reply->session)) -
		    strlen(subcommand),
	};
}

static void
tell(CapLines *lines, bool more)
{
	reply_line(lines->reply, "CAP %s %s%s :%s", session_name(lines->reply->session),
	    lines->subcommand, more && lines->marks_more ? " *" : "", lines->words->str);
	g_string_truncate(lines->words, 0);
}

void
cap_lines_add(CapLines *lines, const char *word)
{
	if (lines->words->len > 0 && lines->words->len + 1 + strlen(word) > lines->room)
		tell(lines, true);
	if (lines->words->len > 0)
		g_string_append_c(lines->words, ' ');
	g_string_append(lines->words, word);
}

void
cap_lines_end(CapLines *lines)
{
	tell(lines, false);
	cap_lines_drop(lines);
}

void
cap_lines_drop(CapLines *lines)
{
	g_string_free(lines->words, TRUE);
}

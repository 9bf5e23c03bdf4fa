/* SPDX-License-Identifier: MIT */
/* message_parse(): whatever it understands stays inside the line. */
#include "proto/message.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_view(const char *view, const char *line, size_t size)
{
	g_assert(view >= line && view + strlen(view) <= line + size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *line = g_malloc(size + 1);
	memcpy(line, data, size);
	line[size] = 'X';
	Message message;
	MessageStatus status = message_parse(line, size, &message);
	if (message.tags)
		g_assert(message.tags > line && message.tags_length <= MESSAGE_TAGS_MAX &&
			 message.tags + message.tags_length <= line + size);
	if (message.source)
		check_view(message.source, line, size);
	if (status == MESSAGE_OK || status == MESSAGE_INVALID_UTF8)
		g_assert(*message.verb != '\0');
	if (message.verb)
		check_view(message.verb, line, size);
	g_assert(message.n_params <= MESSAGE_PARAMS_MAX);
	for (unsigned i = 0; i < message.n_params; i++) {
		check_view(message.params[i], line, size);
		if (i + 1 < message.n_params)
			g_assert(message.params[i][0] != '\0' && !strchr(message.params[i], ' '));
	}
	return 0;
}

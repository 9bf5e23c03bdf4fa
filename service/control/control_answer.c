/* SPDX-License-Identifier: MIT */
#include "control/control_answer.h"

#include "control.h"
#include "control/json_text.h"

#include <stdio.h>
#include <string.h>

static json_t *
envelope(const JsonRequest *request)
{
	json_t *answer = json_object();

	json_object_set_new(answer, "jsonrpc", json_string("2.0"));
	if (request->method)
		json_object_set_new(answer, "method", json_text(request->method));
	if (request->id)
		json_object_set(answer, "id", request->id);
	return answer;
}

static Line *
too_long(const JsonRequest *request, size_t length)
{
	char text[128];

	snprintf(text, sizeof text, "The answer would be %zu bytes, at most %d are sent: use limit",
	    length, CONTROL_ANSWER_MAX);
	return answer_error(request, CONTROL_ERROR_INTERNAL, text, NULL);
}

Line *
answer_result(const JsonRequest *request, json_t *result)
{
	json_t *answer = envelope(request);
	Line *line;
	size_t length;

	json_object_set_new(answer, "result", result);
	line = json_line(answer);
	length = line->length;
	if (length <= CONTROL_ANSWER_MAX)
		return line;
	line_unref(line);
	return too_long(request, length);
}

Line *
answer_text(const JsonRequest *request, const char *text, size_t length)
{
	static const char middle[] = ",\"result\":";
	json_t *answer = envelope(request);
	g_autofree char *head = json_compact(answer);
	size_t head_length = strlen(head) - 1; /* without its brace */
	Line *line;
	char *to;

	json_decref(answer);
	if (head_length + length + sizeof middle + 1 > CONTROL_ANSWER_MAX)
		return too_long(request, length);
	line = line_new_sized(head_length + strlen(middle) + length + 2);
	to = mempcpy(line->data, head, head_length);
	to = mempcpy(to, middle, strlen(middle));
	to = mempcpy(to, text, length);
	memcpy(to, "}\n", 2);
	return line;
}

Line *
answer_error(const JsonRequest *request, int code, const char *message, json_t *data)
{
	json_t *answer = envelope(request);
	json_t *error = json_object();

	json_object_set_new(error, "code", json_integer(code));
	json_object_set_new(error, "message", json_text(message));
	if (data)
		json_object_set(error, "data", data);
	json_object_set_new(answer, "error", error);
	return json_line(answer);
}

Line *
answer_push(const char *method, json_t *result)
{
	json_t *push = json_object();

	json_object_set_new(push, "jsonrpc", json_string("2.0"));
	json_object_set_new(push, "method", json_string(method));
	json_object_set_new(push, "result", result);
	return json_line(push);
}

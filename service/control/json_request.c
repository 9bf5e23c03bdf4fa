/* SPDX-License-Identifier: MIT */
#include "control/json_request.h"

#include "control.h"

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void refuse(JsonRequest *request, int code, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void
refuse(JsonRequest *request, int code, const char *format, ...)
{
	va_list arguments;

	request->code = code;
	request->fatal = code == CONTROL_ERROR_PARSE;
	va_start(arguments, format);
	vsnprintf(request->problem, sizeof request->problem, format, arguments);
	va_end(arguments);
	if (!g_utf8_validate(request->problem, -1, NULL)) {
		g_autofree char *valid = g_utf8_make_valid(request->problem, -1);

		g_strlcpy(request->problem, valid, sizeof request->problem);
		*(char *)g_utf8_find_prev_char(
		    request->problem, request->problem + strlen(request->problem)) = '\0';
	}
}

/* What a line would cost, counted without understanding it: brackets and commas outside strings. */
static void
measure(const char *line, size_t length, unsigned *ret_depth, unsigned *ret_values)
{
	unsigned depth = 0, deepest = 0, values = 1;
	bool in_string = false;

	for (size_t i = 0; i < length; i++) {
		char character = line[i];

		if (in_string) {
			if (character == '\\')
				i++;
			else if (character == '"')
				in_string = false;
			continue;
		}
		if (character == '"') {
			in_string = true;
		} else if (character == '[' || character == '{') {
			values++;
			depth++;
			deepest = MAX(deepest, depth);
		} else if (character == ',') {
			values++;
		} else if ((character == ']' || character == '}') && depth > 0) {
			depth--;
		}
	}
	*ret_depth = deepest;
	*ret_values = values;
}

static bool
is_affordable(JsonRequest *request, const char *line, size_t length)
{
	unsigned depth, values;

	if (length > CONTROL_REQUEST_MAX) {
		json_request_too_long(request);
		return false;
	}
	measure(line, length, &depth, &values);
	if (depth > CONTROL_DEPTH_MAX)
		refuse(request, CONTROL_ERROR_PARSE,
		    "Arrays and objects are nested deeper than %d levels", CONTROL_DEPTH_MAX);
	else if (values > CONTROL_VALUES_MAX)
		refuse(request, CONTROL_ERROR_PARSE, "More than %d values in one request",
		    CONTROL_VALUES_MAX);
	return request->code == 0;
}

static bool
is_id(const json_t *id)
{
	const char *text = json_string_value(id);

	if (json_is_integer(id))
		return true;
	return text && g_utf8_strlen(text, -1) <= CONTROL_ID_MAX && !strpbrk(text, "\r\n");
}

/* Only the four members of a call may be there. */
static const char *
unknown_member(json_t *root)
{
	static const char *const known[] = {"jsonrpc", "id", "method", "params", NULL};
	const char *key;
	json_t *value;

	json_object_foreach(root, key, value) if (!g_strv_contains(known, key)) return key;
	return NULL;
}

static void
read_envelope(JsonRequest *request)
{
	json_t *root = request->root;
	json_t *id = json_object_get(root, "id");
	json_t *params = json_object_get(root, "params");
	const char *version = json_string_value(json_object_get(root, "jsonrpc"));
	const char *unknown;

	/* What can be echoed is, also in errors. */
	if (is_id(id))
		request->id = id;
	request->method = json_string_value(json_object_get(root, "method"));
	if (!json_is_object(root))
		refuse(request, CONTROL_ERROR_INVALID_REQUEST,
		    json_is_array(root) ? "Batches are not supported: send one object per line"
					: "A request is a JSON object");
	else if (!version || strcmp(version, "2.0") != 0)
		refuse(
		    request, CONTROL_ERROR_INVALID_REQUEST, "'jsonrpc' must be the string \"2.0\"");
	else if (!request->id)
		refuse(request, CONTROL_ERROR_INVALID_REQUEST,
		    "'id' must be an integer or a string of at most %d characters", CONTROL_ID_MAX);
	else if (!request->method)
		refuse(request, CONTROL_ERROR_INVALID_REQUEST, "'method' must be a string");
	else if ((unknown = unknown_member(root)))
		refuse(request, CONTROL_ERROR_INVALID_REQUEST,
		    "'%.64s' is no member of a request: jsonrpc, id, method and params are",
		    unknown);
	else if (params && !json_is_null(params) && !json_is_object(params) &&
		 !(json_is_array(params) && json_array_size(params) == 0))
		refuse(request, CONTROL_ERROR_INVALID_REQUEST,
		    "'params' must be an object: parameters have names here");
	else if (json_is_object(params))
		request->params = params;
}

void
json_request_parse(JsonRequest *request, const char *line, size_t length)
{
	json_error_t error;

	*request = (JsonRequest){0};
	if (!is_affordable(request, line, length))
		return;
	request->root = json_loadb(line, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!request->root) {
		refuse(request, CONTROL_ERROR_PARSE, "Not JSON at byte %d: %s", error.position,
		    error.text);
		return;
	}
	read_envelope(request);
}

void
json_request_take(JsonRequest *request, json_t *root)
{
	*request = (JsonRequest){.root = root};
	read_envelope(request);
}

void
json_request_too_long(JsonRequest *request)
{
	*request = (JsonRequest){0};
	refuse(request, CONTROL_ERROR_PARSE, "The request is longer than %d bytes",
	    CONTROL_REQUEST_MAX);
}

void
json_request_clear(JsonRequest *request)
{
	json_decref(request->root);
	*request = (JsonRequest){0};
}

static bool
is_compatible_text(const char *text, const char **ret_problem)
{
	if (strpbrk(text, "\r\n"))
		*ret_problem = "Strings may not contain \\r or \\n in the request";
	else if (g_utf8_strlen(text, -1) > CONTROL_COMPATIBLE_STRING_MAX)
		*ret_problem = "Strings cannot be longer than 510 characters in the request";
	else
		return true;
	return false;
}

bool
json_request_strings_are_compatible(const json_t *value, const char **ret_problem)
{
	const char *key;
	json_t *item;
	size_t index;

	if (json_is_string(value))
		return is_compatible_text(json_string_value(value), ret_problem);
	/* Not deep: CONTROL_DEPTH_MAX bounds the recursion. */
	json_array_foreach((json_t *)value, index,
	    item) if (!json_request_strings_are_compatible(item, ret_problem)) return false;
	json_object_foreach((json_t *)value, key,
	    item) if (!is_compatible_text(key, ret_problem) ||
		      !json_request_strings_are_compatible(item, ret_problem)) return false;
	return true;
}

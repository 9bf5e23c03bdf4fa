/* SPDX-License-Identifier: MIT */
#include "cmd/who_request.h"

#include <glib.h>
#include <string.h>

static const char *
parse_fields(const char *text, WhoRequest *request)
{
	for (; *text && *text != ','; text++) {
		const char *field = strchr(WHO_FIELDS, *text);

		if (field)
			request->fields |= 1u << (field - WHO_FIELDS);
	}
	return text;
}

static void
parse_token(const char *text, WhoRequest *request)
{
	size_t digits = strspn(text, "0123456789");

	if (digits > 0 && digits < WHO_TOKEN_SIZE && text[digits] == '\0')
		memcpy(request->token, text, digits + 1);
}

void
who_request_parse(const char *text, WhoRequest *ret_request)
{
	WhoRequest request = {.token = "0"};

	for (; text && *text && *text != '%'; text++) {
		const char *field = strchr(WHO_MATCHES, g_ascii_tolower(*text));

		request.operators |= *text == 'o';
		if (field)
			request.matches |= 1u << (field - WHO_MATCHES);
	}
	if (request.matches == 0)
		request.matches = (1u << (sizeof WHO_MATCHES - 1)) - 1;
	if (text && *text == '%') {
		text = parse_fields(text + 1, &request);
		request.extended = request.fields != 0;
		if (*text == ',')
			parse_token(text + 1, &request);
	}
	*ret_request = request;
}

/* SPDX-License-Identifier: MIT */
#include "net/http_request.h"

#include <string.h>

/* RFC 9110 §5.6.2 */
static bool
is_token(HttpText text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!g_ascii_isalnum(text.data[i]) &&
		    (text.data[i] == '\0' || !strchr("!#$%&'*+-.^_`|~", text.data[i])))
			return false;
	return text.length > 0;
}

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static HttpText
trim(HttpText text)
{
	while (text.length > 0 && is_blank(text.data[0]))
		text = (HttpText){text.data + 1, text.length - 1};
	while (text.length > 0 && is_blank(text.data[text.length - 1]))
		text.length--;
	return text;
}

static bool
has_controls(HttpText text)
{
	for (size_t i = 0; i < text.length; i++)
		if (((unsigned char)text.data[i] < ' ' && text.data[i] != '\t') ||
		    text.data[i] == 0x7F)
			return true;
	return false;
}

/* Takes the text before `end` off the front, and `end` with it. */
static bool
take_until(HttpText *text, char end, HttpText *ret_part)
{
	const char *found = text->length > 0 ? memchr(text->data, end, text->length) : NULL;

	if (!found)
		return false;
	*ret_part = (HttpText){text->data, (size_t)(found - text->data)};
	text->length -= ret_part->length + 1;
	text->data = found + 1;
	return true;
}

/* A line ends with CRLF; RFC 9112 §2.2 lets a recipient take LF alone. */
static bool
take_line(HttpText *text, HttpText *ret_line)
{
	if (!take_until(text, '\n', ret_line))
		return false;
	if (ret_line->length > 0 && ret_line->data[ret_line->length - 1] == '\r')
		ret_line->length--;
	return true;
}

size_t
http_head_length(const char *data, size_t length)
{
	HttpText rest = {data, length};
	HttpText line;

	while (take_line(&rest, &line))
		if (line.length == 0)
			return (size_t)(rest.data - data);
	return 0;
}

static HttpStatus
parse_first_line(HttpText line, HttpRequest *request)
{
	static const char version[] = "HTTP/1.";

	if (has_controls(line) || !take_until(&line, ' ', &request->method) ||
	    !is_token(request->method) || !take_until(&line, ' ', &request->target) ||
	    request->target.length == 0)
		return HTTP_BAD_REQUEST;
	if (line.length < 5 || memcmp(line.data, version, 5) != 0)
		return HTTP_BAD_REQUEST;
	if (line.length != sizeof version || memcmp(line.data, version, sizeof version - 1) != 0 ||
	    !g_ascii_isdigit(line.data[sizeof version - 1]))
		return HTTP_VERSION_NOT_SUPPORTED;
	request->minor = (unsigned)(line.data[sizeof version - 1] - '0');
	return HTTP_OK;
}

/* A folded line begins with a blank, which is no token; no blank may stand before the colon. */
static HttpStatus
parse_field(HttpText line, HttpRequest *request)
{
	HttpField field;

	if (request->n_fields == HTTP_FIELDS_MAX)
		return HTTP_FIELDS_TOO_LARGE;
	if (has_controls(line) || !take_until(&line, ':', &field.name) || !is_token(field.name))
		return HTTP_BAD_REQUEST;
	field.value = trim(line);
	request->fields[request->n_fields++] = field;
	return HTTP_OK;
}

HttpStatus
http_request_parse(const char *head, size_t length, HttpRequest *ret_request)
{
	HttpText rest = {head, length};
	HttpText line = {0};
	HttpStatus status;

	ret_request->n_fields = 0;
	if (length > HTTP_HEAD_MAX)
		return HTTP_FIELDS_TOO_LARGE;
	if (!take_line(&rest, &line))
		return HTTP_BAD_REQUEST;
	status = parse_first_line(line, ret_request);
	while (status == HTTP_OK && take_line(&rest, &line) && line.length > 0)
		status = parse_field(line, ret_request);
	return status;
}

bool
http_text_equal(HttpText text, const char *word)
{
	return text.length == strlen(word) &&
	       g_ascii_strncasecmp(text.data, word, text.length) == 0;
}

const HttpField *
http_request_field(const HttpRequest *request, const char *name, unsigned *ret_count)
{
	const HttpField *found = NULL;
	unsigned count = 0;

	for (unsigned i = 0; i < request->n_fields; i++) {
		if (!http_text_equal(request->fields[i].name, name))
			continue;
		found = &request->fields[i];
		count++;
	}
	if (ret_count)
		*ret_count = count;
	return count == 1 ? found : NULL;
}

bool
http_text_next(HttpText *list, HttpText *ret_element)
{
	while (list->length > 0) {
		HttpText part;

		if (!take_until(list, ',', &part)) {
			part = *list;
			*list = (HttpText){list->data + list->length, 0};
		}
		*ret_element = trim(part);
		if (ret_element->length > 0)
			return true;
	}
	return false;
}

bool
http_request_lists(const HttpRequest *request, const char *name, const char *word)
{
	for (unsigned i = 0; i < request->n_fields; i++) {
		HttpText list = request->fields[i].value;
		HttpText element;

		if (!http_text_equal(request->fields[i].name, name))
			continue;
		while (http_text_next(&list, &element))
			if (http_text_equal(element, word))
				return true;
	}
	return false;
}

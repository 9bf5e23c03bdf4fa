/* SPDX-License-Identifier: MIT */
/*
 * HttpRequest: the head of one HTTP/1.1 request (RFC 9112), as a WebSocket's opening handshake
 * needs it: no body, no folded lines, nothing lenient. Invariant: views point into the text that
 * was parsed; names and values hold no control characters. Thread: any.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define HTTP_HEAD_MAX 8192u /* bytes of request line and header fields */
#define HTTP_FIELDS_MAX 64u

/* A piece of the request's text, not NUL-terminated. */
typedef struct HttpText {
	const char *data;
	size_t length;
} HttpText;

typedef struct HttpField {
	HttpText name;
	HttpText value; /* without blanks around it */
} HttpField;

typedef struct HttpRequest {
	HttpText method;
	HttpText target;
	unsigned minor; /* of HTTP/1.x */
	unsigned n_fields;
	HttpField fields[HTTP_FIELDS_MAX];
} HttpRequest;

typedef enum HttpStatus {
	HTTP_OK = 0,
	HTTP_BAD_REQUEST = 400,
	HTTP_FORBIDDEN = 403,
	HTTP_METHOD_NOT_ALLOWED = 405,
	HTTP_REQUEST_TIMEOUT = 408,
	HTTP_UPGRADE_REQUIRED = 426,
	HTTP_FIELDS_TOO_LARGE = 431,
	HTTP_UNAVAILABLE = 503,
	HTTP_VERSION_NOT_SUPPORTED = 505,
} HttpStatus;

/* The length of the head in data, its blank line included; 0 while it is not complete. */
size_t http_head_length(const char *data, size_t length);
/* Parses a complete head. Anything but HTTP_OK is how it has to be refused. */
HttpStatus http_request_parse(const char *head, size_t length, HttpRequest *ret_request);
/* The field of that name when it is there exactly once, else NULL; *ret_count says how often. */
const HttpField *http_request_field(
    const HttpRequest *request, const char *name, unsigned *ret_count);
bool http_text_equal(HttpText text, const char *word); /* without regard to ASCII case */
/* Takes the next element off a comma-separated list; empty ones are skipped. False at the end. */
bool http_text_next(HttpText *list, HttpText *ret_element);
/* Does a list field of that name, in whichever of its lines, hold the word? */
bool http_request_lists(const HttpRequest *request, const char *name, const char *word);

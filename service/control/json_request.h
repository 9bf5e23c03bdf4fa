/* SPDX-License-Identifier: MIT */
/*
 * JsonRequest: one line of a console as a JSON-RPC 2.0 call (README, Envelope; RFC 8259).
 * Invariant: what is not strictly a call gives an error and nothing else; before memory is spent on
 * a line its size, nesting and number of values were found to be within their limits.
 * Thread: any; pure functions.
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct JsonRequest {
	json_t *root;       /* owns all below; NULL if the line is not JSON */
	json_t *id;         /* string or integer; NULL if there is none to echo */
	const char *method; /* as spelled; NULL if there is none to echo */
	json_t *params;     /* an object; NULL for none */
	int code;           /* 0: a call; else an error of control.h */
	bool fatal;         /* close after telling it */
	char problem[256];  /* a sentence; "" when code is 0 */
} JsonRequest;

/* Always fills in the request; clear it after use. */
void json_request_parse(JsonRequest *request, const char *line, size_t length);
/* The same for a value that came inside another call; takes the reference over. */
void json_request_take(JsonRequest *request, json_t *root);
/* The same for a line whose end was cut off because it was too long. */
void json_request_too_long(JsonRequest *request);
void json_request_clear(JsonRequest *request);
/* Is every key and string at most CONTROL_COMPATIBLE_STRING_MAX characters, without CR and LF?
 * Else *ret_problem is a constant sentence. */
bool json_request_strings_are_compatible(const json_t *value, const char **ret_problem);

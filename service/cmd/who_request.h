/* SPDX-License-Identifier: MIT */
/*
 * WhoRequest: the second parameter of WHO: "o", "o%tcnuf,42" (WHOX of modern IRC).
 * Thread: any; pure.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define WHO_TOKEN_SIZE 4 /* up to three digits */
/* In the order in which they are answered, whatever the order they were asked in. */
#define WHO_FIELDS "tcuihsnfdlaor"

/* What a mask is held against: account, host, address, nick, real name, server, user name. */
#define WHO_MATCHES "ahinrsu"

typedef struct WhoRequest {
	bool operators;   /* only those */
	bool extended;    /* 354 with the fields instead of 352; as in ircu and solanum a request
			     that names no field it knows is answered as one without "%" */
	unsigned fields;  /* bit i: WHO_FIELDS[i] */
	unsigned matches; /* bit i: WHO_MATCHES[i]; all, when no flag names one */
	char token[WHO_TOKEN_SIZE];
} WhoRequest;

/* `text` may be NULL. Whatever it does not know it leaves out. */
void who_request_parse(const char *text, WhoRequest *ret_request);

/* SPDX-License-Identifier: MIT */
/*
 * SearchRequest: the parameter of SEARCH (soju.im/search): conditions in the form of message tags,
 * "in=#chat;from=anna;text=two\swords;after=2019-01-04T14:33:26.123Z;limit=10". Invariant: texts
 * are cut at their size. Thread: any; pure.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SEARCH_NAME_SIZE 201
#define SEARCH_TEXT_SIZE 401

typedef struct SearchRequest {
	char place[SEARCH_NAME_SIZE]; /* "" everywhere */
	char from[SEARCH_NAME_SIZE];  /* "" by anybody */
	char text[SEARCH_TEXT_SIZE];  /* "" anything */
	int64_t after;                /* 0: no bound */
	int64_t before;
	unsigned limit;
} SearchRequest;

/* NULL, or the name of the condition that is wrong (a constant). Nothing asked for is wrong, too:
 * "text". Conditions it does not know are not looked at. */
const char *search_request_parse(const char *conditions, unsigned most, SearchRequest *ret_request);

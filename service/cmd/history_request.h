/* SPDX-License-Identifier: MIT */
/*
 * HistoryRequest: the parameters of CHATHISTORY (IRCv3 draft/chathistory), and of whatever else
 * refers to messages. Invariant: borrows the parameters it was parsed from. Thread: any; pure.
 */
#pragma once

#include "act/query_history.h"

#include <stdbool.h>

#define HISTORY_MSGID_MAX 64u /* bytes */

typedef struct HistoryRequest {
	const char *subcommand; /* as its row has it; of an unknown one as it was sent */
	const char *target;     /* NULL: TARGETS */
	HistorySelector selector;
	bool has_first;
	HistoryReference first;
	HistoryReference second;
	unsigned limit; /* at most `most` of history_request_parse() */
} HistoryRequest;

/* What is wrong with it, as a FAIL. */
typedef struct HistoryProblem {
	const char *target;   /* that is told before `argument`; NULL: it is not */
	const char *code;     /* "INVALID_PARAMS", "INVALID_MSGREFTYPE" */
	const char *argument; /* what it is about besides the subcommand; NULL: nothing */
	const char *text;
} HistoryProblem;

/* False with *ret_problem. The subcommand is set in any case. */
bool history_request_parse(const char *const *parameters, unsigned n_parameters, unsigned most,
    HistoryRequest *ret_request, HistoryProblem *ret_problem);
/* "timestamp=2019-01-04T14:33:26.123Z"; false if it is anything else. */
bool history_timestamp_parse(const char *text, int64_t *ret_time);

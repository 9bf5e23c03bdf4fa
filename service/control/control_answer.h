/* SPDX-License-Identifier: MIT */
/*
 * Answers as lines (README, Envelope). Invariant: a line is at most CONTROL_ANSWER_MAX bytes; a
 * longer answer becomes an error that says so. Thread: state.
 */
#pragma once

#include "base/line.h"
#include "control/json_request.h"

/* Steals the reference. */
Line *answer_result(const JsonRequest *request, json_t *result);
/* The result as JSON text. */
Line *answer_text(const JsonRequest *request, const char *text, size_t length);
/* `data` may be NULL; borrowed. */
Line *answer_error(const JsonRequest *request, int code, const char *message, json_t *data);
/* Steals the reference. */
Line *answer_push(const char *method, json_t *result);

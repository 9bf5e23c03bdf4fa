/* SPDX-License-Identifier: MIT */
/*
 * Judge: finds out what a session's peer may do. Names are looked up in the system's user database,
 * which may ask another machine, so it is a job on the pool; until its answer the session's input
 * waits. Invariant: a session has at most one under way; one whose session closed ends unheard.
 * Thread: state, but for the job itself.
 */
#pragma once

#include "control/control_state.h"

typedef struct Judge Judge;

/* One line that came while the role was not known. */
typedef struct EarlyLine {
	bool too_long;
	size_t length;
	char text[];
} EarlyLine;

#define EARLY_LINES_MAX 1024u
#define EARLY_BYTES_MAX (2u * CONTROL_REQUEST_MAX)

/* Sets session->judge, or begins anew if one is under way: the settings are others now. False when
 * nothing is begun any more. */
bool judge_start(ControlSession *session);
/* Nobody waits for it: its session closes. NULL is allowed. */
void judge_drop(Judge *judge);
/* Keeps a line for later; false when there are too many. */
bool judge_keep_line(ControlSession *session, const char *line, size_t length, bool too_long);

/* control_session.c: the judgement. `refusal` NULL: he has `role`; `who` is taken over. */
void session_judged(ControlSession *session, unsigned role, char *who, const char *refusal);

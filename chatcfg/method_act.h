/* SPDX-License-Identifier: MIT */
/*
 * MethodAct: a method that does something to one object (an account, a channel), and how people are
 * asked for the rest of its parameters. Rows are static. Thread: main.
 */
#pragma once

#include "service.h"

#define METHOD_ACT_FIELDS 3

/* What a method is asked with: a field for each parameter, in the same order. */
typedef struct MethodAct {
	const char *method;
	const char *object; /* the parameter that names the object */
	const char *cannot; /* begins the sentence of a failure */
	const char *title;  /* the object's name follows; NULL: it is done at once */
	const char *text;
	const char *accept;
	gboolean danger;
	gboolean names_itself; /* the object is asked for, too: the first field */
	SnapinField fields[METHOD_ACT_FIELDS];
	const char *params[METHOD_ACT_FIELDS];
} MethodAct;

/* Asks, then calls. `name` is the object's (NULL if the act names it itself), `value` what the
 * first field begins as (NULL: nothing). */
void method_act_begin(
    Service *service, SnapinNode *node, const MethodAct *act, const char *name, const char *value);
/* The chatctl line for a method of which `known` (transfer full) holds some parameters; the other
 * required ones stand as words to be filled in, but secrets: chatctl asks for them. Caller frees.
 */
char *method_command(const Service *service, const char *method, json_t *known);

/* SPDX-License-Identifier: MIT */
/*
 * ControlMethod: what can be called over the control socket; the rows of methods.def as data, for
 * the dispatcher, `describe`, rpc.info and the tests. Invariant: names are unique; a row's
 * parameters are ended by one without a name. Thread: any; constant data.
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct ControlCall ControlCall;

typedef enum ParamType {
	PARAM_STRING,
	PARAM_SECRET, /* a string that is not shown while it is typed */
	PARAM_INTEGER,
	PARAM_BOOLEAN,
	PARAM_OBJECT,
	PARAM_ARRAY,
} ParamType;

typedef enum ParamNeed {
	PARAM_OPTIONAL,
	PARAM_REQUIRED,
	PARAM_PAGING, /* of a compatible method: with any of these the call is one of ours */
} ParamNeed;

typedef struct MethodParam {
	const char *name; /* NULL ends the list */
	ParamType type;
	ParamNeed need;
	const char *default_text; /* JSON; NULL if there is none */
	const char *values;       /* allowed words separated by spaces; NULL if free */
	int64_t least;            /* integers: the number; strings: bytes */
	int64_t most;             /* 0, 0: no range */
	const char *help;
} MethodParam;

typedef struct ControlMethod {
	const char *name;
	unsigned role;   /* least one: ROLE_* of settings.h */
	bool compatible; /* UnrealIRCd's: names, params and result keys are exactly its */
	bool changes;    /* something */
	bool audited;    /* what changes something, and who looks at what is not his to read */
	bool danger;     /* asked about before it is done */
	const char *label;
	const char *help;
	const MethodParam *params;
	/* The result (a new reference), or NULL after call_refuse() or call_wait(). */
	json_t *(*handler)(ControlCall *call);
} ControlMethod;

const ControlMethod *control_methods(unsigned *ret_count);
/* Without regard to case; NULL if there is none. */
const ControlMethod *control_method_find(const char *name);
const char *param_type_name(ParamType type); /* "string" (secrets too) "integer" … */
const char *role_name(unsigned role);        /* "viewer" "operator" "administrator" */

/* One handler for every row. */
#define METHOD(ident, name, role, kind, does, label, help)                                         \
	json_t *method_##ident(ControlCall *call);
#define PARAM(name, type, need, fallback, values, least, most, help)
#define METHOD_END
/* clang-format off */
#include "control/methods.def"
/* clang-format on */
#undef METHOD
#undef PARAM
#undef METHOD_END

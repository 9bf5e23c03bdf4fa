/* SPDX-License-Identifier: MIT */
/*
 * ControlError: a refusal of the service as a GError. The code is one of include/control.h, the
 * message is the service's sentence; what the service said besides is kept with it. Thread: any.
 */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

/* Of the error object's `data`; each NULL if the service did not say it. */
typedef struct ControlErrorDetails {
	char *kind;      /* "ERR_NOSUCHCHANNEL" */
	char *object;    /* "#x", "limits.nick" */
	char *parameter; /* "channel" */
	char *allowed;   /* "1 to 63 bytes" */
	char *role;      /* the least role that may */
} ControlErrorDetails;

#define CONTROL_ERROR (control_error_quark())
GQuark control_error_quark(void);

/* From the "error" member of an answer. */
GError *control_error_from_json(const json_t *object);
/* NULL if it is not a ControlError. Valid as long as the error. */
const ControlErrorDetails *control_error_details(const GError *error);
/* The message, with what is allowed behind it unless it says so itself. Caller frees. */
char *control_error_sentence(const GError *error);

/* SPDX-License-Identifier: MIT */
#include "control_error.h"

#include "control.h"

#include <string.h>

static void
control_error_private_init(ControlErrorDetails *details)
{
	*details = (ControlErrorDetails){0};
}

static void
control_error_private_copy(const ControlErrorDetails *from, ControlErrorDetails *to)
{
	to->kind = g_strdup(from->kind);
	to->object = g_strdup(from->object);
	to->parameter = g_strdup(from->parameter);
	to->allowed = g_strdup(from->allowed);
	to->role = g_strdup(from->role);
}

static void
control_error_private_clear(ControlErrorDetails *details)
{
	g_free(details->kind);
	g_free(details->object);
	g_free(details->parameter);
	g_free(details->allowed);
	g_free(details->role);
}

typedef ControlErrorDetails ControlErrorPrivate;
static ControlErrorPrivate *control_error_get_private(const GError *error);
G_DEFINE_EXTENDED_ERROR(ControlError, control_error)

static char *
member(const json_t *data, const char *key)
{
	return g_strdup(json_string_value(json_object_get(data, key)));
}

GError *
control_error_from_json(const json_t *object)
{
	const json_t *code = json_object_get(object, "code");
	const json_t *data = json_object_get(object, "data");
	const char *message = json_string_value(json_object_get(object, "message"));
	ControlErrorDetails *details;
	GError *error = g_error_new_literal(CONTROL_ERROR,
	    json_is_integer(code) ? (int)json_integer_value(code) : CONTROL_ERROR_INTERNAL,
	    message != NULL && *message != '\0' ? message : "refused without a reason");

	details = control_error_get_private(error);
	details->kind = member(data, "kind");
	details->object = member(data, "object");
	details->parameter = member(data, "parameter");
	details->allowed = member(data, "allowed");
	details->role = member(data, "role");
	return error;
}

const ControlErrorDetails *
control_error_details(const GError *error)
{
	return error != NULL && error->domain == CONTROL_ERROR ? control_error_get_private(error)
							       : NULL;
}

char *
control_error_sentence(const GError *error)
{
	const ControlErrorDetails *details = control_error_details(error);

	if (details == NULL || details->allowed == NULL ||
	    strstr(error->message, details->allowed) != NULL)
		return g_strdup(error->message);
	return g_strdup_printf("%s (allowed: %s)", error->message, details->allowed);
}

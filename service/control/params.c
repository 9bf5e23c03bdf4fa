/* SPDX-License-Identifier: MIT */
#include "control/params.h"

#include <string.h>

char **
param_values(const MethodParam *param)
{
	return g_strsplit(param->values ? param->values : "", " ", -1);
}

static const MethodParam *
find_param(const ControlMethod *method, const char *name)
{
	for (const MethodParam *param = method->params; param->name; param++)
		if (strcmp(param->name, name) == 0)
			return param;
	return NULL;
}

static bool
has_type(const json_t *value, ParamType type)
{
	switch (type) {
	case PARAM_STRING:
	case PARAM_SECRET:
		return json_is_string(value);
	case PARAM_INTEGER:
		return json_is_integer(value);
	case PARAM_BOOLEAN:
		return json_is_boolean(value);
	case PARAM_OBJECT:
		return json_is_object(value);
	case PARAM_ARRAY:
		return json_is_array(value);
	}
	g_assert_not_reached();
}

static bool
is_text(const MethodParam *param)
{
	return param->type == PARAM_STRING || param->type == PARAM_SECRET;
}

/* "an integer from 1 to 5000". Caller frees. */
static char *
expectation(const MethodParam *param)
{
	static const char *const articles[] = {
	    "a string", "a string", "an integer", "true or false", "an object", "an array"};

	if (param->values && param->type != PARAM_ARRAY)
		return g_strdup_printf("one of: %s", param->values);
	if (param->least == 0 && param->most == 0)
		return g_strdup(articles[param->type]);
	return g_strdup_printf("%s %s %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT "%s",
	    articles[param->type], is_text(param) ? "of" : "from", (gint64)param->least,
	    (gint64)param->most, is_text(param) ? " bytes" : "");
}

static bool
is_in_range(const json_t *value, const MethodParam *param)
{
	int64_t number = param->type == PARAM_INTEGER ? json_integer_value(value)
						      : (int64_t)json_string_length(value);

	if (param->values && (is_text(param) || param->type == PARAM_INTEGER)) {
		g_auto(GStrv) words = param_values(param);
		g_autofree char *text = is_text(param)
					    ? g_strdup(json_string_value(value))
					    : g_strdup_printf("%" G_GINT64_FORMAT, (gint64)number);

		return g_strv_contains((const char *const *)words, text);
	}
	return (param->least == 0 && param->most == 0) ||
	       (param->type != PARAM_INTEGER && !is_text(param)) ||
	       (number >= param->least && number <= param->most);
}

static bool
check_param(ControlCall *call, const MethodParam *param)
{
	json_t *value = call_value(call, param->name);
	g_autofree char *expected = NULL;

	if (value && !call->ours && param->need == PARAM_OPTIONAL &&
	    !has_type(value, param->type)) {
		json_object_del(call->request.params, param->name);
		value = NULL;
	}
	if (!value && param->need != PARAM_REQUIRED)
		return true;
	if (!value) {
		call_refuse_parameter(
		    call, param->name, NULL, "Missing parameter: '%s'", param->name);
		return false;
	}
	/* What a text says may end up in a line of the chat protocol. */
	if (json_is_string(value) && strpbrk(json_string_value(value), "\r\n")) {
		call_refuse_parameter(call, param->name, NULL,
		    "Parameter '%s' must not contain line ends", param->name);
		return false;
	}
	if (has_type(value, param->type) && is_in_range(value, param))
		return true;
	expected = expectation(param);
	call_refuse_parameter(
	    call, param->name, expected, "Parameter '%s' must be %s", param->name, expected);
	return false;
}

static bool
refuse_unknown(ControlCall *call, const char *name)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (const MethodParam *param = call->method->params; param->name; param++)
		g_string_append_printf(known, "%s%s", known->len > 0 ? " " : "", param->name);
	call_refuse_parameter(call, name, known->str, "'%.64s' is no parameter of %s, it has: %s",
	    name, call->method->name, known->len > 0 ? known->str : "none");
	return false;
}

static bool
is_paging(const ControlCall *call)
{
	for (const MethodParam *param = call->method->params; param->name; param++)
		if (param->need == PARAM_PAGING && call_value(call, param->name))
			return true;
	return false;
}

bool
params_check(ControlCall *call)
{
	const char *problem;
	const char *name;
	json_t *value;

	call->ours = !call->method->compatible || is_paging(call);
	if (call->role < call->method->role) {
		call_refuse(call, CONTROL_ERROR_DENIED, "%s needs the role %s, you have %s",
		    call->method->name, role_name(call->method->role), role_name(call->role));
		call_refusal_data(call, "role", role_name(call->method->role));
		return false;
	}
	if (!call->ours && !json_request_strings_are_compatible(call->request.params, &problem)) {
		call_refuse(call, CONTROL_ERROR_INVALID_REQUEST, "%s", problem);
		return false;
	}
	json_object_foreach(call->request.params, name,
	    value) if (call->ours && !find_param(call->method, name)) return refuse_unknown(call,
	    name);
	for (const MethodParam *param = call->method->params; param->name; param++)
		if (!check_param(call, param))
			return false;
	return true;
}

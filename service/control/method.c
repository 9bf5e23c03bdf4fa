/* SPDX-License-Identifier: MIT */
#include "control/method.h"

#include "settings/settings.h"

#include <strings.h>

/* Parameters of every method, ended by an empty one. */
#define METHOD(ident, name, role, kind, does, label, help)                                         \
	static const MethodParam params_##ident[] = {
#define PARAM(name, type, need, fallback, values, least, most, help)                               \
	{name, PARAM_##type, PARAM_##need, fallback, values, least, most, help},
#define METHOD_END                                                                                 \
	{                                                                                          \
		NULL                                                                               \
	}                                                                                          \
	}                                                                                          \
	;
/* clang-format off */
#include "control/methods.def"
/* clang-format on */
#undef METHOD
#undef PARAM
#undef METHOD_END

enum { COMPATIBLE = true, OURS = false };
enum { READS, LOOKS, CHANGES, ENDANGERS };

static const ControlMethod methods[] = {
#define METHOD(ident, name, role, kind, does, label, help)                                         \
	{name, ROLE_##role, kind, does >= CHANGES, does != READS, does == ENDANGERS, label, help,  \
	    params_##ident, method_##ident},
#define PARAM(name, type, need, fallback, values, least, most, help)
#define METHOD_END
/* clang-format off */
#include "control/methods.def"
/* clang-format on */
#undef METHOD
#undef PARAM
#undef METHOD_END
};

const ControlMethod *
control_methods(unsigned *ret_count)
{
	*ret_count = sizeof methods / sizeof methods[0];
	return methods;
}

const ControlMethod *
control_method_find(const char *name)
{
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
		if (strcasecmp(methods[i].name, name) == 0)
			return &methods[i];
	return NULL;
}

const char *
param_type_name(ParamType type)
{
	static const char *const names[] = {
	    "string", "string", "integer", "boolean", "object", "array"};

	g_assert((size_t)type < G_N_ELEMENTS(names));
	return names[type];
}

const char *
role_name(unsigned role)
{
	static const char *const names[] = {
	    [ROLE_VIEWER] = "viewer",
	    [ROLE_OPERATOR] = "operator",
	    [ROLE_ADMINISTRATOR] = "administrator",
	};

	g_assert(role < G_N_ELEMENTS(names));
	return names[role];
}

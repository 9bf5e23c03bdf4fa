/* SPDX-License-Identifier: MIT */
/*
 * Description: what a service says it can do (its `describe` answer), looked up by name. All texts
 * are borrowed from the answer and live as long as the Description. Invariant: immutable; unknown
 * members of a newer service are ignored. Thread: one.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

typedef struct DescribedParam {
	const char *name;
	const char *type; /* string integer boolean object array */
	gboolean required;
	gboolean secret;             /* not to be shown, nor to stand in a command line */
	const json_t *default_value; /* NULL: none */
	const char *help;
	const char *const *values; /* NULL-terminated; NULL: free */
} DescribedParam;

typedef struct DescribedMethod {
	const char *name; /* "user.kill" */
	const char *role;
	const char *label;
	const char *help;
	gboolean danger;
	const DescribedParam *params;
	guint n_params;
} DescribedMethod;

typedef struct DescribedSetting {
	const char *section; /* "limits", "listener" */
	const char *key;
	const char *type;            /* bool uint size duration string text path secret enum … */
	const json_t *default_value; /* NULL: none */
	gboolean has_range;
	double minimum;
	double maximum;
	const char *unit;
	const char *const *values; /* NULL-terminated; NULL: free */
	gboolean live;
	gboolean secret;
	gboolean repeated; /* [section NAME] */
	const char *label;
	const char *help;
} DescribedSetting;

typedef struct DescribedMode {
	const char *letter;
	const char *on;   /* channel user */
	const char *kind; /* flag key limit value list rank */
	const char *who;  /* owner operator self grant service: who sets it */
	const char *name;
	const char *help;
} DescribedMode;

typedef struct Description Description;

/* NULL if it is not the answer of `describe`; takes a reference of its own. */
Description *description_new(json_t *answer, GError **error);
/* The same from text, which is how a copy built in comes. */
Description *description_parse(const char *text, gsize size, GError **error);
Description *description_ref(Description *description);
void description_unref(Description *description);
const json_t *description_json(const Description *description);

const DescribedMethod *description_methods(const Description *description, guint *ret_count);
const DescribedMethod *description_method(const Description *description, const char *name);
const DescribedParam *described_param(const DescribedMethod *method, const char *name);
const DescribedSetting *description_settings(const Description *description, guint *ret_count);
/* `section` as in the file: "limits" or "listener NAME". */
const DescribedSetting *description_setting(
    const Description *description, const char *section, const char *key);
const DescribedMode *description_modes(const Description *description, guint *ret_count);

/* "viewer" < "operator" < "administrator"; a role not known here is above all. */
gboolean role_reaches(const char *role, const char *needed);
/* A value as one line of text: strings as they are, others as JSON. Caller frees. */
char *described_value_text(const json_t *value);
/* "9 to 63 bytes", "one of: yes, no"; NULL if anything is. Caller frees. */
char *described_setting_allowed(const DescribedSetting *setting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Description, description_unref)

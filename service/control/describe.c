/* SPDX-License-Identifier: MIT */
#include "control/describe.h"

#include "control.h"
#include "control/control_call.h"
#include "control/params.h"

#include "base/close_reason.h"
#include "out/event.h"
#include "proto/help_rows.h"
#include "proto/modes.h"
#include "proto/properties.h"
#include "settings/setting_rows.h"

/* "a b c" as an array; null for NULL. */
static json_t *
words(const char *text)
{
	g_auto(GStrv) split = NULL;
	json_t *list;

	if (!text)
		return json_null();
	split = g_strsplit(text, " ", -1);
	list = json_array();
	for (char **word = split; *word; word++)
		json_array_append_new(list, json_text(*word));
	return list;
}

static json_t *
describe_param(const MethodParam *param)
{
	json_t *fallback = param->default_text
			       ? json_loads(param->default_text, JSON_DECODE_ANY, NULL)
			       : json_null();
	bool ranged = param->least != 0 || param->most != 0;

	g_assert(fallback);
	return json_pack("{s:s,s:s,s:b,s:b,s:o,s:s,s:o,s:o,s:o}", "name", param->name, "type",
	    param_type_name(param->type), "required", (int)(param->need == PARAM_REQUIRED),
	    "secret", (int)(param->type == PARAM_SECRET), "default", fallback, "help", param->help,
	    "values", words(param->values), "min",
	    ranged ? json_integer(param->least) : json_null(), "max",
	    ranged ? json_integer(param->most) : json_null());
}

static json_t *
describe_methods(void)
{
	json_t *list = json_array();
	unsigned count;
	const ControlMethod *methods = control_methods(&count);

	for (unsigned i = 0; i < count; i++) {
		const ControlMethod *method = &methods[i];
		json_t *params = json_array();

		for (const MethodParam *param = method->params; param->name; param++)
			json_array_append_new(params, describe_param(param));
		json_array_append_new(
		    list, json_pack("{s:s,s:s,s:s,s:s,s:b,s:b,s:o}", "name", method->name, "role",
			      role_name(method->role), "label", method->label, "help", method->help,
			      "danger", (int)method->danger, "compatible", (int)method->compatible,
			      "params", params));
	}
	return list;
}

static json_t *
describe_setting(const SettingSection *section, const SettingRow *row)
{
	bool ranged = row->least != 0 || row->most != 0;
	g_autofree char *allowed = setting_allowed_text(row);
	json_t *object = json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o,s:o}", "section", section->name,
	    "key", row->key, "type", setting_type_name(row->type), "default", row->default_text,
	    "min", ranged ? json_integer((json_int_t)row->least) : json_null(), "max",
	    ranged ? json_integer((json_int_t)row->most) : json_null(), "unit",
	    json_text(row->unit), "values", words(row->allowed));
	json_t *more = json_pack("{s:b,s:b,s:b,s:s,s:s,s:o}", "live", (int)row->live, "secret",
	    (int)row->secret, "repeated", (int)section->named, "label", row->label, "help",
	    row->help, "allowed", json_text(allowed));

	json_object_update(object, more);
	json_decref(more);
	return object;
}

static json_t *
describe_settings(void)
{
	json_t *list = json_array();
	unsigned count;
	const SettingSection *sections = setting_sections(&count);

	for (unsigned i = 0; i < count; i++)
		for (unsigned k = 0; k < sections[i].n_rows; k++)
			json_array_append_new(
			    list, describe_setting(&sections[i], &sections[i].rows[k]));
	return list;
}

/* The sections themselves: which repeat, how often, what they are for. */
static json_t *
describe_sections(void)
{
	json_t *list = json_array();
	unsigned count;
	const SettingSection *sections = setting_sections(&count);

	for (unsigned i = 0; i < count; i++)
		json_array_append_new(
		    list, json_pack("{s:s,s:s,s:b,s:I,s:s}", "name", sections[i].name, "label",
			      sections[i].label, "repeated", (int)sections[i].named, "most",
			      (json_int_t)sections[i].most, "help", sections[i].help));
	return list;
}

static json_t *
describe_modes(void)
{
	static const char *const targets[] = {
	    [MODE_ON_CHANNEL] = "channel", [MODE_ON_USER] = "user"};
	static const char *const kinds[] = {[MODE_KIND_LIST] = "list",
	    [MODE_KIND_KEY] = "key",
	    [MODE_KIND_LIMIT] = "limit",
	    [MODE_KIND_VALUE] = "value",
	    [MODE_KIND_FLAG] = "flag",
	    [MODE_KIND_RANK] = "rank"};
	static const char *const setters[] = {[MODE_BY_OWNER] = "owner",
	    [MODE_BY_OP] = "operator",
	    [MODE_BY_SELF] = "self",
	    [MODE_BY_GRANT] = "grant",
	    [MODE_BY_SERVICE] = "service"};
	json_t *list = json_array();

	for (unsigned i = 0; i < MODES; i++) {
		const ModeRow *row = mode_row(i);
		char letter[] = {row->letter, '\0'};

		json_array_append_new(
		    list, json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "letter", letter, "on",
			      targets[row->target], "kind", kinds[row->kind], "who",
			      setters[row->setter], "name", row->name, "help", row->help));
	}
	return list;
}

static json_t *
describe_notices(void)
{
	json_t *list = json_array();
	HelpRow row;

	for (unsigned i = 0; help_row(HELP_NOTICES, i, &row); i++) {
		char letter[] = {row.letter, '\0'};

		json_array_append_new(list, json_pack("{s:s,s:s,s:s}", "letter", letter, "name",
						row.name, "help", row.help));
	}
	return list;
}

static json_t *
describe_properties(void)
{
	static const char *const places[] = {[PROPERTY_ON_USER] = "user",
	    [PROPERTY_ON_CHANNEL] = "channel",
	    [PROPERTY_ON_ANY] = "both"};
	json_t *list = json_array();

	for (unsigned i = 0; i < PROPERTIES; i++) {
		const PropertyRow *row = property_row(i);

		json_array_append_new(
		    list, json_pack("{s:s,s:s,s:s,s:s}", "key", row->key, "on", places[row->place],
			      "type", property_type_name(row->type), "help", row->help));
	}
	return list;
}

static json_t *
describe_events(void)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < EVENTS; i++)
		json_array_append_new(list,
		    json_pack("{s:s,s:s}", "name", event_row(i)->name, "help", event_row(i)->help));
	return list;
}

static json_t *
describe_close_reasons(void)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < CLOSE_REASONS; i++)
		json_array_append_new(list, json_pack("{s:s,s:s}", "name", close_reason(i)->name,
						"text", close_reason(i)->text));
	return list;
}

json_t *
control_describe(const char *name)
{
	return json_pack("{s:{s:o,s:s,s:i},s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "service", "name",
	    json_text(name), "version", CHAT_VERSION, "protocol", CONTROL_PROTOCOL, "methods",
	    describe_methods(), "sections", describe_sections(), "settings", describe_settings(),
	    "modes", describe_modes(), "notices", describe_notices(), "properties",
	    describe_properties(), "events", describe_events(), "counters", describe_counters(),
	    "close_reasons", describe_close_reasons());
}

json_t *
method_describe(ControlCall *call)
{
	return control_describe(call->control->setup.community->server_name);
}

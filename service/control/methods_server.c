/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "proto/names.h"
#include "settings/settings_diff.h"

#define ISSUER_MAX 64
#define MODULE_AUTHOR "The chatd developers"

json_t *
method_rpc_info(ControlCall *call)
{
	json_t *list = json_object();
	unsigned count;
	const ControlMethod *methods = control_methods(&count);

	for (unsigned i = 0; i < count; i++) {
		g_autofree char *module = g_strconcat("rpc/", methods[i].name, NULL);
		char *dot = strrchr(module, '.');

		if (dot)
			*dot = '\0';
		json_object_set_new(list, methods[i].name,
		    json_pack("{s:s,s:s,s:s}", "name", methods[i].name, "module", module, "version",
			CHAT_VERSION));
	}
	return json_pack("{s:o}", "methods", list);
}

json_t *
method_rpc_set_issuer(ControlCall *call)
{
	const char *name = call_string(call, "name");

	if (!name_is_word(name, ISSUER_MAX) && !name_is_nick(name, ISSUER_MAX))
		return call_refuse(call, CONTROL_ERROR_INVALID_NAME,
		    "Invalid name for issuer: letters, digits and _ - . only");
	g_free(call->session->issuer);
	call->session->issuer = g_strdup(name);
	return json_true();
}

/* Does the parameter `server` name this one? There is no other. */
static bool
is_this_server(ControlCall *call)
{
	const char *name = call_string(call, "server");
	g_autoptr(json_t) server = NULL;

	if (!name)
		return true;
	server = object_server(call->control);
	if (g_ascii_strcasecmp(name, json_string_value(json_object_get(server, "name"))) == 0 ||
	    strcmp(name, json_string_value(json_object_get(server, "id"))) == 0)
		return true;
	call_not_found(call, name, "Server not found");
	return false;
}

json_t *
method_server_list(ControlCall *call)
{
	return json_pack("{s:[o]}", "list", object_server(call->control));
}

json_t *
method_server_get(ControlCall *call)
{
	if (!is_this_server(call))
		return NULL;
	return json_pack("{s:o}", "server", object_server(call->control));
}

/* One line of a reload's protocol, as a log object of seven keys. */
static json_t *
reload_line(const ControlCall *call, bool failed, const char *text)
{
	const ControlSetup *setup = &call->control->setup;

	return json_pack("{s:o,s:s,s:s,s:s,s:o,s:o}", "timestamp",
	    json_time(clock_wall(setup->clock)), "level", failed ? "error" : "info", "subsystem",
	    "config", "event_id", failed ? "CONFIG_ERROR" : "CONFIG_RELOADED", "log_source",
	    json_text(setup->community->server_name), "msg", json_text(text));
}

static void
reload_done(void *data, const HostReload *reload)
{
	ControlCall *call = data;
	json_t *lines = json_array();
	json_t *changes = json_array();
	bool failed = reload->errors && reload->errors->len > 0;

	for (unsigned i = 0; failed && i < reload->errors->len; i++) {
		g_autofree char *text = settings_error_text(reload->errors->pdata[i]);

		json_array_append_new(lines, reload_line(call, true, text));
	}
	for (unsigned i = 0; !failed && reload->changes && i < reload->changes->len; i++) {
		const SettingsChange *change = reload->changes->pdata[i];
		g_autofree char *text = g_strdup_printf("[%s] %s: %s -> %s", change->section,
		    change->row ? change->row->key : "(section)",
		    change->from ? change->from : "(none)", change->to ? change->to : "(none)");

		json_array_append_new(lines, reload_line(call, false, text));
		json_array_append_new(changes, json_text(text));
	}
	if (json_array_size(lines) == 0)
		json_array_append_new(lines, reload_line(call, false, "Nothing changed"));
	call_note(call, "configuration", NULL,
	    json_pack("{s:b,s:o}", "success", (int)!failed, "changes", changes));
	call_finish(call,
	    json_pack("{s:o,s:o,s:b}", "rehash_client", object_caller(call->control, call->who),
		"log", lines, "success", (int)!failed));
}

json_t *
method_server_rehash(ControlCall *call)
{
	Host *host = call->control->setup.host;

	if (!is_this_server(call))
		return NULL;
	call_wait(call);
	if (host->reload(host, call->who, reload_done, call))
		return NULL;
	call->waiting = false;
	return call_refuse(
	    call, CONTROL_ERROR_INVALID_REQUEST, "A reload is under way already: try again");
}

void
object_modules_each(json_t *list, bool whole)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	unsigned count;
	const ControlMethod *methods = control_methods(&count);

	for (unsigned i = 0; i < count; i++) {
		char *noun = g_strdup(methods[i].name);
		g_autofree char *name = NULL;
		json_t *module;

		noun[strcspn(noun, ".")] = '\0';
		name = g_strconcat(whole ? "rpc/" : "", noun, NULL);
		if (!g_hash_table_add(seen, noun))
			continue;
		module = json_pack("{s:s,s:s}", "name", name, "version", CHAT_VERSION);
		if (whole) {
			g_autofree char *text =
			    g_strdup_printf("Methods %s of the control socket", noun);
			json_t *more = json_pack("{s:s,s:s,s:b,s:b,s:b}", "author", MODULE_AUTHOR,
			    "description", text, "third_party", 0, "permanent", 1,
			    "permanent_but_reloadable", 0);

			json_object_update(module, more);
			json_decref(more);
		}
		json_array_append_new(list, module);
	}
}

json_t *
method_server_module_list(ControlCall *call)
{
	json_t *list = json_array();

	if (!is_this_server(call)) {
		json_decref(list);
		return NULL;
	}
	object_modules_each(list, true);
	return json_pack("{s:o}", "list", list);
}

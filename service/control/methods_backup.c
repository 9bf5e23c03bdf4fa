/* SPDX-License-Identifier: MIT */
#include "control/rows.h"

#include "act/backup.h"

static void
backup_done(void *data, const BackupAnswer *answer)
{
	ControlCall *call = data;

	if (answer->problem) {
		call_refuse(call, CONTROL_ERROR_INTERNAL, "%s", answer->problem);
		call_finish(call, NULL);
		return;
	}
	call_note(call, answer->path, NULL,
	    json_pack(
		"{s:I,s:i}", "bytes", (json_int_t)answer->bytes, "removed", (int)answer->removed));
	call_finish(call, json_pack("{s:o,s:I,s:i}", "path", json_text(answer->path), "bytes",
			      (json_int_t)answer->bytes, "removed", (int)answer->removed));
}

json_t *
method_service_backup(ControlCall *call)
{
	const ControlSetup *setup = &call->control->setup;
	const HostStatus *status = setup->host->status(setup->host);
	const char *name = call_string(call, "name");
	const char *allowed = name ? backup_name_problem(name) : NULL;
	g_autofree char *state_dir = NULL;
	BackupRequest request = {
	    .config_path = status->config_path,
	    .name = name,
	    .now = clock_wall(setup->clock),
	    .keep = (unsigned)call_integer(call, "keep", 0),
	};

	if (allowed)
		return call_refuse_parameter(
		    call, "name", allowed, "Parameter 'name' may hold %s", allowed);
	if (!status->database_path)
		return call_refuse(call, CONTROL_ERROR_INTERNAL,
		    "this service runs without a database: there is nothing to back up");
	if (call->control->stopping)
		return call_refuse(call, CONTROL_ERROR_INTERNAL, "the service is stopping");
	state_dir = g_path_get_dirname(status->database_path);
	request.state_dir = state_dir;
	call_wait(call);
	backup_start(control_pool(call->control), &request, backup_done, call);
	return NULL;
}

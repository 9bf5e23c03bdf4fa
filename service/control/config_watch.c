/* SPDX-License-Identifier: MIT */
#include "control/config_watch.h"

#include "control/config_job.h"
#include "settings/settings_diff.h"

struct ConfigWatch {
	Control *control;
	const char *state;
	char *detail;
	int64_t seen_at; /* monotonic; 0: never, look at once */
	bool looking;
};

ConfigWatch *
config_watch_new(Control *control)
{
	ConfigWatch *watch = g_new0(ConfigWatch, 1);

	watch->control = control;
	watch->state = "ok";
	return watch;
}

void
config_watch_free(ConfigWatch *watch)
{
	if (!watch)
		return;
	g_free(watch->detail);
	g_free(watch);
}

const char *
control_config_path(const Control *control)
{
	Host *host = control->setup.host;

	return host->status(host)->config_path;
}

static void
set_state(ConfigWatch *watch, const char *state, char *detail)
{
	watch->state = state;
	g_free(watch->detail);
	watch->detail = detail;
}

static void
looked(void *data, ConfigJob *job)
{
	ConfigWatch *watch = data;
	const Settings *running = watch->control->setup.community->settings;
	g_autoptr(GPtrArray) changes = NULL;

	watch->looking = false;
	if (job->stopped)
		return;
	watch->seen_at = clock_monotonic(watch->control->setup.clock);
	if (!job->settings) {
		set_state(watch, "invalid",
		    job->errors->len > 0 ? settings_error_text(job->errors->pdata[0]) : NULL);
		return;
	}
	changes = settings_diff(running, job->settings);
	if (changes->len == 0)
		set_state(watch, "ok", NULL);
	else
		set_state(watch, "edited",
		    g_strdup_printf(
			"%u settings in the file are not in force: reload", changes->len));
}

json_t *
config_watch_status(ConfigWatch *watch)
{
	const ControlSetup *setup = &watch->control->setup;
	const char *path = control_config_path(watch->control);
	int64_t age = clock_monotonic(setup->clock) - watch->seen_at;

	if (path && !watch->looking && (watch->seen_at == 0 || age >= CONFIG_WATCH_INTERVAL))
		watch->looking =
		    config_job_read(control_pool(watch->control), path, NULL, looked, watch);
	return json_pack("{s:o,s:s,s:o}", "path", json_text(path), "state", watch->state, "detail",
	    json_text(watch->detail));
}

void
config_watch_forget(ConfigWatch *watch)
{
	watch->seen_at = 0;
}

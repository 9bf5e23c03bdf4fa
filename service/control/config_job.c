/* SPDX-License-Identifier: MIT */
#include "control/config_job.h"

#include "settings/settings_files.h"
#include "settings/settings_load.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define CONFIG_JOBS_MAX 256u

static void
free_keyfile(void *keyfile)
{
	keyfile_free(keyfile);
}

static GPtrArray *
read_files(const char *path, GPtrArray *errors)
{
	GPtrArray *keyfiles;

	if (access(path, F_OK) == 0 || errno != ENOENT)
		return settings_read_files(path, errors);
	/* No file is as good as an empty one: the first change makes it. */
	keyfiles = g_ptr_array_new_with_free_func(free_keyfile);
	g_ptr_array_add(keyfiles, keyfile_parse("", 0, path, errors));
	return keyfiles;
}

static Settings *
parse_and_check(const GPtrArray *keyfiles, const char *path, GPtrArray *errors)
{
	g_autofree char *directory = g_path_get_dirname(path);
	g_autoptr(Settings) settings = settings_parse(keyfiles, errors);

	if (!settings || !settings_check_files(settings, directory, errors) || errors->len > 0)
		return NULL;
	return g_steal_pointer(&settings);
}

static void
try_change(ConfigJob *job)
{
	KeyFile *changed = NULL;
	g_autoptr(GPtrArray) old_texts = g_ptr_array_new_with_free_func(g_free);
	size_t length;

	for (unsigned i = 0; i < job->keyfiles->len; i++)
		g_ptr_array_add(old_texts, keyfile_text(job->keyfiles->pdata[i], &length));
	if (!config_edit_apply(job->keyfiles, job->items, &job->applied, &changed, &job->problem))
		return;
	job->new_errors = settings_errors_new();
	job->new_settings = parse_and_check(job->keyfiles, job->path, job->new_errors);
	for (unsigned i = 0; changed && i < job->keyfiles->len; i++)
		if (job->keyfiles->pdata[i] == changed)
			job->old_text = g_strdup(old_texts->pdata[i]);
	if (!changed)
		return;
	job->changed_path = g_strdup(keyfile_name(changed));
	job->new_text = keyfile_text(changed, &length);
	if (strlen(job->new_text) > KEYFILE_SIZE_MAX)
		job->problem = g_strdup_printf(
		    "%s would be larger than %d bytes", job->changed_path, KEYFILE_SIZE_MAX);
}

/* Pool thread. */
static void
run_read(Job *base)
{
	ConfigJob *job = (ConfigJob *)base;

	job->errors = settings_errors_new();
	job->keyfiles = read_files(job->path, job->errors);
	if (job->errors->len == 0)
		job->settings = parse_and_check(job->keyfiles, job->path, job->errors);
	if (job->settings && job->items)
		try_change(job);
}

static void
clear_array(GPtrArray **array)
{
	g_clear_pointer(array, g_ptr_array_unref);
}

static void
config_job_free(ConfigJob *job)
{
	g_free(job->path);
	clear_array(&job->items);
	clear_array(&job->keyfiles);
	clear_array(&job->errors);
	clear_array(&job->applied);
	clear_array(&job->new_errors);
	settings_free(job->settings);
	settings_free(job->new_settings);
	g_free(job->problem);
	g_free(job->changed_path);
	g_free(job->old_text);
	g_free(job->new_text);
	g_free(job);
}

static void
finish_read(Job *base)
{
	ConfigJob *job = (ConfigJob *)base;

	job->stopped = work_is_cancelled(base);
	job->done(job->data, job);
	config_job_free(job);
}

bool
config_job_read(WorkPool *pool, const char *path, GPtrArray *items, ConfigJobDone done, void *data)
{
	ConfigJob *job = g_new0(ConfigJob, 1);

	job->job.run = run_read;
	job->job.done = finish_read;
	job->path = g_strdup(path);
	job->items = items;
	job->done = done;
	job->data = data;
	if (pool && work_submit(pool, WORK_FILES, &job->job, CONFIG_JOBS_MAX))
		return true;
	config_job_free(job);
	return false;
}

/* Does the file hold what it held when the change was made up? */
static bool
is_unchanged(ConfigWrite *write)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	size_t length;

	if (!write->expected)
		return access(write->path, F_OK) != 0;
	text = settings_read_text(write->path, KEYFILE_SIZE_MAX, &length, &error);
	if (!text)
		/* An empty one stands for one that is not there. */
		return write->expected[0] == '\0' &&
		       g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
	return strcmp(text, write->expected) == 0;
}

/* Pool thread. */
static void
run_write(Job *base)
{
	ConfigWrite *write = (ConfigWrite *)base;
	g_autoptr(GError) error = NULL;

	if (!is_unchanged(write)) {
		write->conflict = true;
		write->problem = g_strdup_printf("%s was edited meanwhile", write->path);
	} else if (!settings_write_file(write->path, write->text, strlen(write->text), &error)) {
		write->problem = g_strdup(error->message);
	}
}

static void
config_write_free(ConfigWrite *write)
{
	g_free(write->path);
	g_free(write->expected);
	g_free(write->text);
	g_free(write->problem);
	g_free(write);
}

static void
finish_write(Job *base)
{
	ConfigWrite *write = (ConfigWrite *)base;

	if (work_is_cancelled(base) && !write->problem)
		write->problem = g_strdup("the service is stopping");
	write->done(write->data, write);
	config_write_free(write);
}

bool
config_job_write(WorkPool *pool, const char *path, const char *expected, const char *text,
    void (*done)(void *data, const ConfigWrite *write), void *data)
{
	ConfigWrite *write = g_new0(ConfigWrite, 1);

	write->job.run = run_write;
	write->job.done = finish_write;
	write->path = g_strdup(path);
	write->expected = g_strdup(expected);
	write->text = g_strdup(text);
	write->done = done;
	write->data = data;
	if (pool && work_submit(pool, WORK_FILES, &write->job, CONFIG_JOBS_MAX))
		return true;
	config_write_free(write);
	return false;
}

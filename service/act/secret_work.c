/* SPDX-License-Identifier: MIT */
#include "act/secret_work.h"

#include "act/session_job.h"
#include "settings/secret.h"
#include "settings/settings_files.h"
#include "settings/totp.h"

typedef struct SecretJob {
	SessionJob job; /* first */
	char *stored;
	char *stored_file;
	char *directory; /* of the configuration */
	char *password;
	char *new_password;
	char *second_file;
	char *code;
	int64_t now;
	unsigned char salt[SECRET_SALT_SIZE];
	SecretThen then;
	SecretAnswer answer;
} SecretJob;

static void
job_free(SessionJob *job)
{
	SecretJob *work = (SecretJob *)job;

	secret_text_free(work->stored);
	g_free(work->stored_file);
	g_free(work->directory);
	secret_text_free(work->password);
	secret_text_free(work->new_password);
	g_free(work->second_file);
	secret_text_free(work->code);
	secret_text_free((char *)work->answer.secret);
	for (unsigned i = 0; i < SECRET_WORDS; i++)
		secret_text_free(work->answer.words[i]);
	g_free(work);
}

static void
check_second(SecretJob *work)
{
	char *secret = settings_totp(work->second_file, work->directory, NULL);

	if (secret)
		work->answer.second_right =
		    totp_check(secret, work->code, work->now, &work->answer.last_step);
	secret_text_free(secret);
}

/* Pool thread. */
static void
job_run(Job *job)
{
	SecretJob *work = (SecretJob *)job;

	if (work->stored_file && *work->stored_file && !(work->stored && *work->stored)) {
		secret_text_free(work->stored);
		work->stored = settings_secret("", work->stored_file, work->directory, NULL);
	}
	if (work->stored && work->password)
		work->answer.right = secret_verify(work->stored, work->password);
	if (work->second_file && work->code)
		check_second(work);
	work->job.is_right = (!work->password || work->answer.right) &&
			     (!work->second_file || work->answer.second_right);
	if (work->new_password)
		work->answer.secret =
		    secret_make(work->new_password, SECRET_ITERATIONS, work->salt);
}

static void
checked(Ctx *ctx, SessionJob *job)
{
	const SecretJob *work = (SecretJob *)job;

	work->then(ctx, &work->answer);
}

Outcome
secret_work(Ctx *ctx, const SecretWork *work, SecretThen then)
{
	SecretJob *job = g_new0(SecretJob, 1);

	job->job.job.run = job_run;
	job->job.then = checked;
	job->job.free = job_free;
	job->job.is_try = work->password != NULL || work->second_file != NULL;
	job->stored = g_strdup(work->stored);
	job->stored_file = g_strdup(work->stored_file);
	if ((work->stored_file || work->second_file) && ctx->host->status(ctx->host)->config_path)
		job->directory = g_path_get_dirname(ctx->host->status(ctx->host)->config_path);
	job->password = g_strdup(work->password);
	job->second_file = g_strdup(work->second_file);
	job->code = g_strdup(work->code);
	job->now = ctx->now;
	job->answer.last_step = work->last_step;
	job->new_password = g_strdup(work->new_password);
	if (work->new_password)
		ctx->random->fill(ctx->random, job->salt, sizeof job->salt);
	job->then = then;
	job->answer.account = work->account;
	job->answer.next = work->next;
	for (unsigned i = 0; i < SECRET_WORDS; i++)
		job->answer.words[i] = g_strdup(work->words[i]);
	return session_job_start(ctx, &job->job, WORK_SECRETS, SECRET_JOBS_MAX);
}

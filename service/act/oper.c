/* SPDX-License-Identifier: MIT */
#include "act/verbs.h"
#include "proto/mask.h"
#include "proto/modes.h"
#include "settings/secret.h"
#include "settings/settings_files.h"

#include <string.h>

#define OPER_JOBS_MAX 64u /* passwords waiting to be checked */

/* What a worker needs to check a password, and the way back: handles and copies only. */
typedef struct OperJob {
	Job job; /* first */
	Host *host;
	Handle session;
	char *label;
	char *name;
	char *password;
	SettingsOperator owner; /* the password and password_file of its section */
	char *directory;        /* of the configuration */
	bool right;
} OperJob;

static void
oper_job_free(OperJob *oper)
{
	g_free(oper->label);
	g_free(oper->name);
	g_free(oper->directory);
	secret_text_free(oper->password);
	secret_text_free(oper->owner.password);
	g_free(oper->owner.password_file);
	g_free(oper);
}

static const SettingsOperator *
find_operator(const Ctx *ctx, const char *name)
{
	const GPtrArray *operators = ctx->community->settings->operators;

	for (guint i = 0; i < operators->len; i++) {
		const SettingsOperator *owner = g_ptr_array_index(operators, i);

		if (strcmp(owner->origin.name, name) == 0)
			return owner;
	}
	return NULL;
}

static bool
comes_from(const SettingsOperator *owner, const User *user)
{
	const MaskSubject subject = {user->nick, user->username, user->host, user->address};

	for (char **mask = owner->masks; *mask; mask++)
		if (mask_match_subject(*mask, &subject))
			return true;
	return false;
}

static void
make_operator(Ctx *ctx, const SettingsOperator *owner)
{
	User *user = ctx->actor.user;
	bool known = user_is_operator(user);
	Event event;

	user_set_operator(user, owner->origin.name, owner->privileges);
	user->modes |= MODE_USER_OPERATOR;
	if (!known) {
		ctx->community->operators++;
		event = ctx_event(ctx, EVENT_USER_MODE);
		event.target = user;
		event.text = "+o";
		announce(ctx, &event);
	}
	reply(ctx, RPL_YOUREOPER);
	event = ctx_event(ctx, EVENT_OPERATOR);
	event.text = "+o";
	event.by = owner->origin.name;
	announce(ctx, &event);
}

/* State thread, with a Ctx of the session that asked. */
static void
oper_answer(Ctx *ctx, const void *answer)
{
	const OperJob *oper = answer;
	const SettingsOperator *owner = find_operator(ctx, oper->name);

	/* The configuration may be another one by now. */
	if (!owner || !comes_from(owner, ctx->actor.user))
		refuse(ctx, ERR_NOOPERHOST);
	else if (!oper->right)
		refuse(ctx, ERR_PASSWDMISMATCH);
	else
		make_operator(ctx, owner);
}

/* Pool thread. */
static void
oper_run(Job *job)
{
	OperJob *oper = (OperJob *)job;
	char *stored =
	    settings_secret(oper->owner.password, oper->owner.password_file, oper->directory, NULL);

	oper->right = stored && secret_verify(stored, oper->password);
	secret_text_free(stored);
}

/* State thread. */
static void
oper_done(Job *job)
{
	OperJob *oper = (OperJob *)job;

	if (!work_is_cancelled(job))
		oper->host->resume(oper->host, oper->session, oper->label, oper_answer, oper);
	oper_job_free(oper);
}

static OperJob *
oper_job_new(Ctx *ctx, const SettingsOperator *owner, const char *password, const char *label)
{
	const HostStatus *status = ctx->host->status(ctx->host);
	OperJob *oper = g_new0(OperJob, 1);

	oper->job.run = oper_run;
	oper->job.done = oper_done;
	oper->host = ctx->host;
	oper->session = ctx->actor.session->handle;
	oper->label = g_strdup(label);
	oper->name = g_strdup(owner->origin.name);
	oper->password = g_strdup(password);
	oper->owner.password = g_strdup(owner->password);
	oper->owner.password_file = g_strdup(owner->password_file);
	if (status->config_path)
		oper->directory = g_path_get_dirname(status->config_path);
	return oper;
}

Outcome
act_oper(Ctx *ctx, const char *name, const char *password, const char *label)
{
	const SettingsOperator *owner = find_operator(ctx, name);
	OperJob *oper;

	if (!owner || !comes_from(owner, ctx->actor.user))
		return refuse(ctx, ERR_NOOPERHOST);
	if (strlen(password) > SECRET_PASSWORD_MAX)
		return refuse(ctx, ERR_PASSWDMISMATCH);
	oper = oper_job_new(ctx, owner, password, label);
	if (!work_submit(ctx->host->pool, &oper->job, OPER_JOBS_MAX)) {
		oper_job_free(oper);
		reply(ctx, RPL_TRYAGAIN, "OPER");
		return OUTCOME_REFUSED;
	}
	counter_add(&ctx->out->counters, COUNTER_JOBS, 1);
	ctx->actor.session->pending = true;
	return OUTCOME_PENDING;
}

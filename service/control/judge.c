/* SPDX-License-Identifier: MIT */
#include "control/judge.h"

#include "control.h"

#include <string.h>

struct Judge {
	Job job;                 /* first */
	ControlSession *session; /* NULL: nobody waits */
	bool again;              /* the settings have changed since */
	ControlPeer peer;
	uid_t own_uid;
	GPtrArray *roles; /* of SettingsRole: copies, the settings may go meanwhile */
	/* The answer. */
	unsigned role;
	char *who;
	char *refusal; /* NULL: he has the role */
};

static void
free_role(gpointer data)
{
	SettingsRole *role = data;

	g_strfreev(role->users);
	g_strfreev(role->groups);
	g_free(role);
}

static GPtrArray *
copy_roles(const GPtrArray *roles)
{
	GPtrArray *copies = g_ptr_array_new_with_free_func(free_role);

	for (guint i = 0; i < roles->len; i++) {
		const SettingsRole *role = roles->pdata[i];
		SettingsRole *copy = g_new0(SettingsRole, 1);

		copy->rights = role->rights;
		copy->users = g_strdupv(role->users);
		copy->groups = g_strdupv(role->groups);
		g_ptr_array_add(copies, copy);
	}
	return copies;
}

static void
judge_free(Judge *judge)
{
	g_ptr_array_unref(judge->roles);
	g_free(judge->who);
	g_free(judge->refusal);
	g_free(judge);
}

/* Pool thread. */
static void
judge_run(Job *job)
{
	Judge *judge = (Judge *)job;

	judge->who = peer_text(&judge->peer);
	if (!peer_role(&judge->peer, judge->roles, judge->own_uid, &judge->role))
		judge->refusal = peer_refusal(&judge->peer, judge->roles);
}

static void
judge_done(Job *job)
{
	Judge *judge = (Judge *)job;
	ControlSession *session = judge->session;

	if (session) {
		session->judge = NULL;
		if (work_is_cancelled(job))
			session_judged(session, 0, NULL, "The service is stopping");
		else if (!judge->again || !judge_start(session))
			session_judged(
			    session, judge->role, g_steal_pointer(&judge->who), judge->refusal);
	}
	judge_free(judge);
}

bool
judge_start(ControlSession *session)
{
	const Control *control = session->control;
	WorkPool *pool = control_pool(control);
	Judge *judge;

	if (session->judge) {
		session->judge->again = true;
		return true;
	}
	if (!pool)
		return false;
	judge = g_new0(Judge, 1);
	judge->job.run = judge_run;
	judge->job.done = judge_done;
	judge->session = session;
	judge->peer = session->peer;
	judge->own_uid = control->setup.own_uid;
	judge->roles = copy_roles(control->setup.community->settings->roles);
	if (!work_submit(pool, WORK_FILES, &judge->job, G_MAXUINT)) {
		judge_free(judge);
		return false;
	}
	session->judge = judge;
	return true;
}

void
judge_drop(Judge *judge)
{
	if (judge)
		judge->session = NULL;
}

bool
judge_keep_line(ControlSession *session, const char *line, size_t length, bool too_long)
{
	EarlyLine *early;

	if (g_queue_get_length(&session->early) >= EARLY_LINES_MAX ||
	    session->early_bytes + length > EARLY_BYTES_MAX)
		return false;
	early = g_malloc(sizeof *early + length + 1);
	early->too_long = too_long;
	early->length = length;
	memcpy(early->text, line, length);
	early->text[length] = '\0';
	session->early_bytes += length;
	g_queue_push_tail(&session->early, early);
	return true;
}

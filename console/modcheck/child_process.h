/* SPDX-License-Identifier: MIT */
/*
 * Runs a program that may crash, hang or print without end, and tells how it ended.
 * Invariant: at return the child and all it started in its session are gone; it had no terminal, no
 * descriptor of ours but its three and (if asked) descriptor 3, wrote no core file, and could not
 * outlive the calling thread. What it prints is kept up to a maximum and else thrown away.
 * Thread: any; blocks until the child has ended or its time is up.
 */
#pragma once

#include <glib.h>

#define CHILD_REPORT_DESCRIPTOR 3

typedef struct ChildRequest {
	const char *const *arguments;   /* [0] is an absolute path */
	const char *const *environment; /* whole, NULL-terminated */
	guint milliseconds;
	gboolean wants_report; /* a pipe as descriptor 3 */
} ChildRequest;

typedef struct ChildResult {
	gboolean timed_out; /* then it was killed and the rest of the end is unknown */
	int signal;         /* 0: it exited */
	int exit_status;
	GString *output; /* standard output and error as they came, at most 1 MiB */
	GString *report; /* what it wrote to descriptor 3, at most 64 KiB */
} ChildResult;

/* FALSE if it could not be started. Clear the result with child_result_clear(). */
gboolean child_run(
    const ChildRequest *request, ChildResult *ret_result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void child_result_clear(ChildResult *result);

/* Our environment without what bends the loader or opens windows; free with g_strfreev(). */
char **child_environment(void);

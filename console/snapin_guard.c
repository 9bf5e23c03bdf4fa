/* SPDX-License-Identifier: MIT */
#include "snapin_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What lies in the file; text, so that a person can read it too. */
typedef struct Marker {
	char id[32];
	char call[32];
} Marker;

struct SnapinGuard {
	Marker *marker;
	Marker nowhere; /* stands in for the file where there is none */
	int fd;
	const char *id;
	const char *name;
	_Atomic gint64 since; /* microseconds, monotonic; 0: no call runs */
	_Atomic(const char *) running_id;
	_Atomic(const char *) running_name;
	SnapinBlockedFunc blocked;
	gpointer blocked_data;
	GThread *watcher;
	GMutex lock;
	GCond quit;
	gboolean quitting;
};

void
snapin_crash_free(SnapinCrash *crash)
{
	if (!crash)
		return;
	g_free(crash->id);
	g_free(crash->call);
	g_free(crash);
}

static SnapinCrash *
crash_from(const Marker *marker, int fd)
{
	SnapinCrash *crash;
	struct stat status = {0};

	if (marker->id[0] == '\0')
		return NULL;
	(void)fstat(fd, &status);
	crash = g_new0(SnapinCrash, 1);
	crash->id = g_strndup(marker->id, sizeof marker->id);
	crash->call = g_strndup(marker->call, sizeof marker->call);
	crash->when = status.st_mtime;
	return crash;
}

static gboolean
open_marker(SnapinGuard *guard, const char *path)
{
	void *memory;

	guard->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (guard->fd < 0 || flock(guard->fd, LOCK_EX | LOCK_NB) < 0 ||
	    ftruncate(guard->fd, sizeof(Marker)) < 0)
		return FALSE;
	memory = mmap(NULL, sizeof(Marker), PROT_READ | PROT_WRITE, MAP_SHARED, guard->fd, 0);
	if (memory == MAP_FAILED)
		return FALSE;
	guard->marker = memory;
	return TRUE;
}

/* Names the snap-in while it still runs: if it never comes back, the log has it. */
static gpointer
watch(gpointer data)
{
	SnapinGuard *guard = data;
	gint64 told = 0;

	g_mutex_lock(&guard->lock);
	while (!guard->quitting) {
		gint64 now = g_get_monotonic_time();
		gint64 since = atomic_load(&guard->since);
		gint64 due = since + SNAPIN_GUARD_BLOCKED_MS * 1000;

		if (since && since != told && now >= due) {
			told = since;
			g_warning(
			    "snap-in %s has been blocking the console for more than %d ms in %s",
			    atomic_load(&guard->running_id), SNAPIN_GUARD_BLOCKED_MS,
			    atomic_load(&guard->running_name));
		}
		/* Often enough to see a call before it is due, then exactly when it is. */
		g_cond_wait_until(&guard->quit, &guard->lock,
		    since && since != told ? due : now + SNAPIN_GUARD_BLOCKED_MS * 500);
	}
	g_mutex_unlock(&guard->lock);
	return NULL;
}

SnapinGuard *
snapin_guard_new(const char *path, SnapinCrash **ret_crash)
{
	SnapinGuard *guard = g_new0(SnapinGuard, 1);

	guard->marker = &guard->nowhere;
	if (ret_crash)
		*ret_crash = NULL;
	if (open_marker(guard, path)) {
		if (ret_crash)
			*ret_crash = crash_from(guard->marker, guard->fd);
		memset(guard->marker, 0, sizeof *guard->marker);
	} else {
		g_message("no crash marker at %s: %s", path, g_strerror(errno));
	}
	g_mutex_init(&guard->lock);
	g_cond_init(&guard->quit);
	guard->watcher = g_thread_new("snapin-watch", watch, guard);
	return guard;
}

void
snapin_guard_free(SnapinGuard *guard)
{
	if (!guard)
		return;
	g_mutex_lock(&guard->lock);
	guard->quitting = TRUE;
	g_cond_signal(&guard->quit);
	g_mutex_unlock(&guard->lock);
	g_thread_join(guard->watcher);
	if (guard->marker != &guard->nowhere)
		munmap(guard->marker, sizeof(Marker));
	if (guard->fd >= 0)
		close(guard->fd);
	g_mutex_clear(&guard->lock);
	g_cond_clear(&guard->quit);
	g_free(guard);
}

void
snapin_guard_set_blocked(SnapinGuard *guard, SnapinBlockedFunc func, gpointer user_data)
{
	guard->blocked = func;
	guard->blocked_data = user_data;
}

static void
name_running(SnapinGuard *guard, const char *id, const char *name, gint64 since)
{
	guard->id = id;
	guard->name = name;
	g_strlcpy(guard->marker->call, name ? name : "", sizeof guard->marker->call);
	g_strlcpy(guard->marker->id, id ? id : "", sizeof guard->marker->id);
	atomic_store(&guard->running_id, id);
	atomic_store(&guard->running_name, name);
	atomic_store(&guard->since, since);
}

SnapinCall
snapin_call_begin(SnapinGuard *guard, const char *id, const char *name)
{
	SnapinCall call = {0};

	if (!guard || !id)
		return call;
	call.guard = guard;
	call.outer_id = guard->id;
	call.outer_name = guard->name;
	call.outer_since = atomic_load(&guard->since);
	name_running(guard, id, name, g_get_monotonic_time());
	return call;
}

void
snapin_call_end(SnapinCall *call)
{
	SnapinGuard *guard = call->guard;
	const char *id, *name;
	gint64 took;

	if (!guard)
		return;
	call->guard = NULL;
	id = guard->id;
	name = guard->name;
	took = (g_get_monotonic_time() - atomic_load(&guard->since)) / 1000;
	name_running(guard, call->outer_id, call->outer_name, call->outer_since);
	if (took > SNAPIN_GUARD_BLOCKED_MS && guard->blocked)
		guard->blocked(id, name, (guint)took, guard->blocked_data);
}

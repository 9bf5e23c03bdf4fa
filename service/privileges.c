/* SPDX-License-Identifier: MIT */
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool
fail(const char *what, GError **error)
{
	g_set_error(
	    error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", what, g_strerror(errno));
	return false;
}

static bool
give(const char *directory, const struct passwd *user, GError **error)
{
	struct stat status;

	if (g_mkdir_with_parents(directory, 0750) != 0)
		return fail(directory, error);
	if (lstat(directory, &status) == 0 && status.st_uid == user->pw_uid)
		return true; /* its group is whoever made it's business */
	if (lchown(directory, user->pw_uid, user->pw_gid) != 0)
		return fail(directory, error);
	return true;
}

/* Listeners come and go while the service runs, some below port 1024: that one right is kept. */
static bool
keep_low_ports(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};

	data[0].effective = 1u << CAP_NET_BIND_SERVICE;
	data[0].permitted = data[0].effective;
	return syscall(SYS_capset, &header, data) == 0;
}

bool
privileges_drop(const char *const *directories, GError **error)
{
	const struct passwd *user;

	if (geteuid() != 0)
		return true;
	user = getpwnam(PRIVILEGES_USER);
	if (!user) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_PERM,
		    "started as root, and there is no user %s to become; make it (adduser --system "
		    "--group "
		    "%s), start as another user, or say --allow-root",
		    PRIVILEGES_USER, PRIVILEGES_USER);
		return false;
	}
	for (unsigned i = 0; directories[i]; i++)
		if (!give(directories[i], user, error))
			return false;
	if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0)
		return fail("cannot keep the right to low ports", error);
	if (initgroups(user->pw_name, user->pw_gid) != 0 || setgid(user->pw_gid) != 0 ||
	    setuid(user->pw_uid) != 0)
		return fail("cannot become " PRIVILEGES_USER, error);
	if (setuid(0) == 0)
		g_error("still root after giving it up");
	if (!keep_low_ports())
		return fail("cannot reduce capabilities", error);
	return true;
}

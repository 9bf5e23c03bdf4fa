/* SPDX-License-Identifier: MIT */
#include "net/descriptors.h"

#include <errno.h>
#include <sys/resource.h>

bool
descriptors_raise_limit(uint64_t *ret_limit, GError **error)
{
	struct rlimit limit;
	int saved;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		if (setrlimit(RLIMIT_NOFILE, &limit) == 0) {
			*ret_limit = limit.rlim_cur;
			return true;
		}
	}
	saved = errno;
	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(saved),
	    "cannot raise the limit of open files: %s", g_strerror(saved));
	return false;
}

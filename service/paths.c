/* SPDX-License-Identifier: MIT */
#include "paths.h"

#include <glib.h>
#include <string.h>
#include <unistd.h>

#define CONFIG_NAME "chatd.conf"

/* A service manager may name several with ':' between; the first is ours. */
static char *
from_manager(const char *variable)
{
	const char *value = g_getenv(variable);

	return value && *value ? g_strndup(value, strcspn(value, ":")) : NULL;
}

static char *
directory(const char *variable, const char *of_system, const char *of_user)
{
	char *path = from_manager(variable);

	if (path)
		return path;
	if (geteuid() == 0)
		return g_strdup(of_system);
	return of_user ? g_build_filename(of_user, "chatd", NULL) : NULL;
}

char *
paths_config_file(void)
{
	g_autofree char *path =
	    directory("CONFIGURATION_DIRECTORY", "/etc/chatd", g_get_user_config_dir());

	return g_build_filename(path, CONFIG_NAME, NULL);
}

char *
paths_state_dir(void)
{
	return directory("STATE_DIRECTORY", "/var/lib/chatd", g_get_user_state_dir());
}

char *
paths_runtime_dir(void)
{
	/* g_get_user_runtime_dir() would fall back to the cache: the design wants the state then.
	 */
	char *path = directory("RUNTIME_DIRECTORY", "/run/chatd", g_getenv("XDG_RUNTIME_DIR"));

	return path ? path : paths_state_dir();
}

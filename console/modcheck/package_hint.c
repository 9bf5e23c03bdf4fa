/* SPDX-License-Identifier: MIT */
#include "modcheck/package_hint.h"

#include "modcheck/child_process.h"

#include <string.h>
#include <unistd.h>

#define DPKG_QUERY "/usr/bin/dpkg-query"
#define APT_CACHE "/usr/bin/apt-cache"
#define QUERY_MILLISECONDS 4000

static gboolean
is_plain(const char *name)
{
	for (const char *c = name; *c; c++)
		if (!g_ascii_isalnum(*c) && !strchr("._+-/", *c))
			return FALSE;
	return *name && *name != '-';
}

/* What the program prints if it succeeds, else NULL. */
static char *
ask(const char *const *arguments)
{
	const char *environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL};
	ChildRequest request = {arguments, environment, QUERY_MILLISECONDS, FALSE};
	ChildResult result;
	char *answer = NULL;

	if (access(arguments[0], X_OK) || !child_run(&request, &result, NULL))
		return NULL;
	if (!result.timed_out && !result.signal && result.exit_status == 0)
		answer = g_strdup(result.output->str);
	child_result_clear(&result);
	return answer;
}

/* "libjansson4:amd64: /usr/lib/…" names the package that is said to have installed the file. */
static char *
installed_owner(const char *pattern)
{
	const char *arguments[] = {DPKG_QUERY, "--search", pattern, NULL};
	g_autofree char *answer = ask(arguments);
	gsize length = answer ? strcspn(answer, ":, \n") : 0;
	g_autofree char *package = length ? g_strndup(answer, length) : NULL;

	return package && is_plain(package) ? g_steal_pointer(&package) : NULL;
}

/* The archive's package of this name, or of its 64-bit time successor. */
static char *
available(const char *name)
{
	const char *arguments[] = {APT_CACHE, "pkgnames", name, NULL};
	g_autofree char *answer = ask(arguments);
	g_autofree char *successor = g_strconcat(name, "t64", NULL);
	g_auto(GStrv) names = answer ? g_strsplit(answer, "\n", -1) : NULL;
	const char *found = NULL;

	for (char **candidate = names; candidate && *candidate; candidate++) {
		if (!strcmp(*candidate, successor))
			return g_steal_pointer(&successor);
		if (!strcmp(*candidate, name))
			found = name;
	}
	return g_strdup(found);
}

char *
package_hint_debian_name(const char *soname)
{
	const char *end = strstr(soname, ".so.");
	g_autofree char *stem = NULL;
	const char *version;
	gboolean needs_dash;

	if (!end || end == soname || !is_plain(soname) || strchr(soname, '/'))
		return NULL;
	version = end + strlen(".so.");
	if (!*version)
		return NULL;
	stem = g_ascii_strdown(soname, end - soname);
	g_strdelimit(stem, "_", '-');
	needs_dash = g_ascii_isdigit(stem[strlen(stem) - 1]);
	return g_strconcat(stem, needs_dash ? "-" : "", version, NULL);
}

char *
package_hint_missing(const char *soname)
{
	g_autofree char *pattern = g_strdup_printf("*/%s", soname);
	g_autofree char *guess = package_hint_debian_name(soname);
	g_autofree char *package = NULL;

	if (!is_plain(soname) || strchr(soname, '/'))
		return g_strdup("Install the library.");
	if (access(DPKG_QUERY, X_OK))
		return g_strdup_printf(
		    "Install the package that holds %s with your package manager.", soname);
	package = installed_owner(pattern);
	if (package)
		return g_strdup_printf("The package %s is installed, but this file of it is gone; "
				       "put it back: sudo apt install --reinstall %s",
		    package, package);
	package = guess ? available(guess) : NULL;
	if (package)
		return g_strdup_printf(
		    "Install the package %s: sudo apt install %s", package, package);
	return g_strdup_printf("Find the package that holds it: apt-file search %s", soname);
}

char *
package_hint_replace(const char *path)
{
	g_autofree char *file = g_path_get_basename(path);
	g_autofree char *pattern = g_strdup_printf("*/%s", file);
	g_autofree char *package = is_plain(file) ? installed_owner(pattern) : NULL;

	if (package)
		return g_strdup_printf("Install the package %s again, in its newest version: "
				       "sudo apt install --reinstall %s",
		    package, package);
	return g_strdup_printf("Replace %s by a whole and newer one.", path);
}

/* SPDX-License-Identifier: MIT */
#include "control_address.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>

#define SOCKET_NAME "control.sock"
#define SYSTEM_PLACE "/run/chatd/" SOCKET_NAME

static const char supported[] =
    "this version connects to a service on this machine: chatd+unix:/run/chatd/control.sock";

static char *
check_path(const char *path, GError **error)
{
	const gsize most = sizeof((struct sockaddr_un *)NULL)->sun_path - 1;

	if (path == NULL || !g_path_is_absolute(path)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
		    "\"%s\" is not the absolute path of a socket; %s", path != NULL ? path : "",
		    supported);
		return NULL;
	}
	if (strlen(path) > most) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FILENAME_TOO_LONG,
		    "the path of a socket has at most %zu bytes; this one has %zu: %s", most,
		    strlen(path), path);
		return NULL;
	}
	return g_strdup(path);
}

char *
control_address_path(const char *uri, GError **error)
{
	g_autofree char *scheme = g_uri_parse_scheme(uri);
	g_autofree char *path = NULL;
	const char *rest;

	if (scheme == NULL)
		return check_path(uri, error);
	if (g_ascii_strcasecmp(scheme, "chatd+tls") == 0 ||
	    g_ascii_strcasecmp(scheme, "chatd+ssh") == 0) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
		    "%s: is not available in this version; %s", scheme, supported);
		return NULL;
	}
	if (g_ascii_strcasecmp(scheme, CONTROL_ADDRESS_SCHEME) != 0) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
		    "%s: is not an address of a chat service; %s", scheme, supported);
		return NULL;
	}
	rest = uri + strlen(scheme) + 1;
	if (g_str_has_prefix(rest, "///"))
		rest += 2;
	path = g_uri_unescape_string(rest, NULL);
	return check_path(path, error);
}

char *
control_address_uri(const char *path)
{
	g_autofree char *escaped = g_uri_escape_string(path, "/", TRUE);

	return g_strconcat(CONTROL_ADDRESS_SCHEME ":", escaped, NULL);
}

char **
control_address_places(void)
{
	g_autoptr(GPtrArray) places = g_ptr_array_new();
	const char *given = g_getenv("CHATD_CONTROL");
	const char *runtime = g_getenv("XDG_RUNTIME_DIR");

	if (given != NULL && *given != '\0') {
		g_autofree char *scheme = g_uri_parse_scheme(given);

		g_ptr_array_add(places,
		    scheme != NULL ? g_strdup(given) : g_canonicalize_filename(given, NULL));
	} else {
		g_ptr_array_add(places,
		    runtime != NULL && *runtime != '\0'
			? g_build_filename(runtime, "chatd", SOCKET_NAME, NULL)
			: g_build_filename(g_get_user_state_dir(), "chatd", SOCKET_NAME, NULL));
		g_ptr_array_add(places, g_strdup(SYSTEM_PLACE));
	}
	g_ptr_array_add(places, NULL);
	return (char **)g_ptr_array_free(g_steal_pointer(&places), FALSE);
}

char *
control_address_find(void)
{
	g_auto(GStrv) places = control_address_places();

	for (char **place = places; *place != NULL; place++) {
		g_autofree char *path = control_address_path(*place, NULL);
		GStatBuf status;

		if (path != NULL && g_stat(path, &status) == 0 && S_ISSOCK(status.st_mode))
			return g_steal_pointer(&path);
	}
	return NULL;
}

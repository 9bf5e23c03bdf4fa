/* SPDX-License-Identifier: MIT */
#include "connections.h"

#include "control_address.h"

#include <gio/gio.h>
#include <string.h>

#define STATE_KEY "connections"

/* Service, in the order of the tree. Main thread; lives as long as the process. */
static GPtrArray *services;
/* The one that nobody asked for; NULL if there is none. */
static Service *by_default;

static Service *
find(const char *path)
{
	for (guint i = 0; services != NULL && i < services->len; i++)
		if (strcmp(service_path(services->pdata[i]), path) == 0)
			return services->pdata[i];
	return NULL;
}

static Service *
add(const SnapinHost *host, const char *path)
{
	Service *service = service_new(host, path);

	if (services == NULL)
		services = g_ptr_array_new();
	if (service != NULL)
		g_ptr_array_add(services, service);
	return service;
}

static void
save(const SnapinHost *host)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < services->len; i++)
		if (services->pdata[i] != by_default)
			g_string_append_printf(text, "%s\n", service_path(services->pdata[i]));
	host->state_set(host, STATE_KEY, text->len > 0 ? text->str : NULL);
	g_string_free(text, TRUE);
}

static char *
default_path(void)
{
	g_auto(GStrv) places = control_address_places();
	char *found = control_address_find();

	return found != NULL ? found : g_strdup(places[g_strv_length(places) - 1]);
}

void
connections_restore(const SnapinHost *host)
{
	g_autofree char *kept = host->state_get(host, STATE_KEY);
	g_auto(GStrv) paths = g_strsplit(kept != NULL ? kept : "", "\n", CONNECTIONS_MAX + 1);
	g_autofree char *path = NULL;

	for (guint i = 0; paths[i] != NULL && i < CONNECTIONS_MAX; i++) {
		g_autofree char *checked = control_address_path(paths[i], NULL);

		if (checked != NULL && find(checked) == NULL)
			add(host, checked);
	}
	path = default_path();
	if (services == NULL || services->len == 0)
		by_default = add(host, path);
}

Service *
connections_open(const SnapinHost *host, const char *path, GError **error)
{
	Service *service = find(path);
	g_autofree char *found = control_address_find();

	if (service == NULL) {
		service = connections_count() < CONNECTIONS_MAX ? add(host, path) : NULL;
		if (service == NULL) {
			g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    "There are %d services in the tree already: remove one first.",
			    CONNECTIONS_MAX);
			return NULL;
		}
	}
	if (service == by_default)
		by_default = NULL;
	/* One that is not there and that nobody asked for is in the way of the one asked for. */
	else if (by_default != NULL && found == NULL)
		service_remove(by_default);
	save(host);
	return service;
}

guint
connections_count(void)
{
	return services != NULL ? services->len : 0;
}

void
connections_remove(Service *service)
{
	const SnapinHost *host = service_host(service);

	service_remove(service);
	save(host);
	if (connections_count() > 0)
		host->node_select(host, service_node(services->pdata[0]));
}

void
connections_forget(Service *service)
{
	if (service == by_default)
		by_default = NULL;
	if (services != NULL)
		g_ptr_array_remove(services, service);
}

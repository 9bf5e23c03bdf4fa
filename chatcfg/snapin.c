/* SPDX-License-Identifier: MIT */
#include "snapin.h"

#include "connections.h"
#include "control_address.h"

static gboolean
init(const SnapinHost *host, GError **error)
{
	connections_restore(host);
	if (connections_count() > 0)
		return TRUE;
	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED,
	    "The console has no room in its tree for a chat service.");
	return FALSE;
}

static gboolean
open_address(const SnapinHost *host, const char *uri, GError **error)
{
	g_autofree char *path = control_address_path(uri, error);
	Service *service = path != NULL ? connections_open(host, path, error) : NULL;

	if (service == NULL)
		return FALSE;
	host->node_select(host, service_node(service));
	return TRUE;
}

SNAPIN_DEFINE("chatcfg", CHAT_VERSION, CHAT_VERSION, init, open_address);

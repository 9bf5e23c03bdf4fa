/* SPDX-License-Identifier: MIT */
#include "net/peer.h"

#include <arpa/inet.h>
#include <glib.h>
#include <string.h>

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59 /* linux 4.13 */
#endif

static void
describe_ipv4(const struct in_addr *address, in_port_t port, ConnInfo *info)
{
	inet_ntop(AF_INET, address, info->address, sizeof info->address);
	info->peer_port = ntohs(port);
}

static void
describe_ipv6(const struct sockaddr_in6 *address, ConnInfo *info)
{
	if (IN6_IS_ADDR_V4MAPPED(&address->sin6_addr)) {
		struct in_addr mapped;

		memcpy(&mapped, &address->sin6_addr.s6_addr[12], sizeof mapped);
		describe_ipv4(&mapped, address->sin6_port, info);
		return;
	}
	inet_ntop(AF_INET6, &address->sin6_addr, info->address, sizeof info->address);
	info->peer_port = ntohs(address->sin6_port);
}

/* More groups than we hold: the kernel answers ERANGE and how many there are. */
static void
describe_groups(int descriptor, ConnInfo *info)
{
	socklen_t size = sizeof info->groups;
	g_autofree gid_t *all = NULL;

	if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, info->groups, &size) == 0) {
		info->n_groups = (unsigned)(size / sizeof info->groups[0]);
		return;
	}
	if (size <= sizeof info->groups)
		return;
	all = g_malloc(size);
	if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, all, &size) < 0)
		return;
	memcpy(info->groups, all, sizeof info->groups);
	info->n_groups = CONN_GROUPS_MAX;
}

static void
describe_unix(int descriptor, ConnInfo *info)
{
	struct ucred credentials;
	socklen_t size = sizeof credentials;

	info->unix_socket = true;
	info->uid = (uid_t)-1;
	info->gid = (gid_t)-1;
	if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0)
		return;
	info->uid = credentials.uid;
	info->gid = credentials.gid;
	info->pid = credentials.pid;
	describe_groups(descriptor, info);
}

void
peer_describe(int descriptor, const struct sockaddr_storage *address, ConnInfo *info)
{
	const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;

	if (address->ss_family == AF_INET)
		describe_ipv4(&ipv4->sin_addr, ipv4->sin_port, info);
	else if (address->ss_family == AF_INET6)
		describe_ipv6((const struct sockaddr_in6 *)address, info);
	else if (address->ss_family == AF_UNIX)
		describe_unix(descriptor, info);
}

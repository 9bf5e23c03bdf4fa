/* SPDX-License-Identifier: MIT */
#include "net/listen_socket.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct Address {
	socklen_t length;
	union {
		struct sockaddr any;
		struct sockaddr_in ipv4;
		struct sockaddr_in6 ipv6;
		struct sockaddr_un local;
	};
} Address;

static void
set_errno(GError **error, const char *what, const char *where)
{
	int saved = errno;

	g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(saved), "cannot %s %s: %s", what,
	    where, g_strerror(saved));
}

static bool
parse_address(const char *text, uint16_t port, Address *address, GError **error)
{
	memset(address, 0, sizeof *address);
	if (inet_pton(AF_INET, text, &address->ipv4.sin_addr) == 1) {
		address->ipv4.sin_family = AF_INET;
		address->ipv4.sin_port = htons(port);
		address->length = sizeof address->ipv4;
		return true;
	}
	if (inet_pton(AF_INET6, text, &address->ipv6.sin6_addr) == 1) {
		address->ipv6.sin6_family = AF_INET6;
		address->ipv6.sin6_port = htons(port);
		address->length = sizeof address->ipv6;
		return true;
	}
	g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
	    "cannot listen on \"%s\": not a numeric IPv4 or IPv6 address", text);
	return false;
}

/* Accepted sockets inherit it. */
static void
set_no_delay(int descriptor)
{
	int on = 1;

	setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* Closes the descriptor, keeping errno for the message. */
static int
refuse(int descriptor, const char *what, const char *where, GError **error)
{
	set_errno(error, what, where);
	if (descriptor >= 0)
		close(descriptor);
	return -1;
}

int
listen_socket_tcp(const char *address, uint16_t port, bool v6_only, int backlog, GError **error)
{
	g_autofree char *where = NULL;
	Address parsed;
	int descriptor;
	int on = 1, only = v6_only;

	if (!parse_address(address, port, &parsed, error))
		return -1;
	where =
	    g_strdup_printf(parsed.any.sa_family == AF_INET6 ? "[%s]:%u" : "%s:%u", address, port);
	descriptor = socket(parsed.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (descriptor < 0)
		return refuse(descriptor, "open a socket for", where, error);
	setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	set_no_delay(descriptor);
	if (parsed.any.sa_family == AF_INET6 &&
	    setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only) < 0)
		return refuse(descriptor, "set IPV6_V6ONLY for", where, error);
	if (bind(descriptor, &parsed.any, parsed.length) < 0)
		return refuse(descriptor, "bind to", where, error);
	if (listen(descriptor, backlog) < 0)
		return refuse(descriptor, "listen on", where, error);
	return descriptor;
}

/* Removes a socket left behind; refuses anything that is alive or no socket. */
static bool
clear_path(const Address *address, GError **error)
{
	const char *path = address->local.sun_path;
	struct stat status;
	int probe;
	bool dead;

	if (lstat(path, &status) < 0)
		return true;
	if (!S_ISSOCK(status.st_mode)) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
		    "cannot listen on %s: a file that is no socket is in the way", path);
		return false;
	}
	probe = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	dead = probe >= 0 && connect(probe, &address->any, address->length) < 0 &&
	       errno == ECONNREFUSED;
	if (probe >= 0)
		close(probe);
	if (!dead) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
		    "cannot listen on %s: another process does", path);
		return false;
	}
	if (unlink(path) < 0) {
		set_errno(error, "replace", path);
		return false;
	}
	return true;
}

/* A folder may have given it to the group already; changing owners may be forbidden then. */
static bool
give_to_group(const char *path, gid_t group)
{
	struct stat status;

	if (group == (gid_t)-1 || (lstat(path, &status) == 0 && status.st_gid == group))
		return true;
	return lchown(path, (uid_t)-1, group) == 0;
}

int
listen_socket_unix(const char *path, mode_t mode, gid_t group, int backlog, GError **error)
{
	Address address = {.length = sizeof address.local};
	int descriptor;

	if (strlen(path) >= sizeof address.local.sun_path) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NAMETOOLONG,
		    "cannot listen on %s: a socket's path has at most %zu bytes", path,
		    sizeof address.local.sun_path - 1);
		return -1;
	}
	address.local.sun_family = AF_UNIX;
	strcpy(address.local.sun_path, path);
	if (!clear_path(&address, error))
		return -1;
	descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* The node is born closed to others; it opens when group and mode are right. */
	if (descriptor < 0 || fchmod(descriptor, 0600) < 0)
		return refuse(descriptor, "open a socket for", path, error);
	if (bind(descriptor, &address.any, address.length) < 0)
		return refuse(descriptor, "bind to", path, error);
	if (!give_to_group(path, group))
		return refuse(descriptor, "change the group of", path, error);
	if (chmod(path, mode) < 0)
		return refuse(descriptor, "change the mode of", path, error);
	if (listen(descriptor, backlog) < 0)
		return refuse(descriptor, "listen on", path, error);
	return descriptor;
}

bool
listen_socket_adopt(int descriptor, GError **error)
{
	g_autofree char *where = g_strdup_printf("descriptor %d", descriptor);
	int listening = 0, type = 0;
	socklen_t size = sizeof listening;
	int flags = fcntl(descriptor, F_GETFL);

	if (flags < 0 || getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) < 0) {
		set_errno(error, "listen on", where);
		return false;
	}
	size = sizeof type;
	getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size);
	if (!listening || type != SOCK_STREAM) {
		g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
		    "cannot listen on %s: it is no listening stream socket", where);
		return false;
	}
	if (fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0 ||
	    fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0) {
		set_errno(error, "prepare", where);
		return false;
	}
	set_no_delay(descriptor);
	return true;
}

bool
listen_socket_is_at(int descriptor, const char *address, uint16_t port)
{
	Address here = {.length = sizeof here - offsetof(Address, any)};
	Address wanted;

	if (getsockname(descriptor, &here.any, &here.length) < 0)
		return false;
	if (port == 0)
		return here.any.sa_family == AF_UNIX && here.length > sizeof here.any.sa_family &&
		       g_str_equal(here.local.sun_path, address);
	if (!parse_address(address, port, &wanted, NULL) ||
	    here.any.sa_family != wanted.any.sa_family)
		return false;
	if (here.any.sa_family == AF_INET)
		return here.ipv4.sin_port == wanted.ipv4.sin_port &&
		       here.ipv4.sin_addr.s_addr == wanted.ipv4.sin_addr.s_addr;
	return here.ipv6.sin6_port == wanted.ipv6.sin6_port &&
	       IN6_ARE_ADDR_EQUAL(&here.ipv6.sin6_addr, &wanted.ipv6.sin6_addr);
}

uint16_t
listen_socket_port(int descriptor)
{
	Address address = {.length = sizeof address - offsetof(Address, any)};

	if (getsockname(descriptor, &address.any, &address.length) < 0)
		return 0;
	if (address.any.sa_family == AF_INET)
		return ntohs(address.ipv4.sin_port);
	return address.any.sa_family == AF_INET6 ? ntohs(address.ipv6.sin6_port) : 0;
}

char *
listen_socket_place(int descriptor)
{
	Address address = {.length = sizeof address - offsetof(Address, any)};
	char text[INET6_ADDRSTRLEN] = "";

	if (getsockname(descriptor, &address.any, &address.length) < 0)
		return g_strdup("");
	if (address.any.sa_family == AF_UNIX)
		return g_strndup(address.local.sun_path, sizeof address.local.sun_path);
	if (address.any.sa_family == AF_INET)
		inet_ntop(AF_INET, &address.ipv4.sin_addr, text, sizeof text);
	else if (address.any.sa_family == AF_INET6)
		inet_ntop(AF_INET6, &address.ipv6.sin6_addr, text, sizeof text);
	return *text ? g_strdup_printf("%s port %u", text, listen_socket_port(descriptor))
		     : g_strdup("");
}

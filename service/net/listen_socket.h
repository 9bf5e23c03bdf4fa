/* SPDX-License-Identifier: MIT */
/*
 * ListenSocket: descriptors that listen, made before privileges are dropped and handed to a loop.
 * Invariant: what is returned listens, does not block and is close-on-exec.
 * Errors: G_FILE_ERROR, with the address or path in the message. Thread: any.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define LISTEN_BACKLOG 4096

/* `address` is numeric, IPv4 or IPv6 ("::" without `v6_only` takes IPv4 too); port 0: any. -1 on
 * error. */
int listen_socket_tcp(const char *address, uint16_t port, bool v6_only, int backlog,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Replaces a socket nobody answers on; refuses to take a living one's place or another kind of
 * file. The node gets `mode`, and `group` unless it is (gid_t)-1. -1 on error. */
int listen_socket_unix(const char *path, mode_t mode, gid_t group, int backlog,
    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Checks and prepares one the service manager opened (base/activation.h). */
bool listen_socket_adopt(int descriptor, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Does it listen there? `port` 0: `address` is the path of a Unix socket. */
bool listen_socket_is_at(int descriptor, const char *address, uint16_t port);
/* "127.0.0.1 port 6667", "/run/x.sock"; "" for what is neither. Caller frees. */
char *listen_socket_place(int descriptor) G_GNUC_WARN_UNUSED_RESULT;
/* The port it listens on; 0 for a Unix socket. */
uint16_t listen_socket_port(int descriptor);

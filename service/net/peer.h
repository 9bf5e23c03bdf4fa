/* SPDX-License-Identifier: MIT */
/*
 * Peer: who is at the other end of an accepted socket, as ConnInfo tells it.
 * Thread: any.
 */
#pragma once

#include "net/io_sink.h"

#include <sys/socket.h>

/* Fills in address, port and, for a Unix socket, the credentials of whoever connected
 * (SO_PEERCRED, SO_PEERGROUPS; the first CONN_GROUPS_MAX). The rest stays as it is. */
void peer_describe(int descriptor, const struct sockaddr_storage *address, ConnInfo *info);

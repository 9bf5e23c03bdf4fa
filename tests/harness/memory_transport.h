/* SPDX-License-Identifier: MIT */
/*
 * MemoryPeer: the client's end of a connection that is memory, not a socket, with faults at will:
 * short reads and writes, no room, a reset at byte n. Invariant: the bytes of each direction arrive
 * whole and in order, as far as they arrive.
 * Thread: any; the loop's side runs on its loop.
 */
#pragma once

#include "net/io_loop.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct MemoryPeer MemoryPeer;

typedef struct MemoryFaults {
	size_t read_most;    /* bytes the service gets per read; 0: no limit */
	size_t write_most;   /* bytes taken per write; 0: no limit */
	size_t room;         /* unread output before a write has no room; 0: no limit */
	size_t reset_after;  /* the service's reads fail after that many bytes; 0: never */
	size_t refuse_after; /* its writes fail after that many bytes; 0: never */
} MemoryFaults;

MemoryPeer *memory_peer_new(const MemoryFaults *faults);
void memory_peer_free(MemoryPeer *peer);
/* The service's end, for io_loop_adopt(); once. */
Transport *memory_peer_transport(MemoryPeer *peer);
void memory_peer_send(MemoryPeer *peer, const void *data, size_t length);
void memory_peer_send_text(MemoryPeer *peer, const char *text);
/* No more will be sent: the service reads an end. */
void memory_peer_close(MemoryPeer *peer);
/* Everything the service wrote since the last time; the caller's. */
GString *memory_peer_receive(MemoryPeer *peer);
/* The service closed its end. */
bool memory_peer_is_closed(MemoryPeer *peer);
/* How many writes the service made. */
unsigned memory_peer_writes(MemoryPeer *peer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MemoryPeer, memory_peer_free)

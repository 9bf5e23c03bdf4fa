/* SPDX-License-Identifier: MIT */
/*
 * Listener: accepts on one listening socket and hands the connections to loops in turn.
 * Invariant: at most ACCEPT_BUDGET accepts per turn; without descriptors it is paused, never
 * spinning: one waiting peer is told, and it goes on when a descriptor of the loop closes or after
 * 250 ms.
 * Thread: loop.
 */
#pragma once

#include "net/io_loop.h"

typedef struct Listener Listener;

/* The descriptor becomes the listener's. */
Listener *listener_new(IoLoop *loop, const IoListen *listen);
/* Closes the socket. NULL is allowed. */
void listener_free(Listener *listener);
uint32_t listener_id(const Listener *listener);
/* A descriptor became free: goes on if it was paused. */
void listener_resume(Listener *listener);

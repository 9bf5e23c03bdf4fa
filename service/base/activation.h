/* SPDX-License-Identifier: MIT */
/*
 * Activation: the sockets a service manager opened for us (sd_listen_fds(3): LISTEN_PID,
 * LISTEN_FDS, LISTEN_FDNAMES, descriptors from 3 on). Invariant: what was taken is close-on-exec,
 * and a second take finds nothing. Thread: main, before any other thread runs (it changes the
 * environment).
 */
#pragma once

#include <stdbool.h>

#define ACTIVATION_MAX 64u
#define ACTIVATION_NAME_SIZE 256u

typedef struct ActivatedSocket {
	int descriptor;
	char name[ACTIVATION_NAME_SIZE]; /* "unknown" when the manager gave none */
} ActivatedSocket;

/* Fills in what there is and returns how many; the descriptors become the caller's. 0 if the
 * variables are absent, malformed or meant for another process. */
unsigned activation_take(ActivatedSocket sockets[static ACTIVATION_MAX]);

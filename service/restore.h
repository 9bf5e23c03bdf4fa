/* SPDX-License-Identifier: MIT */
/*
 * Restore: chatd --restore, which puts a backup in place of what is there and ends. Refuses while a
 * service answers on the control socket. Thread: main.
 */
#pragma once

#include "options.h"

/* The exit status; what was done, or why not, is told on standard output and error. */
int restore_run(const Options *options);

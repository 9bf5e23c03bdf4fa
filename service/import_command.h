/* SPDX-License-Identifier: MIT */
/*
 * ImportCommand: chatd --import-accounts: another program's database into chatd.db, with a report.
 * Refuses while a service answers on the control socket. What is stored already stays as it is.
 * Thread: main.
 */
#pragma once

#include "options.h"

/* The exit status; what was done, or why not, is told on standard output and error. */
int import_run(const Options *options);

/* SPDX-License-Identifier: MIT */
/*
 * Running: whether a service uses the files that a command is about to change. Thread: main.
 */
#pragma once

#include <stdbool.h>

/* Does a service answer on the control socket there? */
bool running_answers(const char *runtime_dir);

/* SPDX-License-Identifier: MIT */
/*
 * Paths: where configuration, state and sockets are (DESIGN "Where things are").
 * Invariant: the environment of a service manager wins, then uid 0 means the system's places, else
 * the user's (XDG Base Directory Specification). Thread: main.
 */
#pragma once

/* All three are the caller's to free. */
char *paths_config_file(void);
char *paths_state_dir(void);
char *paths_runtime_dir(void);

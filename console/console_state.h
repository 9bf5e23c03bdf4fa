/* SPDX-License-Identifier: MIT */
/*
 * What was open last time: one key file of the console's own, and one small one per snap-in.
 * Invariant: saved within a second of a change and at the end, each time as a whole file.
 * Thread: main.
 */
#pragma once

#include <glib.h>

#define CONSOLE_STATE_MAX_VALUE 65536
#define CONSOLE_STATE_MAX_KEYS 256

typedef struct ConsoleState ConsoleState;

/* `folder` is made at the first save. A file that cannot be read counts as empty. */
ConsoleState *console_state_new(const char *folder);
/* Saves what is not saved. */
void console_state_free(ConsoleState *state);
const char *console_state_folder(const ConsoleState *state);
/* Forgets all of the console's own state, not the snap-ins'. */
void console_state_reset(ConsoleState *state);
void console_state_save(ConsoleState *state);

/* The file itself: read as you like; after a change call console_state_touch(). */
GKeyFile *console_state_file(ConsoleState *state);
void console_state_touch(ConsoleState *state);
int console_state_get_int(ConsoleState *state, const char *group, const char *key, int otherwise);
void console_state_set_int(ConsoleState *state, const char *group, const char *key, int value);

/* A snap-in's own: key [a-z.-]+, value at most CONSOLE_STATE_MAX_VALUE bytes, NULL removes it.
 * FALSE with nothing changed if the key or the value will not do. */
char *console_state_get_snapin(ConsoleState *state, const char *id, const char *key);
gboolean console_state_set_snapin(
    ConsoleState *state, const char *id, const char *key, const char *value);

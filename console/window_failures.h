/* SPDX-License-Identifier: MIT */
/*
 * What the information bar says by itself: snap-ins that failed to load, with what can be done, and
 * those that held up the console.
 * Thread: main.
 */
#pragma once

#include "console_window.h"

void window_failures_watch(ConsoleWindow *window, SnapinLoader *loader);
void window_failures_stop(SnapinLoader *loader);

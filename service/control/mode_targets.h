/* SPDX-License-Identifier: MIT */
/*
 * Mode targets: whose ranks a published mode change ("+o-v anna bert") touches.
 * Invariant: the text is one the service made, so each letter that takes a parameter has one.
 * Thread: any; pure function.
 */
#pragma once

void mode_targets_each(const char *text, void (*visit)(void *data, const char *nick), void *data);

/* SPDX-License-Identifier: MIT */
/*
 * Stages 8 and 9: a snap-in that passed its check becomes part of this process.
 * Thread: main.
 */
#pragma once

#include "snapin_instance.h"

/* Maps it and calls its init(); FALSE with the finding in the instance's report otherwise. What it
 * added to the tree before it refused is the caller's to remove. */
gboolean snapin_load(SnapinInstance *instance);

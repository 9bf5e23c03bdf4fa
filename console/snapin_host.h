/* SPDX-License-Identifier: MIT */
/*
 * What the console offers to a snap-in: the functions behind the SnapinHost table.
 * Invariant: bad arguments of a snap-in are told in the log with its name and do nothing; they
 * never bring the console down.
 * Thread: main.
 */
#pragma once

#include "snapin_instance.h"

void snapin_host_fill(SnapinInstance *instance);

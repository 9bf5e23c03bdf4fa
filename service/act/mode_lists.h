/* SPDX-License-Identifier: MIT */
/*
 * Mode lists: the lists of masks of a channel (b e I) as modes. Thread: state.
 */
#pragma once

#include "act/mode_changes.h"
#include "act/mode_parse.h"

/* Adds or removes the step's mask, or tells the list if there is none. */
void mode_list_apply(ModeChanges *changes, const ModeStep *step);

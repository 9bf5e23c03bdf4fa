/* SPDX-License-Identifier: MIT */
/*
 * What chatctl says about itself: everything below comes from the description. Thread: one.
 */
#pragma once

#include "description.h"

/* All commands; `live`: the service told them itself, else the copy built in. Caller frees. */
char *chatctl_help_all(const Description *description, gboolean live);
/* The commands of a noun ("user"); NULL if there are none. Caller frees. */
char *chatctl_help_noun(const Description *description, const char *noun);
char *chatctl_help_method(const DescribedMethod *method);
/* chatctl(1) in roff, from the same rows. Caller frees. */
char *chatctl_help_manual(const Description *description);

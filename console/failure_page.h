/* SPDX-License-Identifier: MIT */
/*
 * The page of a snap-in that is not loaded: why, what to do, every stage of the check and the tree
 * of what it needs.
 * Invariant: shows the instance's report as it is whenever its status changes.
 * Thread: main.
 */
#pragma once

#include "snapin_instance.h"

#define FAILURE_TYPE_PAGE (failure_page_get_type())
G_DECLARE_FINAL_TYPE(FailurePage, failure_page, FAILURE, PAGE, GtkBin)

GtkWidget *failure_page_new(SnapinInstance *instance);

/* SPDX-License-Identifier: MIT */
/*
 * PageChannel: the property sheet of a channel: topic, modes and registration on one page, its
 * lists of masks on the other. Thread: main.
 */
#pragma once

#include "service.h"

void page_channel_open(
    Service *service, SnapinNode *node, const char *channel, gboolean registered);

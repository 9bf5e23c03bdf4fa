/* SPDX-License-Identifier: MIT */
/*
 * PageUser: the property sheet of a user: who he is, and his channels. To read. Thread: main.
 */
#pragma once

#include "service.h"

void page_user_open(Service *service, SnapinNode *node, const char *id, const char *nick);

/* SPDX-License-Identifier: MIT */
/*
 * The properties of an account: what account.get tells. Thread: main.
 */
#pragma once

#include "service.h"

void page_account_open(Service *service, SnapinNode *node, const char *account);

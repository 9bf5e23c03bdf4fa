/* SPDX-License-Identifier: MIT */
/*
 * AccountActions: what can be done to an account, from its row: each a question, then one call of
 * the method. Thread: main.
 */
#pragma once

#include "service.h"

/* Asks what the method needs and calls it; `account` does not count for account.add. */
void account_act(Service *service, SnapinNode *node, const char *method, const char *account);

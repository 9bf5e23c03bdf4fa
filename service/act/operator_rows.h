/* SPDX-License-Identifier: MIT */
/*
 * OperatorRows: the [operator NAME] sections as OPER and a reload read them. Thread: state.
 */
#pragma once

#include "domain/types.h"
#include "settings/settings.h"

#include <stdbool.h>

/* NULL: there is none of that name. */
const SettingsOperator *operator_row(const Settings *settings, const char *name);
/* From one of its places, and logged in to its account if it has one. */
bool operator_comes_from(const SettingsOperator *row, const User *user);
/* Does this client show one of its certificates? True too if it asks for none. */
bool operator_has_certificate(const SettingsOperator *row, const Session *session);

/* SPDX-License-Identifier: MIT */
/*
 * Setting values: text ⇄ the C value of a row, one function of each kind per type.
 * Invariant: what setting_value_text() gives, setting_value_parse() takes for the same value.
 * Thread: any.
 */
#pragma once

#include "settings/setting_rows.h"

#include <stdbool.h>

/* Writes the value of `text` to `ret_value` (of the row's C type, see settings.h; an old value is
 * freed). NULL, or what is allowed instead: "must be ..."; then nothing is written. Caller frees.
 */
char *setting_value_parse(const SettingRow *row, const char *text, void *ret_value);
/* As it would stand in the file, secrets in clear. Caller frees. */
char *setting_value_text(const SettingRow *row, const void *value);
void setting_value_clear(const SettingRow *row, void *value);

/* SPDX-License-Identifier: MIT */
/*
 * SettingsText: a setting's value between its text, as in the file and over the control socket, and
 * what a form shows of it. Thread: any; no state.
 */
#pragma once

#include "description.h"

gboolean settings_text_is_on(const char *text);
const char *settings_text_of_bool(gboolean on);
/* One of the words of a value of type flags? */
gboolean settings_text_has_word(const char *text, const char *word);
/* The same words, `word` in or out, in the order of `values`; words not in there last. Caller
 * frees. */
char *settings_text_with_word(
    const char *text, const char *const *values, const char *word, gboolean in);
/* Is it the same value, whatever the order of flags? */
gboolean settings_text_same(const DescribedSetting *setting, const char *a, const char *b);
/* On one line and not longer than a list's cell or a sentence bears: "(empty)", "a, b …". Caller
 * frees. */
char *settings_text_brief(const char *text);
/* What may be typed: "9 to 63 bytes", "16 KiB to 64 MiB, as in 2m"; NULL if anything. Caller frees.
 */
char *settings_text_allowed(const DescribedSetting *setting);
/* What people call a section: "tls" → "TLS", "listener main" → "Listener main". `description` may
 * be NULL. Caller frees. */
char *settings_text_title(const Description *description, const char *section);
/* "limits.nick" as in chatctl; key NULL: the section. Caller frees. */
char *settings_text_name(const char *section, const char *key);
/* `label` with an underscore before a letter not in `used`, which then has it too; without, if all
 * are taken. Caller frees. */
char *settings_text_mnemonic(const char *label, GString *used);
/* NULL if a section may be called so, else why not. */
const char *settings_text_name_problem(const char *name);
/* "2026-11-24T01:52:25.539Z" as local time, "2026-11-24 02:52:25"; as it is if it is none. Caller
 * frees. */
char *settings_text_time(const char *iso);

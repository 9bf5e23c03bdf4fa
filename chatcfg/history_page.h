/* SPDX-License-Identifier: MIT */
/*
 * HistoryPage: a property page that only shows: facts as label and value, and a widget beneath.
 * Thread: main.
 */
#pragma once

#include "service.h"

typedef struct HistoryPage HistoryPage;

HistoryPage *history_page_new(void);
/* Left out if `value` is NULL or "". */
void history_page_add(HistoryPage *page, const char *label, const char *value);
/* JSON as indented text under a title; left out if it is null. */
void history_page_add_json(HistoryPage *page, const char *title, const json_t *value);
/* A table of changes: settings_changes_view(); the titles are static. */
void history_page_add_changes(
    HistoryPage *page, const json_t *changes, const char *from, const char *to);
/* Shows it as a sheet of its own; takes the page. */
void history_page_open(HistoryPage *page, const SnapinHost *host, SnapinNode *node,
    const char *object, const char *title);

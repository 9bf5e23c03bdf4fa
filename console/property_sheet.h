/* SPDX-License-Identifier: MIT */
/*
 * A window with a snap-in's pages as tabs over OK, Cancel and Apply; not modal.
 * Invariant: OK and Apply are on exactly while something is dirty (OK: always), nothing has a
 * problem and nothing is being applied. Pages are applied one after the other, the first error
 * stops and is shown on its page; closing while applying cancels.
 * Thread: main.
 */
#pragma once

#include "property_page.h"

#define PROPERTY_SHEET_MAX_PAGES 32

#define PROPERTY_TYPE_SHEET (property_sheet_get_type())
G_DECLARE_FINAL_TYPE(PropertySheet, property_sheet, PROPERTY, SHEET, GtkDialog)

/* `pages` are copied, their stride is their own `size`; not yet shown. */
GtkWidget *property_sheet_new(GtkWindow *parent, SnapinNode *node, const char *object,
    const SnapinPageSpec *pages, guint n_pages);
/* The open sheet of that object of that node; NULL if there is none. */
PropertySheet *property_sheet_find(SnapinNode *node, const char *object);
/* What was typed is lost. */
void property_sheet_close_all(void);
/* What opening would have taken over is given back: the sheet is open already. */
void property_sheet_discard(SnapinNode *node, const SnapinPageSpec *pages, guint n_pages);

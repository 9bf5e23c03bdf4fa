/* SPDX-License-Identifier: MIT */
/*
 * TextTable: rows of text in aligned columns, for terminals. Widths are those of the characters as
 * shown (East Asian wide = 2, combining = 0). Invariant: every row has as many cells as there are
 * columns; no cell holds a control character. Thread: one.
 */
#pragma once

#include <glib.h>

typedef struct TextTable TextTable;

TextTable *text_table_new(void);
void text_table_free(TextTable *table);
/* Before the first row. */
void text_table_add_column(TextTable *table, const char *title, gboolean right);
/* As many cells as columns; copied, control characters become U+FFFD. */
void text_table_add_row(TextTable *table, const char *const *cells);
guint text_table_n_rows(const TextTable *table);
/* `width` 0: as wide as it is; else the widest columns are cut, with an ellipsis, until it fits. */
char *text_table_print(const TextTable *table, guint width, gboolean headers);
/* Cells that `text` takes on a terminal. */
guint text_width(const char *text);
/* One line without control characters and invalid bytes. Caller frees. */
char *text_clean(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextTable, text_table_free)

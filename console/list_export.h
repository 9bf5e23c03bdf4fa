/* SPDX-License-Identifier: MIT */
/*
 * Rows of a list as text for other programs.
 * Invariant: CSV as RFC 4180, in UTF-8, and no cell is read as a formula by a spreadsheet; TSV has
 * one line per row whatever is in the cells; JSON is an array of objects keyed by column id.
 * Thread: main.
 */
#pragma once

#include "list_model.h"

typedef enum ListFormat {
	LIST_FORMAT_CSV,
	LIST_FORMAT_TSV,
	LIST_FORMAT_JSON,
	LIST_N_FORMATS
} ListFormat;

typedef struct ListExport {
	ListFormat format;
	const guint *columns; /* numbers of the columns, in order */
	guint n_columns;
	const guint64 *row_ids; /* these only; NULL: all shown */
	guint n_row_ids;
	gboolean header;
} ListExport;

/* Free with g_string_free(). */
GString *list_export(ListModel *model, const ListExport *export);
const char *list_format_extension(ListFormat format); /* "csv" */
const char *list_format_title(ListFormat format);     /* translated */

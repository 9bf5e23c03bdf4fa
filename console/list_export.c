/* SPDX-License-Identifier: MIT */
#include "list_export.h"

#include <glib/gi18n.h>
#include <string.h>

typedef void (*CellWriter)(GString *out, const char *text);

static void
write_csv_cell(GString *out, const char *text)
{
	/* What begins like a formula is taken for one when the file is opened: a nick must not be.
	 */
	gboolean formula = *text && strchr("=+-@\t\r", *text);

	if (!formula && !strpbrk(text, ",\"\r\n")) {
		g_string_append(out, text);
		return;
	}
	g_string_append(out, formula ? "\"'" : "\"");
	for (; *text; text++) {
		if (*text == '"')
			g_string_append_c(out, '"');
		g_string_append_c(out, *text);
	}
	g_string_append_c(out, '"');
}

static void
write_tsv_cell(GString *out, const char *text)
{
	for (; *text; text++)
		g_string_append_c(out, strchr("\t\r\n", *text) ? ' ' : *text);
}

static void
write_json_cell(GString *out, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);

	g_string_append_c(out, '"');
	for (const char *c = valid; *c; c++) {
		if (*c == '"' || *c == '\\')
			g_string_append_printf(out, "\\%c", *c);
		else if ((guchar)*c < 0x20)
			g_string_append_printf(out, "\\u%04x", *c);
		else
			g_string_append_c(out, *c);
	}
	g_string_append_c(out, '"');
}

static const struct {
	const char *extension;
	const char *title;
	const char *separator;
	const char *line_end;
	CellWriter write_cell;
} formats[LIST_N_FORMATS] = {
    [LIST_FORMAT_CSV] = {"csv", N_("Comma-separated values (CSV)"), ",", "\r\n", write_csv_cell},
    [LIST_FORMAT_TSV] = {"tsv", N_("Tab-separated values (TSV)"), "\t", "\n", write_tsv_cell},
    [LIST_FORMAT_JSON] = {"json", N_("JSON"), NULL, NULL, write_json_cell},
};

static void
write_plain_row(GString *out, ListModel *model, const ListExport *export, guint position)
{
	for (guint i = 0; i < export->n_columns; i++) {
		if (i > 0)
			g_string_append(out, formats[export->format].separator);
		formats[export->format].write_cell(
		    out, list_model_text(model, position, export->columns[i]));
	}
	g_string_append(out, formats[export->format].line_end);
}

static void
write_json_row(GString *out, ListModel *model, const ListExport *export, guint position)
{
	const SnapinColumn *columns = list_model_source(model)->list->columns;

	g_string_append(out, out->len > 2 ? ",\n  {" : "  {");
	for (guint i = 0; i < export->n_columns; i++) {
		if (i > 0)
			g_string_append(out, ", ");
		write_json_cell(out, columns[export->columns[i]].id);
		g_string_append(out, ": ");
		write_json_cell(out, list_model_text(model, position, export->columns[i]));
	}
	g_string_append_c(out, '}');
}

static void
write_header(GString *out, ListModel *model, const ListExport *export)
{
	const SnapinColumn *columns = list_model_source(model)->list->columns;

	for (guint i = 0; i < export->n_columns; i++) {
		if (i > 0)
			g_string_append(out, formats[export->format].separator);
		formats[export->format].write_cell(out, columns[export->columns[i]].title);
	}
	g_string_append(out, formats[export->format].line_end);
}

static void
write_row(GString *out, ListModel *model, const ListExport *export, guint position)
{
	if (export->format == LIST_FORMAT_JSON)
		write_json_row(out, model, export, position);
	else
		write_plain_row(out, model, export, position);
}

GString *
list_export(ListModel *model, const ListExport *export)
{
	gboolean json = export->format == LIST_FORMAT_JSON;
	GString *out = g_string_new(json ? "[\n" : NULL);

	if (export->header && !json)
		write_header(out, model, export);
	for (guint i = 0; export->row_ids && i < export->n_row_ids; i++) {
		int position = list_model_find(model, export->row_ids[i]);

		if (position >= 0)
			write_row(out, model, export, (guint)position);
	}
	for (guint i = 0; !export->row_ids && i < list_model_n_rows(model); i++)
		write_row(out, model, export, i);
	if (json)
		g_string_append(out, out->len > 2 ? "\n]\n" : "]\n");
	return out;
}

const char *
list_format_extension(ListFormat format)
{
	return formats[format].extension;
}

const char *
list_format_title(ListFormat format)
{
	return _(formats[format].title);
}

/* SPDX-License-Identifier: MIT */
/* CSV, TSV and JSON of rows that hold what hurts: separators, quotes, ends of lines, formulas. */
#include "list_export.h"

static const char *const cells[][2] = {
    {"plain", "1"},
    {"a,b\"c", "tab\there"},
    {"=1+2", "line\nbreak"},
    {"ünï\xff", "\\"},
};

static guint
n_rows(gpointer data)
{
	return G_N_ELEMENTS(cells);
}

static guint64
row_id(gpointer data, guint row)
{
	return row + 10;
}

static const char *
cell_text(gpointer data, guint row, guint column)
{
	return cells[row][column];
}

static const SnapinColumn columns[] = {
    {.id = "name", .title = "The, name"},
    {.id = "value", .title = "Value"},
};

static const SnapinList list = {
    .size = sizeof list,
    .columns = columns,
    .n_columns = 2,
    .n_rows = n_rows,
    .row_id = row_id,
    .cell_text = cell_text,
};

static void
check(ListFormat format, gboolean header, const guint64 *ids, guint n_ids, const char *expected)
{
	static const guint both[] = {0, 1};
	ListSource source = {&list, NULL, NULL, NULL};
	g_autoptr(ListModel) model = list_model_new(&source);
	ListExport export = {format, both, 2, ids, n_ids, header};
	g_autoptr(GString) text = NULL;

	if (!list_model_rebuild(model))
		list_model_adopt(model);
	text = list_export(model, &export);
	g_assert_cmpstr(text->str, ==, expected);
}

static void
test_csv(void)
{
	check(LIST_FORMAT_CSV, TRUE, NULL, 0,
	    "\"The, name\",Value\r\n"
	    "plain,1\r\n"
	    "\"a,b\"\"c\",tab\there\r\n"
	    "\"'=1+2\",\"line\nbreak\"\r\n"
	    "ünï\xff,\\\r\n");
}

static void
test_tsv(void)
{
	check(LIST_FORMAT_TSV, FALSE, NULL, 0,
	    "plain\t1\n"
	    "a,b\"c\ttab here\n"
	    "=1+2\tline break\n"
	    "ünï\xff\t\\\n");
}

static void
test_json(void)
{
	check(LIST_FORMAT_JSON, TRUE, NULL, 0,
	    "[\n"
	    "  {\"name\": \"plain\", \"value\": \"1\"},\n"
	    "  {\"name\": \"a,b\\\"c\", \"value\": \"tab\\u0009here\"},\n"
	    "  {\"name\": \"=1+2\", \"value\": \"line\\u000abreak\"},\n"
	    "  {\"name\": \"ünï\xef\xbf\xbd\", \"value\": \"\\\\\"}\n"
	    "]\n");
}

static void
test_some_rows(void)
{
	const guint64 ids[] = {12, 99, 10};

	check(LIST_FORMAT_TSV, FALSE, ids, G_N_ELEMENTS(ids), "=1+2\tline break\nplain\t1\n");
	check(LIST_FORMAT_JSON, FALSE, ids + 1, 1, "[\n]\n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/list-export/csv", test_csv);
	g_test_add_func("/list-export/tsv", test_tsv);
	g_test_add_func("/list-export/json", test_json);
	g_test_add_func("/list-export/some-rows", test_some_rows);
	return g_test_run();
}

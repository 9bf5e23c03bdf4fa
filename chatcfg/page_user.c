/* SPDX-License-Identifier: MIT */
#include "page_user.h"

#include "facts.h"
#include "page_read.h"
#include "time_text.h"

#define COLUMNS_MAX 8

typedef struct PageUser PageUser;
typedef struct UserList UserList;

/* One page that is a list. */
typedef struct ListTab {
	PageUser *page;
	const UserList *kind;
	GtkListStore *store; /* texts */
	GtkWidget *note;     /* why there is no row */
} ListTab;

#define LISTS 2

struct PageUser {
	Service *service; /* valid while `node` is in the tree, which a sheet does not outlive */
	char *id;
	GCancellable *life;
	GtkWidget *values[16];
	ListTab lists[LISTS];
};

/* ---- What is shown: a path into an object of the answer of user.get, and how it reads ---- */

typedef enum FactFormat {
	FACT_TEXT,
	FACT_TIME,
	FACT_AGO,
	FACT_TLS,
} FactFormat;

typedef struct UserFact {
	const char *name;
	const char *part; /* member of the object; NULL: the object itself */
	const char *key;
	FactFormat format;
} UserFact;

static const UserFact user_facts[] = {
    {"Nick", NULL, "name", FACT_TEXT},
    {"Real name", "user", "realname", FACT_TEXT},
    {"User name", "user", "username", FACT_TEXT},
    {"Account", "user", "account", FACT_TEXT},
    {"Operator as", "user", "operlogin", FACT_TEXT},
    {"Modes", "user", "modes", FACT_TEXT},
    {"Away", "user", "away_reason", FACT_TEXT},
    {"Host", NULL, "hostname", FACT_TEXT},
    {"Address", NULL, "ip", FACT_TEXT},
    {"TLS", NULL, "tls", FACT_TLS},
    {"Certificate", "tls", "certfp", FACT_TEXT},
    {"Connected", NULL, "connected_since", FACT_TIME},
    {"Idle", NULL, "idle_since", FACT_AGO},
    {"Id", NULL, "id", FACT_TEXT},
};

/* What the user has several of; the facts are its columns. */
struct UserList {
	const char *id;
	const char *title;
	const char *name;  /* of the table, for who cannot see it */
	const char *empty; /* said when there is none */
	const char *part;  /* where the rows are, as of a UserFact */
	const char *key;
	UserFact columns[COLUMNS_MAX];
};

static const UserList user_lists[LISTS] = {
    {"user-channels", "Channels", "Channels of the user", "In no channel.", "user", "channels",
	{{"Channel", NULL, "name", FACT_TEXT}, {"Rank", NULL, "level", FACT_TEXT}}},
    {"user-clients", "Clients", "Clients of the user", "No client is connected.", NULL, "clients",
	{{"Device", NULL, "device", FACT_TEXT}, {"Address", NULL, "ip", FACT_TEXT},
	    {"Connected", NULL, "connected_since", FACT_TIME},
	    {"TLS", NULL, "tls_version", FACT_TEXT}, {"Cipher", NULL, "cipher", FACT_TEXT},
	    {"Certificate", NULL, "certfp", FACT_TEXT}, {"Gateway", NULL, "gateway", FACT_TEXT}}},
};

static char *
fact_text(const UserFact *fact, const json_t *client)
{
	const json_t *part = fact->part != NULL ? json_object_get(client, fact->part) : client;
	const json_t *value = json_object_get(part, fact->key);
	const char *text = json_string_value(value);

	switch (fact->format) {
	case FACT_TIME:
		return time_text_full(time_text_parse(text));
	case FACT_AGO:
		return time_text_span((g_get_real_time() - time_text_parse(text)) / G_USEC_PER_SEC);
	case FACT_TLS:
		text = json_string_value(json_object_get(value, "cipher"));
		return g_strdup(value == NULL ? "No" : text != NULL ? text : "Yes");
	case FACT_TEXT:
		break;
	}
	return g_strdup(text);
}

static void
show_facts(PageUser *page, const json_t *client)
{
	for (guint i = 0; i < G_N_ELEMENTS(user_facts); i++) {
		g_autofree char *text = fact_text(&user_facts[i], client);

		facts_set(page->values[i], text);
	}
}

static void
add_row(ListTab *tab, const json_t *row)
{
	GtkTreeIter iter;

	gtk_list_store_append(tab->store, &iter);
	for (int i = 0; i < COLUMNS_MAX && tab->kind->columns[i].name != NULL; i++) {
		g_autofree char *text = fact_text(&tab->kind->columns[i], row);

		gtk_list_store_set(tab->store, &iter, i, text != NULL ? text : "", -1);
	}
}

static void
show_note(const ListTab *tab, const char *text)
{
	gtk_label_set_text(GTK_LABEL(tab->note), text);
	gtk_widget_set_visible(tab->note, *text != '\0');
}

static void
show_list(ListTab *tab, const json_t *client)
{
	const UserList *kind = tab->kind;
	const json_t *rows = json_object_get(
	    kind->part != NULL ? json_object_get(client, kind->part) : client, kind->key);
	const json_t *row;
	size_t index;

	json_array_foreach((json_t *)rows, index, row) add_row(tab, row);
	if (!json_is_array(rows))
		show_note(tab, "This service does not tell.");
	else
		show_note(tab, json_array_size(rows) > 0 ? "" : kind->empty);
}

static void
got_user(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	const json_t *client = json_object_get(answer, "client");
	PageUser *page = data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (error != NULL) {
		facts_set(page->values[0], error->message);
		for (guint i = 0; i < LISTS; i++)
			show_note(&page->lists[i], error->message);
		return;
	}
	show_facts(page, client);
	for (guint i = 0; i < LISTS; i++)
		show_list(&page->lists[i], client);
}

/* ---- The pages; the first one owns what all use, the last one asks ---- */

static void
ask(PageUser *page)
{
	const Description *description = service_description(page->service);
	const DescribedMethod *method =
	    description != NULL ? description_method(description, "user.get") : NULL;
	json_t *params = json_pack("{s:s}", "nick", page->id);

	/* A service of before knows one client only. */
	if (method != NULL && described_param(method, "clients") != NULL)
		json_object_set_new(params, "clients", json_true());
	service_call_async(page->service, "user.get", params, page->life, got_user, page);
}

static GtkWidget *
create_general(SnapinPage *snapin_page, gpointer data)
{
	PageUser *page = data;
	GtkWidget *facts = facts_new();

	G_STATIC_ASSERT(G_N_ELEMENTS(user_facts) <= G_N_ELEMENTS(page->values));
	for (guint i = 0; i < G_N_ELEMENTS(user_facts); i++)
		page->values[i] = facts_add(facts, user_facts[i].name);
	return page_frame(facts);
}

static void
add_column(GtkWidget *view, const char *title, int column)
{
	GtkCellRenderer *renderer = gtk_cell_renderer_text_new();
	GtkTreeViewColumn *shown =
	    gtk_tree_view_column_new_with_attributes(title, renderer, "text", column, NULL);

	gtk_tree_view_column_set_resizable(shown, TRUE);
	gtk_tree_view_column_set_sort_column_id(shown, column);
	gtk_tree_view_append_column(GTK_TREE_VIEW(view), shown);
}

static GtkWidget *
create_list(SnapinPage *snapin_page, gpointer data)
{
	ListTab *tab = data;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
	GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
	GtkWidget *view = gtk_tree_view_new_with_model(GTK_TREE_MODEL(tab->store));

	atk_object_set_name(gtk_widget_get_accessible(view), tab->kind->name);
	for (int i = 0; i < COLUMNS_MAX && tab->kind->columns[i].name != NULL; i++)
		add_column(view, tab->kind->columns[i].name, i);
	tab->note = gtk_label_new("Asking the service…");
	gtk_label_set_xalign(GTK_LABEL(tab->note), 0);
	gtk_style_context_add_class(
	    gtk_widget_get_style_context(tab->note), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scrolled), GTK_SHADOW_IN);
	gtk_container_add(GTK_CONTAINER(scrolled), view);
	gtk_box_pack_start(GTK_BOX(box), tab->note, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), scrolled, TRUE, TRUE, 0);
	if (tab == &tab->page->lists[LISTS - 1])
		ask(tab->page);
	return page_frame(box);
}

static void
page_user_free(gpointer data)
{
	PageUser *page = data;

	g_cancellable_cancel(page->life);
	g_object_unref(page->life);
	for (guint i = 0; i < LISTS; i++)
		g_object_unref(page->lists[i].store);
	g_free(page->id);
	g_free(page);
}

static SnapinPageSpec
list_page(PageUser *page, guint index)
{
	ListTab *tab = &page->lists[index];
	GType types[COLUMNS_MAX];

	for (guint i = 0; i < COLUMNS_MAX; i++)
		types[i] = G_TYPE_STRING;
	*tab = (ListTab){.page = page,
	    .kind = &user_lists[index],
	    .store = gtk_list_store_newv(COLUMNS_MAX, types)};
	return (SnapinPageSpec){.size = sizeof(SnapinPageSpec),
	    .id = tab->kind->id,
	    .title = tab->kind->title,
	    .help = "user-properties",
	    .create = create_list,
	    .apply_async = page_read_apply_async,
	    .apply_finish = page_read_apply_finish,
	    .data = tab};
}

void
page_user_open(Service *service, SnapinNode *node, const char *id, const char *nick)
{
	PageUser *page = g_new0(PageUser, 1);
	SnapinPageSpec pages[1 + LISTS] = {
	    {.size = sizeof *pages,
		.id = "user",
		.title = "General",
		.help = "user-properties",
		.create = create_general,
		.apply_async = page_read_apply_async,
		.apply_finish = page_read_apply_finish,
		.data = page,
		.free_data = page_user_free},
	};

	page->service = service;
	page->id = g_strdup(id);
	page->life = g_cancellable_new();
	for (guint i = 0; i < LISTS; i++)
		pages[1 + i] = list_page(page, i);
	service_host(service)->sheet_open(
	    service_host(service), node, nick, pages, G_N_ELEMENTS(pages));
}

/* SPDX-License-Identifier: MIT */
#include "page_user.h"

#include "facts.h"
#include "page_read.h"
#include "time_text.h"

typedef struct PageUser {
	Service *service; /* valid while `node` is in the tree, which a sheet does not outlive */
	char *id;
	GCancellable *life;
	GtkWidget *values[16];
	GtkListStore *channels;
	GtkWidget *note; /* of the channels: why there is none */
} PageUser;

/* ---- What is shown: a path into the answer of user.get, and how it reads ---- */

typedef enum FactFormat {
	FACT_TEXT,
	FACT_TIME,
	FACT_AGO,
	FACT_TLS,
} FactFormat;

typedef struct UserFact {
	const char *name;
	const char *part; /* member of the user object; NULL: the object itself */
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
show_channels(PageUser *page, const json_t *client)
{
	const json_t *seats = json_object_get(json_object_get(client, "user"), "channels");
	const json_t *seat;
	size_t index;

	json_array_foreach(seats, index, seat)
	{
		const char *level = json_string_value(json_object_get(seat, "level"));

		gtk_list_store_insert_with_values(page->channels, NULL, -1, 0,
		    json_string_value(json_object_get(seat, "name")), 1, level != NULL ? level : "",
		    -1);
	}
	gtk_label_set_text(
	    GTK_LABEL(page->note), json_array_size(seats) > 0 ? "" : "In no channel.");
	gtk_widget_set_visible(page->note, json_array_size(seats) == 0);
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
		gtk_label_set_text(GTK_LABEL(page->note), error->message);
		return;
	}
	show_facts(page, client);
	show_channels(page, client);
}

/* ---- The two pages; the first one owns what both use ---- */

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
create_channels(SnapinPage *snapin_page, gpointer data)
{
	PageUser *page = data;
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
	GtkWidget *view = gtk_tree_view_new_with_model(GTK_TREE_MODEL(page->channels));
	GtkWidget *frame;

	atk_object_set_name(gtk_widget_get_accessible(view), "Channels of the user");
	add_column(view, "Channel", 0);
	add_column(view, "Rank", 1);
	page->note = gtk_label_new("Asking the service…");
	gtk_label_set_xalign(GTK_LABEL(page->note), 0);
	gtk_style_context_add_class(
	    gtk_widget_get_style_context(page->note), GTK_STYLE_CLASS_DIM_LABEL);
	gtk_box_pack_start(GTK_BOX(box), page->note, FALSE, FALSE, 0);
	gtk_box_pack_start(GTK_BOX(box), view, TRUE, TRUE, 0);
	frame = page_frame(box);
	service_call_async(page->service, "user.get", json_pack("{s:s}", "nick", page->id),
	    page->life, got_user, page);
	return frame;
}

static void
page_user_free(gpointer data)
{
	PageUser *page = data;

	g_cancellable_cancel(page->life);
	g_object_unref(page->life);
	g_object_unref(page->channels);
	g_free(page->id);
	g_free(page);
}

void
page_user_open(Service *service, SnapinNode *node, const char *id, const char *nick)
{
	PageUser *page = g_new0(PageUser, 1);
	const SnapinPageSpec pages[] = {
	    {.size = sizeof *pages,
		.id = "user",
		.title = "General",
		.help = "user-properties",
		.create = create_general,
		.apply_async = page_read_apply_async,
		.apply_finish = page_read_apply_finish,
		.data = page,
		.free_data = page_user_free},
	    {.size = sizeof *pages,
		.id = "user-channels",
		.title = "Channels",
		.help = "user-properties",
		.create = create_channels,
		.apply_async = page_read_apply_async,
		.apply_finish = page_read_apply_finish,
		.data = page},
	};

	page->service = service;
	page->id = g_strdup(id);
	page->life = g_cancellable_new();
	page->channels = gtk_list_store_new(2, G_TYPE_STRING, G_TYPE_STRING);
	service_host(service)->sheet_open(
	    service_host(service), node, nick, pages, G_N_ELEMENTS(pages));
}

/* SPDX-License-Identifier: MIT */
#include "page_account.h"

#include "facts.h"
#include "page_read.h"
#include "time_text.h"

#include <string.h>

/* What is shown: a path into the answer of account.get, and how it reads. */
typedef struct AccountFact {
	const char *name;
	const char *part; /* member of the account; NULL: the account itself */
	const char *key;
	gboolean is_time;
} AccountFact;

static const AccountFact account_facts[] = {
    {"Name", NULL, "name", FALSE},
    {"E-mail", NULL, "email", FALSE},
    {"Verified", NULL, "verified", FALSE},
    {"Password", NULL, "password", FALSE},
    {"Here as", NULL, "users", FALSE},
    {"Grouped nicks", NULL, "nicks", FALSE},
    {"Certificates", NULL, "certificates", FALSE},
    {"Registered", NULL, "registered_at", TRUE},
    {"Last used", NULL, "used_at", TRUE},
    {"Suspended by", "suspension", "by", FALSE},
    {"Suspended for", "suspension", "reason", FALSE},
};

typedef struct PageAccount {
	Service *service; /* valid while the node is in the tree, which a sheet does not outlive */
	char *account;
	GCancellable *life;
	GtkWidget *values[G_N_ELEMENTS(account_facts)];
	GtkWidget *settings; /* "enforce: grace", a line each */
} PageAccount;

static char *
list_text(const json_t *list)
{
	GString *text = g_string_new(NULL);
	const json_t *item;
	size_t index;

	json_array_foreach((json_t *)list, index, item)
	    g_string_append_printf(text, "%s%s", index > 0 ? ", " : "", json_string_value(item));
	return g_string_free(text, FALSE);
}

static char *
fact_text(const AccountFact *fact, const json_t *account)
{
	const json_t *part = fact->part != NULL ? json_object_get(account, fact->part) : account;
	const json_t *value = json_object_get(part, fact->key);

	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "Yes" : "No");
	if (json_is_array(value))
		return list_text(value);
	if (fact->is_time && json_is_string(value))
		return time_text_full(time_text_parse(json_string_value(value)));
	return g_strdup(json_string_value(value));
}

static void
show_settings(PageAccount *page, const json_t *settings)
{
	g_autoptr(GString) text = g_string_new(NULL);
	const char *name;
	json_t *value;

	json_object_foreach((json_t *)settings, name, value) g_string_append_printf(
	    text, "%s%s: %s", text->len > 0 ? "\n" : "", name, json_string_value(value));
	facts_set(page->settings, text->str);
}

static void
got_account(GObject *source, GAsyncResult *result, gpointer data)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) answer = service_call_finish(result, &error);
	const json_t *account = json_object_get(answer, "account");
	PageAccount *page = data;

	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	if (error != NULL) {
		facts_set(page->values[0], error->message);
		return;
	}
	for (guint i = 0; i < G_N_ELEMENTS(account_facts); i++) {
		g_autofree char *text = fact_text(&account_facts[i], account);

		facts_set(page->values[i], text);
	}
	show_settings(page, json_object_get(account, "settings"));
}

static GtkWidget *
create(SnapinPage *snapin_page, gpointer data)
{
	PageAccount *page = data;
	GtkWidget *facts = facts_new();

	for (guint i = 0; i < G_N_ELEMENTS(account_facts); i++)
		page->values[i] = facts_add(facts, account_facts[i].name);
	page->settings = facts_add(facts, "Its settings");
	service_call_async(page->service, "account.get",
	    json_pack("{s:s}", "account", page->account), page->life, got_account, page);
	return page_frame(facts);
}

static void
page_account_free(gpointer data)
{
	PageAccount *page = data;

	g_cancellable_cancel(page->life);
	g_object_unref(page->life);
	g_free(page->account);
	g_free(page);
}

void
page_account_open(Service *service, SnapinNode *node, const char *account)
{
	PageAccount *page = g_new0(PageAccount, 1);
	const SnapinPageSpec pages[] = {
	    {.size = sizeof *pages,
		.id = "account",
		.title = "General",
		.help = "account-properties",
		.create = create,
		.apply_async = page_read_apply_async,
		.apply_finish = page_read_apply_finish,
		.data = page,
		.free_data = page_account_free},
	};

	page->service = service;
	page->account = g_strdup(account);
	page->life = g_cancellable_new();
	service_host(service)->sheet_open(
	    service_host(service), node, account, pages, G_N_ELEMENTS(pages));
}

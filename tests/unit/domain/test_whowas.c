/* SPDX-License-Identifier: MIT */
/* WHOWAS: the bound, the order, and that it keeps copies. */
#include "domain/whowas.h"

#include "domain/user.h"

static void
remember(Whowas *whowas, const char *nick, int64_t now)
{
	UserFacts facts = {
	    .nick = nick,
	    .username = "~u",
	    .real_name = "Real",
	    .host = "shown.example",
	    .address = "192.0.2.1",
	};
	User *user = user_new(&facts, 3);
	const WhowasEntry entry = whowas_entry_of(user, "quit", now);

	whowas_add(whowas, &entry);
	user_free(user);
}

static void
assert_nicks(const Whowas *whowas, const char *expected)
{
	g_autoptr(GString) nicks = g_string_new(NULL);
	const void *cursor = NULL;
	const WhowasEntry *entry;

	while ((entry = whowas_next(whowas, &cursor)))
		g_string_append_printf(nicks, "%s ", entry->nick);
	g_assert_cmpstr(nicks->str, ==, expected);
}

static void
test_bound(void)
{
	g_autoptr(Whowas) whowas = whowas_new(3);

	assert_nicks(whowas, "");
	remember(whowas, "a", 10);
	assert_nicks(whowas, "a ");
	remember(whowas, "b", 11);
	remember(whowas, "c", 12);
	remember(whowas, "a", 13);
	assert_nicks(whowas, "a c b ");
	remember(whowas, "d", 14);
	assert_nicks(whowas, "d a c ");
	whowas_set_most(whowas, 2);
	assert_nicks(whowas, "d a ");
	whowas_set_most(whowas, 4);
	remember(whowas, "e", 15);
	remember(whowas, "f", 16);
	remember(whowas, "g", 17);
	assert_nicks(whowas, "g f e d ");
	whowas_set_most(whowas, 0);
	assert_nicks(whowas, "");
	remember(whowas, "h", 18);
	assert_nicks(whowas, "");
}

static void
test_entry(void)
{
	g_autoptr(Whowas) whowas = whowas_new(1);
	const void *cursor = NULL;
	const WhowasEntry *entry;

	remember(whowas, "Alice", 10);
	entry = whowas_next(whowas, &cursor);
	g_assert_cmpstr(entry->nick, ==, "Alice");
	g_assert_cmpstr(entry->username, ==, "~u");
	g_assert_cmpstr(entry->real_name, ==, "Real");
	g_assert_cmpstr(entry->host, ==, "shown.example");
	g_assert_cmpstr(entry->address, ==, "192.0.2.1");
	g_assert_cmpstr(entry->event, ==, "quit");
	g_assert_null(entry->account);
	g_assert_cmpint(entry->connected_at, ==, 3);
	g_assert_cmpint(entry->left_at, ==, 10);
	g_assert_null(whowas_next(whowas, &cursor));
}

static void
test_forget(void)
{
	g_autoptr(Whowas) whowas = whowas_new(9);
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	WhowasEntry entry = {.username = (char *)"u", .event = "quit"};
	const struct {
		const char *nick, *account;
		int64_t id;
	} rows[] = {
	    {"a", "anna", 5}, {"b", "Anna", 0}, {"c", "anna", 6}, {"d", NULL, 0}, {"e", "x", 5}};

	for (unsigned i = 0; i < G_N_ELEMENTS(rows); i++) {
		entry.nick = (char *)rows[i].nick;
		entry.account = (char *)rows[i].account;
		entry.account_id = rows[i].id;
		whowas_add(whowas, &entry);
	}
	g_ptr_array_add(names, (gpointer) "anna");
	whowas_forget(whowas, 5, names);
	assert_nicks(whowas, "d c ");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/whowas/bound", test_bound);
	g_test_add_func("/whowas/entry", test_entry);
	g_test_add_func("/whowas/forget", test_forget);
	return g_test_run();
}

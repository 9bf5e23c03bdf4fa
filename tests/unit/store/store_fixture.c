/* SPDX-License-Identifier: MIT */
#include "store_fixture.h"

#include "base/work.h"

#include <glib/gstdio.h>
#include <poll.h>

void
fixture_make_folder(const char *file, char **ret_folder, char **ret_path, Mailbox **ret_answers)
{
	g_autoptr(GError) error = NULL;

	*ret_folder = g_dir_make_tmp("chat-store-XXXXXX", &error);
	g_assert_no_error(error);
	*ret_path = g_build_filename(*ret_folder, file, NULL);
	*ret_answers = mailbox_new();
}

void
fixture_finish(Mailbox *answers)
{
	MailItem *next;

	for (MailItem *item = mailbox_take(answers); item; item = next) {
		next = item->next;
		work_finish(item);
	}
}

void
fixture_wait_for(Mailbox *answers, const StoreTally *tally, unsigned count)
{
	struct pollfd ready = {.fd = mailbox_descriptor(answers), .events = POLLIN};
	gint64 limit = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;

	while (tally->done + tally->failed < count) {
		g_assert_cmpint(g_get_monotonic_time(), <, limit);
		poll(&ready, 1, 1000);
		fixture_finish(answers);
	}
}

void
fixture_remove_folder(char *folder, char *path, Mailbox *answers)
{
	GDir *dir;
	const char *name;

	fixture_finish(answers);
	mailbox_free(answers);
	dir = g_dir_open(folder, 0, NULL);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *file = g_build_filename(folder, name, NULL);

		g_unlink(file);
	}
	g_dir_close(dir);
	g_assert_cmpint(g_rmdir(folder), ==, 0);
	g_free(folder);
	g_free(path);
}

void
fixture_init(StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;

	fixture_make_folder("chatd.db", &fixture->folder, &fixture->path, &fixture->answers);
	fixture->store = store_open(fixture->path, fixture->answers, &error);
	g_assert_no_error(error);
	g_assert_nonnull(fixture->store);
}

void
fixture_clear(StoreFixture *fixture)
{
	store_close(fixture->store);
	fixture_remove_folder(fixture->folder, fixture->path, fixture->answers);
}

void
fixture_reopen(StoreFixture *fixture)
{
	g_autoptr(GError) error = NULL;

	store_close(fixture->store);
	fixture_finish(fixture->answers);
	fixture->store = store_open(fixture->path, fixture->answers, &error);
	g_assert_no_error(error);
}

void
tally_answer(void *data, const StoreAnswer *answer)
{
	StoreTally *tally = data;

	if (answer->done) {
		g_assert_cmpstr(answer->text, ==, "");
		tally->done++;
		if (answer->id != 0)
			tally->id = answer->id;
		return;
	}
	g_assert_cmpstr(answer->text, !=, "");
	g_assert_cmpint(answer->id, ==, 0);
	tally->failed++;
	g_free(tally->text);
	tally->text = g_strdup(answer->text);
}

void
tally_clear(StoreTally *tally)
{
	g_free(tally->text);
	*tally = (StoreTally){0};
}

void
fixture_wait(StoreFixture *fixture, const StoreTally *tally, unsigned count)
{
	fixture_wait_for(fixture->answers, tally, count);
	g_assert_cmpuint(tally->done + tally->failed, ==, count);
}

void
fixture_put_channel(StoreFixture *fixture, const char *name)
{
	StoreChannel channel = {.name = (char *)name, .created = 1, .modes = (char *)"nt"};
	StoreTally tally = {0};

	store_put_channel(fixture->store, &channel, tally_answer, &tally);
	fixture_wait(fixture, &tally, 1);
	g_assert_cmpuint(tally.done, ==, 1);
	tally_clear(&tally);
}

StoreAccount *
fixture_account(int64_t id, const char *name)
{
	StoreAccount *row = store_account_new();

	row->id = id;
	row->name = g_strdup(name);
	row->secret = g_strdup("SCRAM-SHA-256$…");
	row->registered_at = 17;
	return row;
}

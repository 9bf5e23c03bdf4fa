/* SPDX-License-Identifier: MIT */
#include "import_command.h"

#include "base/random.h"
#include "base/work.h"
#include "import/import.h"
#include "privileges.h"
#include "proto/casemap.h"
#include "proto/modes.h"
#include "running.h"
#include "store/store_bulk.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DATABASE_NAME "chatd.db"
#define ID_MAX (INT64_C(1) << 53)

/* The one write, and how it went. */
typedef struct Writing {
	bool answered;
	char *problem; /* NULL: done */
} Writing;

static void
written(void *data, const StoreAnswer *answer)
{
	Writing *writing = data;

	writing->answered = true;
	writing->problem = answer->done ? NULL : g_strdup(answer->text);
}

static void
wait_for_write(const Writing *writing, Mailbox *answers)
{
	struct pollfd wait = {.fd = mailbox_descriptor(answers), .events = POLLIN};

	while (!writing->answered) {
		MailItem *next;

		poll(&wait, 1, -1);
		for (MailItem *item = mailbox_take(answers); item; item = next) {
			next = item->next;
			work_finish(item);
		}
	}
}

/* All of it or nothing. */
static void
store_import(Writing *writing, const Import *import, Store *store, Mailbox *answers)
{
	Random random = random_system();

	for (guint i = 0; i < import->accounts->len; i++)
		((StoreAccount *)import->accounts->pdata[i])->id =
		    (int64_t)(1 + random_u64(&random) % (uint64_t)(ID_MAX - 1));
	store_put_bulk(store, import->accounts, import->channels, written, writing);
	wait_for_write(writing, answers);
}

/* ---- What is there already ---- */

static bool
holds_name(GHashTable *taken, const StoreAccount *account)
{
	if (g_hash_table_contains(taken, account->name))
		return true;
	for (guint i = 0; i < account->items->len; i++) {
		const StoreAccountItem *item = account->items->pdata[i];

		if (g_hash_table_contains(taken, item->key))
			return true;
	}
	return false;
}

static void
take_names(GHashTable *taken, const GPtrArray *accounts)
{
	for (guint i = 0; i < accounts->len; i++) {
		const StoreAccount *account = accounts->pdata[i];

		g_hash_table_add(taken, account->name);
		for (guint j = 0; j < account->items->len; j++)
			g_hash_table_add(
			    taken, ((const StoreAccountItem *)account->items->pdata[j])->key);
	}
}

static bool
is_permanent(const StoreChannel *channel)
{
	char letter = mode_row(MODE_CHANNEL_PERMANENT_INDEX)->letter;

	return memchr(channel->modes, letter, strcspn(channel->modes, " "));
}

static void
drop_taken(Import *import, const GPtrArray *accounts, const GPtrArray *channels)
{
	g_autoptr(GHashTable) taken = g_hash_table_new(casemap_hash, casemap_equal);
	g_autoptr(GHashTable) taken_channels = g_hash_table_new(casemap_hash, casemap_equal);

	take_names(taken, accounts);
	for (guint i = 0; i < channels->len; i++) {
		const StoreChannel *channel = channels->pdata[i];

		/* Some are there only because somebody who stays sits in them. */
		if (*channel->registered_by || is_permanent(channel))
			g_hash_table_add(taken_channels, channel->name);
	}
	for (guint i = import->accounts->len; i-- > 0;) {
		const StoreAccount *account = import->accounts->pdata[i];

		if (!holds_name(taken, account))
			continue;
		import_note(import, "account %s: the name, a nick or a certificate is taken",
		    account->name);
		g_ptr_array_remove_index_fast(import->accounts, i);
	}
	for (guint i = import->channels->len; i-- > 0;) {
		const StoreChannel *channel = import->channels->pdata[i];

		if (!g_hash_table_contains(taken_channels, channel->name))
			continue;
		import_note(import, "channel %s: it is registered here already", channel->name);
		g_ptr_array_remove_index_fast(import->channels, i);
	}
	import_drop_orphans(import);
}

static bool
compare_with_store(Import *import, Store *store, GError **error)
{
	g_autoptr(GPtrArray) accounts = store_read_accounts(store, 0, error);
	g_autoptr(GPtrArray) channels = accounts ? store_read_channels(store, error) : NULL;

	if (!accounts || !channels)
		return false;
	drop_taken(import, accounts, channels);
	return true;
}

/* ---- The report ---- */

static void
report(const Import *import, bool dry_run)
{
	for (guint i = 0; i < import->notes->len; i++)
		printf("%s\n", (const char *)import->notes->pdata[i]);
	if (import->notes_lost > 0)
		printf("and %" G_GUINT64_FORMAT " more\n", import->notes_lost);
	printf("%s: %u accounts, %u channels\n",
	    dry_run ? "would be taken over" : "to be taken over", import->accounts->len,
	    import->channels->len);
	printf("in the file: %u accounts with a password hash, %u that need a new password\n",
	    import->hashes, import->no_password);
}

static int
fail(const GError *error)
{
	fprintf(stderr, "chatd: %s; nothing was changed\n", error->message);
	return 1;
}

static int
import_into(Import *import, const Options *options, Store *store, Mailbox *answers)
{
	Writing writing = {0};
	g_autoptr(GError) error = NULL;

	if (!compare_with_store(import, store, &error))
		return fail(error);
	report(import, options->dry_run);
	if (options->dry_run)
		return 0;
	store_import(&writing, import, store, answers);
	if (!writing.problem) {
		puts("done");
		return 0;
	}
	fprintf(
	    stderr, "chatd: this could not be stored, nothing was changed: %s\n", writing.problem);
	g_free(writing.problem);
	return 1;
}

static Import *
read_import(const Options *options, GError **error)
{
	g_autofree char *text = NULL;
	gsize length;

	if (!g_file_get_contents(options->import_file, &text, &length, error))
		return NULL;
	return import_parse(options->import_format, text, length, error);
}

int
import_run(const Options *options)
{
	const char *directories[] = {options->state_dir, NULL};
	g_autofree char *path = g_build_filename(options->state_dir, DATABASE_NAME, NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Import) import = NULL;
	g_autoptr(Mailbox) answers = NULL;
	Store *store;
	int status;

	if (running_answers(options->runtime_dir)) {
		fputs("chatd: the service runs; stop it first, nothing was changed\n", stderr);
		return 1;
	}
	import = read_import(options, &error);
	if (!import)
		return fail(error);
	if (options->dry_run && access(path, F_OK) != 0) {
		report(import, true);
		return 0;
	}
	if (!options->allow_root && !privileges_drop(directories, &error))
		return fail(error);
	g_mkdir_with_parents(options->state_dir, 0700);
	answers = mailbox_new();
	store = answers ? store_open(path, answers, &error) : NULL;
	if (!store)
		return fail(error);
	status = import_into(import, options, store, answers);
	store_close(store);
	return status;
}

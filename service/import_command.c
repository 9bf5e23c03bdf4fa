/* SPDX-License-Identifier: MIT */
#include "import_command.h"

#include "base/random.h"
#include "base/work.h"
#include "import/import.h"
#include "privileges.h"
#include "proto/casemap.h"
#include "running.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DATABASE_NAME "chatd.db"
#define WRITES_AT_ONCE 10000u
#define ID_MAX (INT64_C(1) << 53)

/* Writes that are on their way. */
typedef struct Writing {
	Store *store;
	Mailbox *answers;
	unsigned open;
	unsigned failed;
	char *problem; /* of the first that failed */
} Writing;

static void
written(void *data, const StoreAnswer *answer)
{
	Writing *writing = data;

	writing->open--;
	if (answer->done)
		return;
	writing->failed++;
	if (!writing->problem)
		writing->problem = g_strdup(answer->text);
}

/* Until no more than `most` are on their way. */
static void
wait_for_writes(Writing *writing, unsigned most)
{
	struct pollfd wait = {.fd = mailbox_descriptor(writing->answers), .events = POLLIN};

	while (writing->open > most) {
		MailItem *next;

		poll(&wait, 1, -1);
		for (MailItem *item = mailbox_take(writing->answers); item; item = next) {
			next = item->next;
			work_finish(item);
		}
	}
}

static void
begin_write(Writing *writing)
{
	wait_for_writes(writing, WRITES_AT_ONCE - 1);
	writing->open++;
}

/* Takes the accounts out of the import: the store wants them whole. */
static void
store_accounts(Writing *writing, Import *import)
{
	Random random = random_system();
	GPtrArray *accounts = import->accounts;

	while (accounts->len > 0) {
		StoreAccount *account = g_ptr_array_steal_index(accounts, accounts->len - 1);

		account->id = (int64_t)(1 + random_u64(&random) % (uint64_t)(ID_MAX - 1));
		begin_write(writing);
		store_put_account(writing->store, account, written, writing);
	}
}

static void
store_channels(Writing *writing, const Import *import)
{
	for (guint i = 0; i < import->channels->len; i++) {
		const StoreChannel *channel = import->channels->pdata[i];

		begin_write(writing);
		store_put_channel(writing->store, channel, written, writing);
		for (guint k = 0; k < channel->entries->len; k++) {
			begin_write(writing);
			store_put_entry(writing->store, channel->name, channel->entries->pdata[k],
			    written, writing);
		}
	}
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

static void
drop_taken(Import *import, const GPtrArray *accounts, const GPtrArray *channels)
{
	g_autoptr(GHashTable) taken = g_hash_table_new(casemap_hash, casemap_equal);
	g_autoptr(GHashTable) taken_channels = g_hash_table_new(casemap_hash, casemap_equal);

	take_names(taken, accounts);
	for (guint i = 0; i < channels->len; i++)
		g_hash_table_add(taken_channels, ((const StoreChannel *)channels->pdata[i])->name);
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
	Writing writing = {.store = store, .answers = answers};
	g_autoptr(GError) error = NULL;

	if (!compare_with_store(import, store, &error))
		return fail(error);
	report(import, options->dry_run);
	if (options->dry_run)
		return 0;
	store_accounts(&writing, import);
	store_channels(&writing, import);
	wait_for_writes(&writing, 0);
	if (writing.failed == 0) {
		puts("done");
		return 0;
	}
	fprintf(
	    stderr, "chatd: %u of them could not be stored: %s\n", writing.failed, writing.problem);
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

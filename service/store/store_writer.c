/* SPDX-License-Identifier: MIT */
#include "store/store_writer.h"

#include <pthread.h>

struct StoreWriter {
	pthread_mutex_t mutex; /* guards all up to `failure` */
	pthread_cond_t changed;
	MailItem *first;
	MailItem *last;
	unsigned waiting;
	bool stopping;
	char *failure; /* why the newest batch failed; NULL: it did not */
	pthread_t thread;
	Mailbox *answers; /* not owned */
	char *path;
	sqlite3 *database; /* the thread's; NULL after a failure that may be the connection's */
	StoreWriterHooks hooks;
};

/* Everything that waits; NULL if nothing does and it is time to end or `busy` elsewhere. Waits. */
static MailItem *
take_batch(StoreWriter *writer, bool busy, bool *ret_stopping)
{
	MailItem *batch;

	pthread_mutex_lock(&writer->mutex);
	while (!writer->first && !writer->stopping && !busy)
		pthread_cond_wait(&writer->changed, &writer->mutex);
	batch = writer->first;
	writer->first = NULL;
	writer->last = NULL;
	writer->waiting = 0;
	*ret_stopping = writer->stopping;
	pthread_mutex_unlock(&writer->mutex);
	return batch;
}

/* Without a savepoint; false if that was not good enough: the transaction is to be done again. */
static bool
apply_unguarded(StoreWriter *writer, StoreWrite *write)
{
	write->applied = write->apply(write, writer->database, NULL);
	return write->applied;
}

static void
apply_guarded(StoreWriter *writer, StoreWrite *write)
{
	g_autoptr(GError) error = NULL;

	if (database_execute(writer->database, "SAVEPOINT request", &error) &&
	    write->apply(write, writer->database, &error) &&
	    database_execute(writer->database, "RELEASE request", &error)) {
		write->applied = true;
		return;
	}
	write->problem = g_strdup(error->message);
	/* A full disk makes SQLite give the whole transaction up by itself. */
	if (!sqlite3_get_autocommit(writer->database))
		sqlite3_exec(
		    writer->database, "ROLLBACK TO request; RELEASE request", NULL, NULL, NULL);
}

/* Nothing of the batch happened. */
static void
forget_batch(StoreWriter *writer, MailItem *batch)
{
	sqlite3_exec(writer->database, "ROLLBACK", NULL, NULL, NULL);
	if (writer->hooks.forget)
		writer->hooks.forget(writer->hooks.data);
	for (MailItem *item = batch; item; item = item->next) {
		StoreWrite *write = (StoreWrite *)item;

		write->applied = false;
		g_clear_pointer(&write->problem, g_free);
	}
}

/* One transaction, in which what is safe goes without savepoints at first. *ret_again if one of
 * those failed: which of them is to fail alone is found out with savepoints for all. */
static bool
try_batch(StoreWriter *writer, MailItem *batch, bool guard_all, bool *ret_again, GError **error)
{
	*ret_again = false;
	if (!database_execute(writer->database, "BEGIN IMMEDIATE", error))
		return false;
	for (MailItem *item = batch; item; item = item->next) {
		StoreWrite *write = (StoreWrite *)item;

		if (write->is_unguarded && !guard_all) {
			*ret_again = !apply_unguarded(writer, write);
			if (*ret_again)
				return false;
			continue;
		}
		apply_guarded(writer, write);
		if (sqlite3_get_autocommit(writer->database)) {
			g_set_error_literal(error, STORE_ERROR, STORE_ERROR_READ, write->problem);
			return false;
		}
	}
	return database_execute(writer->database, "COMMIT", error);
}

static void
close_connection(StoreWriter *writer)
{
	if (!writer->database)
		return;
	if (writer->hooks.forget)
		writer->hooks.forget(writer->hooks.data);
	database_close(writer->database);
	writer->database = NULL;
}

static bool
open_again(StoreWriter *writer, GError **error)
{
	writer->database = database_open_writer(writer->path, error);
	if (!writer->database)
		return false;
	if (!writer->hooks.prepare ||
	    writer->hooks.prepare(writer->hooks.data, writer->database, error))
		return true;
	close_connection(writer);
	return false;
}

/* Begins, applies, commits; false if nothing of it is on the disk. */
static bool
commit_batch(StoreWriter *writer, MailItem *batch, GError **error)
{
	bool again, committed;

	if (!writer->database && !open_again(writer, error))
		return false;
	committed = try_batch(writer, batch, false, &again, error);
	if (!again)
		return committed;
	forget_batch(writer, batch);
	return try_batch(writer, batch, true, &again, error);
}

static void
set_failure(StoreWriter *writer, const char *text)
{
	pthread_mutex_lock(&writer->mutex);
	g_free(writer->failure);
	writer->failure = g_strdup(text);
	pthread_mutex_unlock(&writer->mutex);
}

static void
run_batch(StoreWriter *writer, MailItem *batch)
{
	g_autoptr(GError) error = NULL;
	MailItem *next;
	bool committed = commit_batch(writer, batch, &error);

	if (!committed && writer->database) {
		sqlite3_exec(writer->database, "ROLLBACK", NULL, NULL, NULL);
		close_connection(writer);
	}
	set_failure(writer, committed ? NULL : error->message);
	for (MailItem *item = batch; item; item = next) {
		StoreWrite *write = (StoreWrite *)item;

		next = item->next;
		if (!committed && !write->problem)
			write->problem = g_strdup(error->message);
		mailbox_post(writer->answers, item);
	}
}

static void *
writer_thread(void *data)
{
	StoreWriter *writer = data;
	bool (*idle)(void *, sqlite3 *) = writer->hooks.idle;
	bool busy = idle != NULL, stopping = false;
	MailItem *batch;

	while ((batch = take_batch(writer, busy, &stopping)) || !stopping) {
		if (batch)
			run_batch(writer, batch);
		if (batch || !writer->database)
			busy = batch && idle;
		else
			busy = idle(writer->hooks.data, writer->database);
	}
	return NULL;
}

StoreWriter *
store_writer_new(
    const char *path, sqlite3 *database, Mailbox *answers, const StoreWriterHooks *hooks)
{
	StoreWriter *writer = g_new0(StoreWriter, 1);

	pthread_mutex_init(&writer->mutex, NULL);
	pthread_cond_init(&writer->changed, NULL);
	writer->answers = answers;
	writer->path = g_strdup(path);
	writer->database = database;
	if (hooks)
		writer->hooks = *hooks;
	if (pthread_create(&writer->thread, NULL, writer_thread, writer) != 0)
		g_error("the system gives no thread for the store");
	return writer;
}

void
store_writer_free(StoreWriter *writer)
{
	if (!writer)
		return;
	pthread_mutex_lock(&writer->mutex);
	writer->stopping = true;
	pthread_cond_signal(&writer->changed);
	pthread_mutex_unlock(&writer->mutex);
	pthread_join(writer->thread, NULL);
	close_connection(writer);
	pthread_cond_destroy(&writer->changed);
	pthread_mutex_destroy(&writer->mutex);
	g_free(writer->failure);
	g_free(writer->path);
	g_free(writer);
}

/* As many of them as there is room for; the rest. */
static MailItem *
queue_some(StoreWriter *writer, MailItem *item)
{
	pthread_mutex_lock(&writer->mutex);
	while (item && writer->waiting < STORE_QUEUE_MAX) {
		MailItem *next = item->next;

		item->next = NULL;
		if (writer->first)
			writer->last->next = item;
		else
			writer->first = item;
		writer->last = item;
		writer->waiting++;
		item = next;
	}
	pthread_cond_signal(&writer->changed);
	pthread_mutex_unlock(&writer->mutex);
	return item;
}

void
store_writer_add_all(StoreWriter *writer, StoreWrite *first)
{
	MailItem *next;

	for (MailItem *item = queue_some(writer, &first->job.item); item; item = next) {
		StoreWrite *write = (StoreWrite *)item;

		next = item->next;
		write->problem = g_strdup_printf(
		    "not stored: %u writes wait for the disk already", STORE_QUEUE_MAX);
		mailbox_post(writer->answers, item);
	}
}

void
store_writer_add(StoreWriter *writer, StoreWrite *write)
{
	write->job.item.next = NULL;
	store_writer_add_all(writer, write);
}

bool
store_writer_is_failing(StoreWriter *writer, char **ret_text)
{
	bool failing;

	pthread_mutex_lock(&writer->mutex);
	failing = writer->failure != NULL;
	if (failing && ret_text)
		*ret_text = g_strdup(writer->failure);
	pthread_mutex_unlock(&writer->mutex);
	return failing;
}

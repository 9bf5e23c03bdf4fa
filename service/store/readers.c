/* SPDX-License-Identifier: MIT */
#include "store/readers.h"

#include "store/store_database.h"

#include <pthread.h>

struct Readers {
	pthread_mutex_t mutex; /* guards the two below */
	sqlite3 *idle[READERS_KEPT];
	unsigned n_idle;
	char *path;
};

Readers *
readers_new(const char *path)
{
	Readers *readers = g_new0(Readers, 1);

	pthread_mutex_init(&readers->mutex, NULL);
	readers->path = g_strdup(path);
	return readers;
}

void
readers_free(Readers *readers)
{
	if (!readers)
		return;
	while (readers->n_idle > 0)
		database_close(readers->idle[--readers->n_idle]);
	pthread_mutex_destroy(&readers->mutex);
	g_free(readers->path);
	g_free(readers);
}

sqlite3 *
readers_borrow(Readers *readers, GError **error)
{
	sqlite3 *database = NULL;

	pthread_mutex_lock(&readers->mutex);
	if (readers->n_idle > 0)
		database = readers->idle[--readers->n_idle];
	pthread_mutex_unlock(&readers->mutex);
	return database ? database : database_open_reader(readers->path, error);
}

void
readers_return(Readers *readers, sqlite3 *database)
{
	bool kept;

	pthread_mutex_lock(&readers->mutex);
	kept = readers->n_idle < READERS_KEPT;
	if (kept)
		readers->idle[readers->n_idle++] = database;
	pthread_mutex_unlock(&readers->mutex);
	if (!kept)
		database_close(database);
}

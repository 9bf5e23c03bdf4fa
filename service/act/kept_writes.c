/* SPDX-License-Identifier: MIT */
#include "act/kept_writes.h"

#include "act/kept_return.h"
#include "proto/casemap.h"

/* An object with writes on their way. */
typedef struct KeptState {
	unsigned open;    /* writes not answered */
	unsigned written; /* how many there ever were: a read that saw fewer is too old */
	bool refused;     /* one of them, since memory and store were last the same */
	bool reading;
} KeptState;

/* Names an object; `place` is what the table knows it by: "channel #x". */
typedef struct KeptObject {
	const KeptKind *kind;
	char *key;
	char *place;
} KeptObject;

typedef struct KeptWrite {
	Records *records;
	void *wait; /* of records_writing() */
	KeptObject object;
} KeptWrite;

typedef struct KeptRead {
	Job job; /* first */
	Records *records;
	KeptObject object;
	unsigned written; /* when it began */
	bool done;
	void *row;
	GError *error;
} KeptRead;

static KeptObject
object_new(const KeptKind *kind, const char *key)
{
	return (KeptObject){kind, g_strdup(key), g_strconcat(kind->name, " ", key, NULL)};
}

static void
object_clear(KeptObject *object)
{
	g_free(object->key);
	g_free(object->place);
}

void *
kept_write_of(Ctx *ctx, const KeptKind *kind, const char *key)
{
	Records *records = ctx->records;
	KeptWrite *write = g_new0(KeptWrite, 1);
	KeptState *state;

	if (!records->kept)
		records->kept = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, g_free);
	write->records = records;
	write->wait = records_writing(records);
	write->object = object_new(kind, key);
	state = g_hash_table_lookup(records->kept, write->object.place);
	if (!state) {
		state = g_new0(KeptState, 1);
		g_hash_table_insert(records->kept, g_strdup(write->object.place), state);
	}
	state->open++;
	state->written++;
	return write;
}

bool
kept_is_settled(const Records *records, const KeptKind *kind, const char *key)
{
	KeptObject object = object_new(kind, key);
	bool is_open = records->kept && g_hash_table_contains(records->kept, object.place);

	object_clear(&object);
	return !is_open;
}

static void
read_run(Job *job)
{
	KeptRead *read = (KeptRead *)job;

	read->done = read->object.kind->read(
	    read->records->store, read->object.key, &read->row, &read->error);
}

static void read_if_quiet(Records *records, const KeptObject *object);

static void
read_free(KeptRead *read)
{
	if (read->row)
		read->object.kind->free_row(read->row);
	g_clear_error(&read->error);
	object_clear(&read->object);
	g_free(read);
}

static void
read_done(Job *job)
{
	KeptRead *read = (KeptRead *)job;
	Records *records = read->records;
	KeptState *state = g_hash_table_lookup(records->kept, read->object.place);

	state->reading = false;
	if (work_is_cancelled(job) || !records->returns) {
		/* The service ends, and with it what was not stored. */
	} else if (state->open > 0 || state->written != read->written) {
		read_if_quiet(records, &read->object);
	} else {
		/* What cannot be read either stays as it is; the next refusal tries again. */
		if (read->done)
			records->returns(
			    records->returns_data, read->object.kind, read->object.key, read->row);
		if (state->written == read->written)
			g_hash_table_remove(records->kept, read->object.place);
	}
	read_free(read);
}

static void
read_if_quiet(Records *records, const KeptObject *object)
{
	KeptState *state = g_hash_table_lookup(records->kept, object->place);
	KeptRead *read;

	if (state->open > 0 || state->reading)
		return;
	if (!state->refused || !records->returns) {
		g_hash_table_remove(records->kept, object->place);
		return;
	}
	read = g_new0(KeptRead, 1);
	read->job.run = read_run;
	read->job.done = read_done;
	read->records = records;
	read->object = object_new(object->kind, object->key);
	read->written = state->written;
	state->reading = true;
	if (work_submit(records->pool, WORK_FILES, &read->job, G_MAXUINT))
		return;
	state->reading = false;
	read_free(read);
}

void
kept_write_done(void *data, const StoreAnswer *answer)
{
	KeptWrite *write = data;
	Records *records = write->records;
	KeptState *state = g_hash_table_lookup(records->kept, write->object.place);

	state->open--;
	state->refused |= !answer->done;
	/* Who made the change hears first that it was not stored. */
	records_written(write->wait, answer);
	read_if_quiet(records, &write->object);
	object_clear(&write->object);
	g_free(write);
}

/* ---- Registered channels ---- */

static bool
read_channel(Store *store, const char *key, void **ret_row, GError **error)
{
	g_autoptr(GPtrArray) rows = store_read_channels(store, error);

	if (!rows)
		return false;
	for (guint i = 0; i < rows->len; i++) {
		const StoreChannel *row = rows->pdata[i];

		if (casemap_equal(row->name, key)) {
			*ret_row = store_channel_copy(row);
			break;
		}
	}
	return true;
}

static void
give_back_channel(Ctx *ctx, const char *key, const void *row)
{
	kept_channel_return(ctx, key, row);
}

static const KeptKind channel_kind = {
    "channel", read_channel, (GDestroyNotify)store_channel_free, give_back_channel};

void *
kept_write_of_channel(Ctx *ctx, const char *name)
{
	return kept_write_of(ctx, &channel_kind, name);
}

void *
kept_write(Ctx *ctx, const Channel *channel)
{
	return kept_write_of_channel(ctx, channel->name);
}

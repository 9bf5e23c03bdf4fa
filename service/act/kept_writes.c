/* SPDX-License-Identifier: MIT */
#include "act/kept_writes.h"

#include "act/kept_return.h"
#include "proto/casemap.h"

/* A channel with writes on their way. */
typedef struct KeptState {
	unsigned open;    /* writes not answered */
	unsigned written; /* how many there ever were: a read that saw fewer is too old */
	bool refused;     /* one of them, since memory and store were last the same */
	bool reading;
} KeptState;

typedef struct KeptWrite {
	Records *records;
	void *wait; /* of records_writing() */
	char *name;
} KeptWrite;

typedef struct KeptRead {
	Job job; /* first */
	Records *records;
	char *name;
	unsigned written; /* when it began */
	GPtrArray *rows;
	GError *error;
} KeptRead;

void *
kept_write(Ctx *ctx, const Channel *channel)
{
	Records *records = ctx->records;
	KeptWrite *write = g_new0(KeptWrite, 1);
	KeptState *state;

	if (!records->kept)
		records->kept = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, g_free);
	write->records = records;
	write->wait = records_writing(records);
	write->name = g_strdup(channel->name);
	state = g_hash_table_lookup(records->kept, write->name);
	if (!state) {
		state = g_new0(KeptState, 1);
		g_hash_table_insert(records->kept, g_strdup(write->name), state);
	}
	state->open++;
	state->written++;
	return write;
}

static void
read_run(Job *job)
{
	KeptRead *read = (KeptRead *)job;

	read->rows = store_read_channels(read->records->store, &read->error);
}

static const StoreChannel *
find_row(const GPtrArray *rows, const char *name)
{
	for (guint i = 0; i < rows->len; i++) {
		const StoreChannel *row = rows->pdata[i];

		if (casemap_equal(row->name, name))
			return row;
	}
	return NULL;
}

static void read_if_quiet(Records *records, const char *name);

static void
read_done(Job *job)
{
	KeptRead *read = (KeptRead *)job;
	Records *records = read->records;
	KeptState *state = g_hash_table_lookup(records->kept, read->name);

	state->reading = false;
	if (work_is_cancelled(job) || !records->returns) {
		/* The service ends, and with it what was not stored. */
	} else if (state->open > 0 || state->written != read->written) {
		read_if_quiet(records, read->name);
	} else {
		/* What cannot be read either stays as it is; the next refusal tries again. */
		if (read->rows)
			records->returns(
			    records->returns_data, read->name, find_row(read->rows, read->name));
		if (state->written == read->written)
			g_hash_table_remove(records->kept, read->name);
	}
	if (read->rows)
		g_ptr_array_unref(read->rows);
	g_clear_error(&read->error);
	g_free(read->name);
	g_free(read);
}

static void
read_if_quiet(Records *records, const char *name)
{
	KeptState *state = g_hash_table_lookup(records->kept, name);
	KeptRead *read;

	if (state->open > 0 || state->reading)
		return;
	if (!state->refused || !records->returns) {
		g_hash_table_remove(records->kept, name);
		return;
	}
	read = g_new0(KeptRead, 1);
	read->job.run = read_run;
	read->job.done = read_done;
	read->records = records;
	read->name = g_strdup(name);
	read->written = state->written;
	state->reading = true;
	if (work_submit(records->pool, &read->job, G_MAXUINT))
		return;
	state->reading = false;
	g_free(read->name);
	g_free(read);
}

void
kept_write_done(void *data, const StoreAnswer *answer)
{
	KeptWrite *write = data;
	Records *records = write->records;
	KeptState *state = g_hash_table_lookup(records->kept, write->name);

	state->open--;
	state->refused |= !answer->done;
	/* Who made the change hears first that it was not stored. */
	records_written(write->wait, answer);
	read_if_quiet(records, write->name);
	g_free(write->name);
	g_free(write);
}

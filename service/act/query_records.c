/* SPDX-License-Identifier: MIT */
#include "act/query_records.h"

static const char no_records[] = "this service runs without a database: nothing is recorded";

typedef enum ReadKind {
	READ_AUDIT,
	READ_CHANGES,
	READ_PENDING,
	READ_CHANGE,
} ReadKind;

/* One read on its way. */
typedef struct ReadJob {
	Job job; /* first */
	Store *store;
	ReadKind kind;
	int64_t number; /* `before` or the id */
	unsigned limit;
	RecordsAnswer answer;
	GError *error;
	RecordsDone done;
	void *data;
} ReadJob;

/* Pool thread. */
static void
run_read(Job *job)
{
	ReadJob *read = (ReadJob *)job;
	RecordsAnswer *answer = &read->answer;

	switch (read->kind) {
	case READ_AUDIT:
		answer->rows = store_read_audit(
		    read->store, read->number, read->limit, &answer->total, &read->error);
		break;
	case READ_CHANGES:
		answer->rows = store_read_config_changes(
		    read->store, read->number, read->limit, &answer->total, &read->error);
		break;
	case READ_PENDING:
		answer->rows = store_read_pending_changes(read->store, &read->error);
		break;
	case READ_CHANGE:
		if (!store_read_config_change(
			read->store, read->number, &answer->change, &answer->later, &read->error))
			g_assert(read->error);
		break;
	}
}

static void
finish_read(Job *job)
{
	ReadJob *read = (ReadJob *)job;
	RecordsAnswer *answer = &read->answer;

	if (work_is_cancelled(job))
		answer->problem = "the service is stopping";
	else if (read->error)
		answer->problem = read->error->message;
	read->done(read->data, answer);
	if (answer->rows)
		g_ptr_array_unref(answer->rows);
	store_config_change_free(answer->change);
	g_clear_error(&read->error);
	g_free(read);
}

static void
start_read(
    Records *records, ReadKind kind, int64_t number, unsigned limit, RecordsDone done, void *data)
{
	RecordsAnswer problem = {.problem = no_records};
	ReadJob *read;

	if (!records) {
		done(data, &problem);
		return;
	}
	read = g_new0(ReadJob, 1);
	read->job.run = run_read;
	read->job.done = finish_read;
	read->store = records->store;
	read->kind = kind;
	read->number = number;
	read->limit = limit;
	read->done = done;
	read->data = data;
	if (work_submit(records->pool, WORK_FILES, &read->job, RECORDS_JOBS_MAX))
		return;
	read->answer.problem = "too many reads wait for the database: try again";
	work_defer(records->pool, &read->job);
}

void
records_read_audit(Records *records, int64_t before, unsigned limit, RecordsDone done, void *data)
{
	start_read(records, READ_AUDIT, before, limit, done, data);
}

void
records_read_changes(Records *records, int64_t before, unsigned limit, RecordsDone done, void *data)
{
	start_read(records, READ_CHANGES, before, limit, done, data);
}

void
records_read_pending(Records *records, RecordsDone done, void *data)
{
	start_read(records, READ_PENDING, 0, 0, done, data);
}

void
records_read_change(Records *records, int64_t id, RecordsDone done, void *data)
{
	start_read(records, READ_CHANGE, id, 0, done, data);
}

static void
answer_without_store(StoreDone done, void *data)
{
	StoreAnswer answer = {.text = no_records};

	if (done)
		done(data, &answer);
}

void
records_add_audit(Records *records, const StoreAudit *audit, StoreDone done, void *data)
{
	if (records)
		store_add_audit(records->store, audit, done, data);
	else
		answer_without_store(done, data);
}

void
records_add_change(Records *records, const StoreConfigChange *change, StoreDone done, void *data)
{
	if (records)
		store_add_config_change(records->store, change, done, data);
	else
		answer_without_store(done, data);
}

void
records_set_change_state(
    Records *records, int64_t id, StoreChangeState state, StoreDone done, void *data)
{
	if (records)
		store_set_config_change_state(records->store, id, state, done, data);
	else
		answer_without_store(done, data);
}

/* SPDX-License-Identifier: MIT */
#include "act/records.h"

struct RecordsWait {
	unsigned open;  /* writes not answered */
	bool collected; /* no more are coming */
	char *problem;
	RecordsStored stored;
	void *data;
};

static void
wait_free(RecordsWait *wait)
{
	g_free(wait->problem);
	g_free(wait);
}

void
records_clear(Records *records)
{
	g_clear_pointer(&records->kept, g_hash_table_unref);
	g_clear_pointer(&records->leaving, g_hash_table_unref);
	g_clear_pointer(&records->renaming, g_hash_table_unref);
}

void
records_collect(Records *records)
{
	g_assert(!records->collecting);
	records->collecting = true;
	records->speaker = NULL;
	records->acknowledges = false;
}

void
records_acknowledge(Records *records, const Session *speaker)
{
	if (records->collecting && records->history)
		records->speaker = speaker;
}

void *
records_acknowledging(Records *records, const Session *origin)
{
	if (!records->collecting || !origin || records->speaker != origin)
		return NULL;
	records->acknowledges = true;
	return records_writing(records);
}

bool
records_has_writes(const Records *records)
{
	return records->wait != NULL;
}

bool
records_wait(Records *records, RecordsStored stored, void *data)
{
	RecordsWait *wait = g_steal_pointer(&records->wait);

	records->collecting = false;
	records->speaker = NULL;
	if (!wait)
		return false;
	wait->collected = true;
	wait->stored = stored;
	wait->data = data;
	return true;
}

void *
records_writing(Records *records)
{
	if (records->collecting && !records->wait)
		records->wait = g_new0(RecordsWait, 1);
	if (records->wait)
		records->wait->open++;
	return records->wait;
}

void
records_written(void *data, const StoreAnswer *answer)
{
	RecordsWait *wait = data;

	if (!wait)
		return;
	if (!answer->done && !wait->problem)
		wait->problem = g_strdup(answer->text);
	if (--wait->open > 0 || !wait->collected)
		return;
	wait->stored(wait->data, wait->problem);
	wait_free(wait);
}

/* SPDX-License-Identifier: MIT */
#include "domain/client_batch.h"

#include "domain/session.h"

#include <string.h>

ClientBatch *
client_batch_open(Session *session, const char *reference, Multiline *multiline, Timers *timers)
{
	ClientBatch *batch = g_new0(ClientBatch, 1);

	client_batch_close(session);
	batch->reference = g_strdup(reference);
	batch->multiline = multiline;
	batch->timers = timers;
	batch->session = session;
	session->batch = batch;
	return batch;
}

void
client_batch_refuse(ClientBatch *batch)
{
	g_clear_pointer(&batch->multiline, multiline_free);
	g_clear_pointer(&batch->label, g_free);
	g_clear_pointer(&batch->client_tags, g_free);
	timers_cancel(batch->timers, &batch->deadline);
}

void
client_batch_close(Session *session)
{
	ClientBatch *batch = session->batch;

	if (!batch)
		return;
	session->batch = NULL;
	client_batch_refuse(batch);
	g_free(batch->reference);
	g_free(batch);
}

bool
client_batch_reference_is_valid(const char *reference)
{
	size_t length = strlen(reference);

	if (length == 0 || length > CLIENT_BATCH_REFERENCE_MAX)
		return false;
	for (; *reference; reference++)
		if (!g_ascii_isalnum(*reference) && *reference != '-')
			return false;
	return true;
}

/* SPDX-License-Identifier: MIT */
#include "act/erasure.h"

#include "act/party.h"
#include "domain/accounts.h"
#include "domain/community.h"
#include "proto/casemap.h"
#include "store/store_erasure.h"

#define RETRY (60 * CLOCK_SECOND) /* after the disk refused a slice */

struct Erasures {
	ErasureSetup setup;
	GArray *waiting;    /* of int64_t: ids, the first is being worked on */
	GHashTable *owners; /* HistoryOwner by name, while rows of an older file are given theirs */
	int64_t owners_after;
	bool busy; /* a slice is on its way */
	bool failing;
	Timer retry;
};

static void go_on(Erasures *erasures);

static void
retry_due(Timer *timer, void *data)
{
	go_on(data);
}

static void
tell_failure(Erasures *erasures, const StoreAnswer *answer)
{
	const LogField fields[] = {{"problem", answer->text}, {NULL, NULL}};

	if (!answer->done && !erasures->failing)
		log_event(erasures->setup.log, LOG_LEVEL_ERROR, "store", "ERASURE_NOT_STORED",
		    fields, "What an erased account said is still stored, this is tried again: %s",
		    answer->text);
	erasures->failing = !answer->done;
}

static void
tell_end(const Erasures *erasures, int64_t account)
{
	g_autofree char *name = store_erased_name(account);
	const LogField fields[] = {{"account", name}, {NULL, NULL}};

	log_event(erasures->setup.log, LOG_LEVEL_INFO, "store", "ERASURE_DONE", fields,
	    "All that %s said is erased", name);
}

/* Nothing more was found of the first one. */
static void
end_first(Erasures *erasures)
{
	int64_t account = g_array_index(erasures->waiting, int64_t, 0);

	g_array_remove_index(erasures->waiting, 0);
	store_end_erasure(erasures->setup.records->store, account, NULL, NULL);
	tell_end(erasures, account);
}

static void
slice_done(void *data, const StoreAnswer *answer)
{
	Erasures *erasures = data;

	erasures->busy = false;
	/* An answer that comes after the end of the service begins nothing new. */
	if (!erasures->setup.records->history)
		return;
	tell_failure(erasures, answer);
	if (!answer->done) {
		timers_set(erasures->setup.timers, &erasures->retry,
		    clock_monotonic(erasures->setup.clock) + RETRY, retry_due, erasures);
		return;
	}
	if (erasures->owners) {
		erasures->owners_after = answer->id;
		if (answer->id == 0)
			g_clear_pointer(&erasures->owners, g_hash_table_unref);
	} else if (answer->id == 0) {
		end_first(erasures);
	}
	go_on(erasures);
}

static void
go_on(Erasures *erasures)
{
	History *history = erasures->setup.records->history;
	g_autofree char *party = NULL;
	int64_t account;

	if (erasures->busy || !history || (!erasures->owners && erasures->waiting->len == 0))
		return;
	erasures->busy = true;
	if (erasures->owners) {
		history_find_owners(
		    history, erasures->owners, erasures->owners_after, slice_done, erasures);
	} else {
		account = g_array_index(erasures->waiting, int64_t, 0);
		party = party_of_id(account);
		history_forget_account(history, account, party, slice_done, erasures);
	}
	history_submit(history);
}

void
erasures_add(Erasures *erasures, int64_t account)
{
	g_array_append_val(erasures->waiting, account);
	go_on(erasures);
}

Erasures *
erasures_new(const ErasureSetup *setup)
{
	Erasures *erasures = g_new0(Erasures, 1);

	erasures->setup = *setup;
	erasures->waiting = g_array_new(FALSE, FALSE, sizeof(int64_t));
	return erasures;
}

void
erasures_free(Erasures *erasures)
{
	if (!erasures)
		return;
	timers_cancel(erasures->setup.timers, &erasures->retry);
	g_array_unref(erasures->waiting);
	if (erasures->owners)
		g_hash_table_unref(erasures->owners);
	g_free(erasures);
}

/* Today's accounts by their names, each since it was registered. */
static GHashTable *
collect_owners(const Community *community)
{
	GHashTable *owners = g_hash_table_new_full(casemap_hash, casemap_equal, g_free, g_free);
	uint32_t cursor = 0;
	const Account *account;

	while ((account = accounts_next(community->accounts, &cursor))) {
		HistoryOwner *owner = g_new(HistoryOwner, 1);

		*owner = (HistoryOwner){account->id, account->registered_at};
		g_hash_table_insert(owners, g_strdup(account->name), owner);
	}
	return owners;
}

bool
erasures_resume(Erasures *erasures, GError **error)
{
	Records *records = erasures->setup.records;
	g_autoptr(GArray) unfinished = store_read_erasures(records->store, error);

	if (!unfinished)
		return false;
	g_array_append_vals(erasures->waiting, unfinished->data, unfinished->len);
	if (records->history && history_lacks_owners(records->history))
		erasures->owners = collect_owners(erasures->setup.community);
	go_on(erasures);
	return true;
}

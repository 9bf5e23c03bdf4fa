/* SPDX-License-Identifier: MIT */
/* What is stored: opened and loaded at the start, taken back where it refuses, and the erasures it
 * still has to do. */
#include "server_private.h"

#include "act/kept_accounts.h"
#include "act/kept_channels.h"
#include "act/kept_operator_codes.h"
#include "act/kept_rename.h"
#include "act/kept_whowas.h"
#include "act/kept_writes.h"
#include "store/store_accounts.h"
#include "store/store_operator_codes.h"
#include "store/store_whowas.h"

#include <errno.h>

#define DATABASE_NAME "chatd.db"
#define HISTORY_NAME "history.db"

/* The store refused a change of that object: everybody goes back to what is stored. */
static void
return_kept(void *data, const KeptKind *kind, const char *key, const void *row)
{
	Server *server = data;
	const LogField fields[] = {{kind->name, key}, {NULL, NULL}};
	Ctx ctx = server_ctx(server);

	log_event(server->options.log, LOG_LEVEL_ERROR, "store", "CHANGE_NOT_STORED", fields,
	    "A change of %s %s could not be stored and is taken back", kind->name, key);
	kind->give_back(&ctx, key, row);
}

static bool
open_history(Server *server, GError **error)
{
	g_autofree char *path = g_build_filename(server->state_dir, HISTORY_NAME, NULL);

	if (!server->settings->history->enabled)
		return true;
	server->history = history_open(path, server->answers, error);
	server->records.history = server->history;
	return server->history != NULL;
}

bool
server_open_store(Server *server, GError **error)
{
	if (!server->state_dir)
		return true;
	if (g_mkdir_with_parents(server->state_dir, 0700) != 0) {
		g_set_error(error, SERVER_ERROR, SERVER_ERROR_START, "state directory %s: %s",
		    server->state_dir, g_strerror(errno));
		return false;
	}
	server->database_path = g_build_filename(server->state_dir, DATABASE_NAME, NULL);
	server->store = store_open(server->database_path, server->answers, error);
	server->records = (Records){.store = server->store,
	    .pool = server->pool,
	    .returns = return_kept,
	    .returns_data = server};
	return server->store && open_history(server, error);
}

static bool
go_on_erasing(Server *server, GError **error)
{
	const ErasureSetup setup = {
	    .records = &server->records,
	    .community = server->community,
	    .clock = server->options.clock,
	    .timers = server->timers,
	    .log = server->options.log,
	};

	server->erasures = erasures_new(&setup);
	server->records.erasures = server->erasures;
	return erasures_resume(server->erasures, error);
}

bool
server_load_store(Server *server, int64_t now, GError **error)
{
	g_autoptr(GPtrArray) accounts = NULL;
	g_autoptr(GPtrArray) kept = NULL;
	g_autoptr(GPtrArray) departed = NULL;
	g_autoptr(GPtrArray) codes = NULL;
	unsigned left_out;

	accounts = store_read_accounts(server->store, 0, error);
	if (!accounts)
		return false;
	left_out = kept_accounts_load(server->community, accounts);
	if (left_out > 0)
		log_event(server->options.log, LOG_LEVEL_ERROR, "store", "ACCOUNTS_LEFT_OUT", NULL,
		    "%u accounts have names that are the same as others' under this casemapping; "
		    "nobody can log in to them",
		    left_out);
	kept = store_read_channels(server->store, error);
	if (!kept)
		return false;
	kept_channels_load(server->community, kept, now);
	departed =
	    store_read_whowas(server->store, server->settings->limits->whowas_entries, error);
	if (!departed)
		return false;
	kept_whowas_load(server->community, departed);
	codes = store_read_operator_codes(server->store, error);
	if (!codes)
		return false;
	kept_operator_codes_load(server->community, codes);
	return kept_renames_resume(
		   &server->records, server->community, now, server->options.log, error) &&
	       go_on_erasing(server, error);
}

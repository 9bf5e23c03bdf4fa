/* SPDX-License-Identifier: MIT */
#include "store/history_write.h"

#include "base/clock.h"
#include "base/message_id.h"
#include "proto/casemap.h"

#include <inttypes.h>
#include <string.h>

void
history_place_word(int64_t target, char word[static HISTORY_TOKEN_SIZE])
{
	g_snprintf(word, HISTORY_TOKEN_SIZE, "t%" PRId64, target);
}

static void
append_who(GString *words, char kind, const char *name, size_t length)
{
	static const char digits[] = "0123456789abcdef";

	g_string_append_c(words, kind);
	for (size_t i = 0; i < length; i++) {
		unsigned char character = (unsigned char)casemap_fold(name[i]);

		g_string_append_c(words, digits[character >> 4]);
		g_string_append_c(words, digits[character & 15]);
	}
}

char *
history_who_word(char kind, const char *name)
{
	GString *word = g_string_new(NULL);

	append_who(word, kind, name, strlen(name));
	return g_string_free(word, FALSE);
}

char *
history_who_words(const char *source, const char *account)
{
	GString *words = g_string_new(NULL);

	append_who(words, 'n', source, strcspn(source, "!"));
	if (account) {
		g_string_append_c(words, ' ');
		append_who(words, 'a', account, strlen(account));
	}
	return g_string_free(words, FALSE);
}

static bool
write_text(HistoryWriting *writing, sqlite3 *database, HistoryStatement which, int64_t id,
    int64_t target, const char *source, const char *account, const char *text, GError **error)
{
	sqlite3_stmt *statement = history_statement(&writing->statements, database, which, error);
	g_autofree char *who = history_who_words(source, account);
	char place[HISTORY_TOKEN_SIZE];

	if (!statement)
		return false;
	history_place_word(target, place);
	sqlite3_bind_int64(statement, 1, id);
	statement_bind_text(statement, 2, place);
	statement_bind_text(statement, 3, who);
	statement_bind_text(statement, 4, text);
	return history_statement_run(database, statement, error);
}

bool
history_put_text(HistoryWriting *writing, sqlite3 *database, int64_t id, int64_t target,
    const char *source, const char *account, const char *text, GError **error)
{
	return write_text(
	    writing, database, STATEMENT_ADD_TEXT, id, target, source, account, text, error);
}

bool
history_drop_text(HistoryWriting *writing, sqlite3 *database, int64_t id, int64_t target,
    const char *source, const char *account, const char *text, GError **error)
{
	return write_text(
	    writing, database, STATEMENT_DROP_TEXT, id, target, source, account, text, error);
}

/* The two sides of a direct message in the order in which they are stored. */
typedef struct Sides {
	const char *first, *second;
	const char *first_name, *second_name;
} Sides;

static Sides
sides_of(const HistoryRow *row, char **ret_folded)
{
	if (row->channel) {
		*ret_folded = store_fold(row->channel);
		return (Sides){*ret_folded, "", row->channel, ""};
	}
	if (strcmp(row->sender, row->receiver) <= 0)
		return (Sides){row->sender, row->receiver, row->sender_name, row->receiver_name};
	return (Sides){row->receiver, row->sender, row->receiver_name, row->sender_name};
}

/* False with `error`; *ret_id 0 if there is none yet. */
static bool
find_target(
    HistoryWriting *writing, sqlite3 *database, const Sides *sides, int64_t *ret_id, GError **error)
{
	sqlite3_stmt *statement =
	    history_statement(&writing->statements, database, STATEMENT_FIND_TARGET, error);
	int code;

	*ret_id = 0;
	if (!statement)
		return false;
	statement_bind_text(statement, 1, sides->first);
	statement_bind_text(statement, 2, sides->second);
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret_id = sqlite3_column_int64(statement, 0);
	else if (code != SQLITE_DONE)
		database_set_error(database, code, "not stored", error);
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return code == SQLITE_ROW || code == SQLITE_DONE;
}

static bool
add_target(
    HistoryWriting *writing, sqlite3 *database, const Sides *sides, int64_t newest, GError **error)
{
	sqlite3_stmt *statement =
	    history_statement(&writing->statements, database, STATEMENT_ADD_TARGET, error);

	if (!statement)
		return false;
	statement_bind_text(statement, 1, sides->first);
	statement_bind_text(statement, 2, sides->second);
	statement_bind_text(statement, 3, sides->first_name);
	statement_bind_text(statement, 4, sides->second_name);
	sqlite3_bind_int64(statement, 5, newest);
	return history_statement_run(database, statement, error);
}

static bool
raise_target(HistoryWriting *writing, sqlite3 *database, int64_t id, const Sides *sides,
    int64_t newest, GError **error)
{
	sqlite3_stmt *statement =
	    history_statement(&writing->statements, database, STATEMENT_RAISE_TARGET, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, id);
	statement_bind_text(statement, 2, sides->first_name);
	statement_bind_text(statement, 3, sides->second_name);
	sqlite3_bind_int64(statement, 4, newest);
	return history_statement_run(database, statement, error);
}

/* The target's id, or 0 with `error`. */
static int64_t
put_target(
    HistoryWriting *writing, sqlite3 *database, const HistoryRow *row, int64_t time, GError **error)
{
	g_autofree char *folded = NULL;
	Sides sides = sides_of(row, &folded);
	int64_t newest = row->said == HISTORY_SAID ? time : 0, id;

	if (!find_target(writing, database, &sides, &id, error))
		return 0;
	if (id != 0)
		return raise_target(writing, database, id, &sides, newest, error) ? id : 0;
	return add_target(writing, database, &sides, newest, error)
		   ? sqlite3_last_insert_rowid(database)
		   : 0;
}

/* The first has a column: most rows have no other. */
static int64_t
first_subject(const HistoryRow *row)
{
	return row->subjects ? g_ascii_strtoll(row->subjects, NULL, 10) : 0;
}

static bool
add_subjects(HistoryWriting *writing, sqlite3 *database, const HistoryRow *row, int64_t message,
    GError **error)
{
	const char *at = row->subjects ? strchr(row->subjects, ' ') : NULL;

	for (; at; at = strchr(at + 1, ' ')) {
		sqlite3_stmt *statement =
		    history_statement(&writing->statements, database, STATEMENT_ADD_SUBJECT, error);

		if (!statement)
			return false;
		sqlite3_bind_int64(statement, 1, message);
		sqlite3_bind_int64(statement, 2, g_ascii_strtoll(at, NULL, 10));
		if (!history_statement_run(database, statement, error))
			return false;
	}
	return true;
}

static bool
add_message(HistoryWriting *writing, sqlite3 *database, const HistoryRow *row, int64_t target,
    int64_t time, GError **error)
{
	sqlite3_stmt *statement =
	    history_statement(&writing->statements, database, STATEMENT_ADD_MESSAGE, error);

	if (!statement)
		return false;
	sqlite3_bind_int64(statement, 1, target);
	sqlite3_bind_int(statement, 2, row->said);
	sqlite3_bind_int64(statement, 3, time);
	sqlite3_bind_int64(statement, 4, message_id_key(row->msgid));
	statement_bind_text(statement, 5, row->msgid);
	statement_bind_text(statement, 6, row->kind);
	statement_bind_text(statement, 7, row->verb);
	statement_bind_text(statement, 8, row->source);
	statement_bind_text(statement, 9, row->account);
	statement_bind_text(statement, 10, row->printed);
	statement_bind_text(statement, 11, row->whom);
	statement_bind_text(statement, 12, row->real_name);
	statement_bind_text(statement, 13, row->text);
	statement_bind_text(statement, 14, row->tags);
	sqlite3_bind_int64(statement, 15, row->marks);
	sqlite3_bind_int64(statement, 16, row->owner);
	sqlite3_bind_int64(statement, 17, first_subject(row));
	statement_bind_text(statement, 18, row->relayed_by);
	return history_statement_run(database, statement, error);
}

bool
history_apply_add(StoreWrite *write, sqlite3 *database, GError **error)
{
	const HistoryAdd *add = write->row;
	const HistoryRow *row = add->row;
	int64_t time = row->time - row->time % CLOCK_MILLISECOND;
	int64_t target = put_target(add->writing, database, row, time, error);

	if (target == 0 || !add_message(add->writing, database, row, target, time, error))
		return false;
	write->id = sqlite3_last_insert_rowid(database);
	if (!add_subjects(add->writing, database, row, write->id, error))
		return false;
	if (add->writing->total >= 0)
		add->writing->total++;
	if (row->said != HISTORY_SAID || !row->text)
		return true;
	return write_text(add->writing, database, STATEMENT_ADD_TEXT, write->id, target,
	    row->source, row->account, row->text, error);
}

void
history_add_free(HistoryAdd *add)
{
	if (!add)
		return;
	g_free(add->row);
	g_free(add);
}

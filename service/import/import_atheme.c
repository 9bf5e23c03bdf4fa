/* SPDX-License-Identifier: MIT */
/* Atheme's flat file: a record per line, its kind first, values separated by spaces. */
#include "import/import_format.h"

#include <string.h>

#define WORDS_MAX 9u
/* Bits of a channel's locked modes that are the same everywhere. */
#define LOCK_INVITE 0x001u
#define LOCK_MODERATED 0x008u
#define LOCK_NO_EXTERNAL 0x010u
#define LOCK_PRIVATE 0x040u
#define LOCK_SECRET 0x080u
#define LOCK_TOPIC 0x100u

/* One line cut at its first spaces; the last word is what is left. */
typedef struct Record {
	char *line;
	char *words[WORDS_MAX];
	unsigned n_words;
} Record;

static void
record_read(Record *record, const char *line, size_t length)
{
	char *rest;

	*record = (Record){.line = import_utf8(line, length)};
	rest = record->line;
	while (rest && record->n_words < WORDS_MAX) {
		char *space = record->n_words + 1 < WORDS_MAX ? strchr(rest, ' ') : NULL;

		record->words[record->n_words++] = rest;
		if (space)
			*space++ = '\0';
		rest = space;
	}
}

/* The words from `first` on as they stood in the line. Caller frees. */
static char *
words_from(const Record *record, unsigned first)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = first; i < record->n_words; i++)
		g_string_append_printf(text, "%s%s", i > first ? " " : "", record->words[i]);
	return g_string_free(text, FALSE);
}

/* MU <id> <name> <password> <e-mail> <registered> <last login> <flags> <language> */
static void
read_user(Import *import, const Record *record)
{
	StoreAccount *account = import_account(import, record->words[2]);

	if (!account)
		return;
	import_secret(import, account, record->words[3]);
	import_email(import, account, record->words[4]);
	account->registered_at = import_seconds(record->words[5]);
	account->used_at = import_seconds(record->words[6]);
	if (record->n_words > 7 && strchr(record->words[7], 'W'))
		account->verified = false;
}

/* MN <account> <nick> <registered> <last seen> */
static void
read_nick(Import *import, const Record *record)
{
	StoreAccount *account = import_find(import, record->words[1]);

	if (account)
		import_nick(import, account, record->words[2], import_seconds(record->words[3]));
}

/* MCFP <account> <fingerprint> */
static void
read_certificate(Import *import, const Record *record)
{
	StoreAccount *account = import_find(import, record->words[1]);

	if (account)
		import_certificate(import, account, record->words[2]);
}

/* MDU <account> <key> <value> */
static void
read_user_data(Import *import, const Record *record)
{
	StoreAccount *account = import_find(import, record->words[1]);
	g_autofree char *value = NULL;

	if (!account)
		return;
	value = words_from(record, 3);
	if (strcmp(record->words[2], "private:freeze:reason") == 0)
		import_suspend(account, "import", value, 0, 0);
	else if (strcmp(record->words[2], "private:usercloak") == 0)
		import_vhost(import, account, value, "on", 0);
}

/* MC <name> <registered> <used> <flags> <lock on> <lock off> <lock limit> [<lock key>] */
static void
read_channel(Import *import, const Record *record)
{
	static const struct {
		unsigned bit;
		const char *letter;
	} locks[] = {
	    {LOCK_INVITE, "i"},
	    {LOCK_MODERATED, "m"},
	    {LOCK_NO_EXTERNAL, "n"},
	    {LOCK_PRIVATE, "p"},
	    {LOCK_SECRET, "s"},
	    {LOCK_TOPIC, "t"},
	};
	StoreChannel *channel = import_channel(import, record->words[1]);
	guint64 on = 0;
	guint64 off = 0;
	guint64 limit = 0;

	if (!channel)
		return;
	channel->created = channel->registered_at = import_seconds(record->words[2]);
	g_ascii_string_to_unsigned(record->words[5], 10, 0, G_MAXUINT32, &on, NULL);
	g_ascii_string_to_unsigned(record->words[6], 10, 0, G_MAXUINT32, &off, NULL);
	if (g_ascii_string_to_unsigned(record->words[7], 10, 0, G_MAXINT32, &limit, NULL))
		channel->limit = (uint32_t)limit;
	/* What is neither locked on nor off is as new channels have it. */
	for (unsigned i = 0; i < G_N_ELEMENTS(locks); i++)
		if ((on & locks[i].bit) ||
		    (!(off & locks[i].bit) && strchr("nt", *locks[i].letter)))
			import_modes(import, channel, locks[i].letter);
	if (record->n_words > 8 && *record->words[8])
		import_key(import, channel, record->words[8]);
}

/* MDC <channel> <key> <value> */
static void
read_channel_data(Import *import, const Record *record)
{
	StoreChannel *channel = import_channel(import, record->words[1]);
	g_autofree char *value = words_from(record, 3);

	if (!channel)
		return;
	if (strcmp(record->words[2], "private:topic:text") == 0)
		import_topic(channel, value, NULL, 0);
	else if (strcmp(record->words[2], "private:topic:setter") == 0)
		import_topic(channel, NULL, value, 0);
	else if (strcmp(record->words[2], "private:topic:ts") == 0)
		import_topic(channel, NULL, NULL, import_seconds(value));
	else if (strcmp(record->words[2], "private:entrymsg") == 0)
		import_setting(channel, "entrymsg", value);
	else if (strcmp(record->words[2], "description") == 0)
		import_setting(channel, "description", value);
}

/* CA <channel> <account> <flags> <modified> [<setter>]; F: founder */
static void
read_access(Import *import, const Record *record)
{
	StoreChannel *channel = import_channel(import, record->words[1]);

	if (!channel)
		return;
	if (strchr(record->words[3], 'F') && !*channel->registered_by)
		import_founder(channel, record->words[2]);
	else if (strcmp(record->words[3], "+b") == 0)
		import_ban(import, channel, record->words[2],
		    record->n_words > 5 ? record->words[5] : "", "",
		    record->n_words > 4 ? import_seconds(record->words[4]) : 0);
	else
		import_access(import, channel, record->words[2], record->words[3]);
}

/* ME <account> <from> <sent> <status> <text> */
static void
read_memo(Import *import, const Record *record)
{
	import_note(
	    import, "memo of %s to %s: there are none here", record->words[2], record->words[1]);
}

static const struct {
	const char *kind;
	unsigned least_words;
	void (*read)(Import *import, const Record *record);
} kinds[] = {
    {"MU", 7, read_user},
    {"MN", 4, read_nick},
    {"MCFP", 3, read_certificate},
    {"MDU", 4, read_user_data},
    {"MC", 8, read_channel},
    {"MDC", 4, read_channel_data},
    {"CA", 4, read_access},
    {"ME", 3, read_memo},
};

static bool
read_record(Import *import, const Record *record, unsigned number, GError **error)
{
	for (unsigned i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (strcmp(kinds[i].kind, record->words[0]) != 0)
			continue;
		if (record->n_words < kinds[i].least_words) {
			g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX,
			    "line %u: %s has %u words, needs %u", number, kinds[i].kind,
			    record->n_words, kinds[i].least_words);
			return false;
		}
		kinds[i].read(import, record);
	}
	return import_has_room(import, error);
}

bool
import_atheme(Import *import, const char *text, size_t length, GError **error)
{
	const char *line;
	size_t line_length;
	unsigned number = 0;
	bool versioned = false;

	while (import_next_line(&text, &length, &line, &line_length)) {
		Record record;
		bool good;

		record_read(&record, line, line_length);
		import->line = ++number;
		versioned |= strcmp(record.words[0], "DBV") == 0;
		good = read_record(import, &record, number, error);
		g_free(record.line);
		if (!good)
			return false;
	}
	if (versioned)
		return true;
	g_set_error(error, IMPORT_ERROR, IMPORT_ERROR_SYNTAX,
	    "there is no line DBV: this is no database of Atheme");
	return false;
}

/* SPDX-License-Identifier: MIT */
#include "proto/isupport.h"

#include "proto/casemap.h"
#include "proto/extban.h"
#include "proto/modes.h"
#include "proto/names.h"

#include <stdbool.h>
#include <string.h>

#define LINE_MAX_BYTES 512
#define LINE_MAX_TOKENS 13

static void add_token(GPtrArray *tokens, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
add_token(GPtrArray *tokens, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_ptr_array_add(tokens, g_strdup_vprintf(format, arguments));
	va_end(arguments);
}

/* Values may not hold a space, '=' or backslash as such. */
static char *
escape_value(const char *text)
{
	GString *value = g_string_new(NULL);
	for (; *text; text++) {
		if (*text == ' ' || *text == '=' || *text == '\\')
			g_string_append_printf(value, "\\x%02X", (guchar)*text);
		else
			g_string_append_c(value, *text);
	}
	return g_string_free(value, FALSE);
}

/* The letter is told only where it is not the customary one. */
static void
add_letter_token(GPtrArray *tokens, const char *name, char customary, char letter)
{
	if (letter == customary)
		add_token(tokens, "%s", name);
	else
		add_token(tokens, "%s=%c", name, letter);
}

static void
add_mode_tokens(GPtrArray *tokens, const IsupportLimits *limits)
{
	char letters[MODE_GROUPS][MODES + 1];
	for (unsigned i = 0; i < MODE_GROUPS; i++)
		mode_letters(MODE_ON_CHANNEL, mode_group_bits(i), letters[i]);
	add_token(tokens, "CHANMODES=%s,%s,%s,%s", letters[0], letters[1], letters[2], letters[3]);
	add_token(tokens, "MAXLIST=%s:%u", letters[0], limits->list_entries);

	char ranks[MODES + 1];
	char prefixes[MODES + 1];
	unsigned n_ranks = 0;
	for (unsigned i = 0; i < MODES; i++)
		if (mode_row(i)->kind == MODE_KIND_RANK)
			ranks[n_ranks++] = mode_row(i)->letter;
	ranks[n_ranks] = '\0';
	mode_prefixes(mode_bits(MODE_ON_CHANNEL, MODE_KIND_RANK), true, prefixes);
	add_token(tokens, "PREFIX=(%s)%s", ranks, prefixes);
	add_token(tokens, "STATUSMSG=%s", prefixes);
	add_letter_token(tokens, "EXCEPTS", 'e', mode_row(MODE_CHANNEL_EXCEPT_INDEX)->letter);
	add_letter_token(tokens, "INVEX", 'I', mode_row(MODE_CHANNEL_INVITE_EXCEPT_INDEX)->letter);
	char extbans[EXTBAN_LETTERS_SIZE];
	g_autofree char *account_names = extban_account_names();
	extban_letters(extbans);
	add_token(tokens, "EXTBAN=%c,%s", EXTBAN_PREFIX, extbans);
	add_token(tokens, "ACCOUNTEXTBAN=%s", account_names);
	add_token(tokens, "BOT=%c", mode_row(MODE_USER_BOT_INDEX)->letter);
}

static void
add_limit_tokens(GPtrArray *tokens, const IsupportLimits *limits)
{
	add_token(tokens, "NICKLEN=%u", limits->nick);
	add_token(tokens, "CHANNELLEN=%u", limits->channel);
	add_token(tokens, "TOPICLEN=%u", limits->topic);
	add_token(tokens, "AWAYLEN=%u", limits->away);
	add_token(tokens, "KICKLEN=%u", limits->kick);
	add_token(tokens, "USERLEN=%u", limits->user);
	add_token(tokens, "HOSTLEN=%u", limits->host);
	add_token(tokens, "NAMELEN=%u", limits->name);
	add_token(tokens, "KEYLEN=%u", limits->key);
	add_token(tokens, "CHANLIMIT=%s:%u", NAME_CHANNEL_TYPES, limits->user_channels);
	add_token(tokens, "MODES=%u", limits->modes);
	add_token(tokens, "MONITOR=%u", limits->monitor);
	if (limits->history > 0) {
		add_token(tokens, "CHATHISTORY=%u", limits->history);
		add_token(tokens, "MSGREFTYPES=msgid,timestamp");
	}
	add_token(tokens, "LINELEN=%u", LINE_MAX_BYTES);
	add_token(tokens, "MAXTARGETS=%u", limits->targets);
	add_token(tokens,
	    "TARGMAX=ISON:,JOIN:,KICK:%u,KILL:1,LIST:,MONITOR:,NAMES:,NOTICE:%u,PART:,PRIVMSG:%u,"
	    "TAGMSG:%u,USERHOST:%u,USERIP:%u,WHOIS:%u,WHOWAS:1",
	    limits->targets, limits->targets, limits->targets, limits->targets, ISUPPORT_USERHOSTS,
	    ISUPPORT_USERHOSTS, limits->targets);
}

/* URLs the administrator gave: the network's icon (IRCv3 network-icon) and where files may be
 * uploaded to (the draft, and the name under which clients know it today). */
static void
add_place_tokens(GPtrArray *tokens, const IsupportLimits *limits)
{
	static const char *const filehosts[] = {"draft/FILEHOST", "soju.im/FILEHOST"};
	if (limits->icon && *limits->icon) {
		g_autofree char *icon = escape_value(limits->icon);
		add_token(tokens, "draft/ICON=%s", icon);
	}
	if (!limits->filehost || !*limits->filehost)
		return;
	g_autofree char *filehost = escape_value(limits->filehost);
	for (unsigned i = 0; i < G_N_ELEMENTS(filehosts); i++)
		add_token(tokens, "%s=%s", filehosts[i], filehost);
}

/* IRCv3 message-tags. */
static void
add_client_tag_token(GPtrArray *tokens, const IsupportLimits *limits)
{
	if (!limits->client_tags_denied || !*limits->client_tags_denied)
		return;
	g_autofree char *denied = g_strjoinv(",", (char **)limits->client_tags_denied);
	add_token(tokens, "CLIENTTAGDENY=%s", denied);
}

static GPtrArray *
build_tokens(const IsupportLimits *limits)
{
	GPtrArray *tokens = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *network = escape_value(limits->network);
	add_token(tokens, "NETWORK=%s", network);
	add_token(tokens, "CASEMAPPING=ascii");
	add_token(tokens, "CHANTYPES=%s", NAME_CHANNEL_TYPES);
	add_mode_tokens(tokens, limits);
	add_limit_tokens(tokens, limits);
	add_client_tag_token(tokens, limits);
	add_place_tokens(tokens, limits);
	if (limits->account_required)
		add_token(tokens, "draft/ACCOUNTREQUIRED");
	add_token(tokens, "ELIST=CMNTU");
	add_token(tokens, "ACCEPT=%u", limits->accepts);
	add_token(tokens, "CALLERID=%c", mode_row(MODE_USER_CALLER_ID_INDEX)->letter);
	add_token(tokens, "KNOCK");
	add_token(tokens, "SAFELIST");
	add_token(tokens, "SILENCE=%u", limits->silences);
	if (limits->list_delay > 0)
		add_token(tokens, "SECURELIST=%u", limits->list_delay);
	add_token(tokens, "USERIP");
	if (casemap_chosen() == CASEMAP_PRECIS)
		add_token(tokens, "UTF8MAPPING=rfc8265");
	add_token(tokens, "UTF8ONLY");
	add_token(tokens, "WHOX");
	return tokens;
}

/* As many tokens on a line as it may hold. */
static GPtrArray *
join_tokens(const GPtrArray *tokens, unsigned overhead)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) line = g_string_new(NULL);
	unsigned on_line = 0;
	for (guint i = 0; i < tokens->len; i++) {
		const char *token = g_ptr_array_index(tokens, i);
		bool full = on_line == LINE_MAX_TOKENS ||
			    line->len + 1 + strlen(token) + overhead > LINE_MAX_BYTES;
		if (on_line > 0 && full) {
			g_ptr_array_add(lines, g_strdup(line->str));
			g_string_truncate(line, 0);
			on_line = 0;
		}
		g_string_append_printf(line, "%s%s", on_line > 0 ? " " : "", token);
		on_line++;
	}
	if (on_line > 0)
		g_ptr_array_add(lines, g_strdup(line->str));
	return lines;
}

GPtrArray *
isupport_lines(const IsupportLimits *limits, unsigned overhead)
{
	g_assert(overhead < LINE_MAX_BYTES / 2);
	g_autoptr(GPtrArray) tokens = build_tokens(limits);
	return join_tokens(tokens, overhead);
}

/* Name -> token, of all lines. */
static GHashTable *
tokens_by_name(char *const *lines)
{
	GHashTable *tokens = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (; *lines; lines++) {
		g_auto(GStrv) words = g_strsplit(*lines, " ", -1);
		for (char **word = words; *word; word++)
			g_hash_table_replace(
			    tokens, g_strndup(*word, strcspn(*word, "=")), g_strdup(*word));
	}
	return tokens;
}

/* Of `lines`, in their order: what is not in `known` as it is here. */
static void
add_differing(GPtrArray *differing, char *const *lines, GHashTable *known, bool negated)
{
	for (; *lines; lines++) {
		g_auto(GStrv) words = g_strsplit(*lines, " ", -1);
		for (char **word = words; *word; word++) {
			g_autofree char *name = g_strndup(*word, strcspn(*word, "="));
			const char *other = g_hash_table_lookup(known, name);
			if (negated && !other)
				g_ptr_array_add(differing, g_strconcat("-", name, NULL));
			else if (!negated && g_strcmp0(other, *word) != 0)
				g_ptr_array_add(differing, g_strdup(*word));
		}
	}
}

GPtrArray *
isupport_changes(char *const *before, char *const *after, unsigned overhead)
{
	g_autoptr(GHashTable) old = tokens_by_name(before);
	g_autoptr(GHashTable) now = tokens_by_name(after);
	g_autoptr(GPtrArray) differing = g_ptr_array_new_with_free_func(g_free);
	add_differing(differing, after, old, false);
	add_differing(differing, before, now, true);
	return join_tokens(differing, overhead);
}

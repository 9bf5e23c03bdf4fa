/* SPDX-License-Identifier: MIT */
#include "proto/extban.h"

#include "proto/casemap.h"
#include "proto/names.h"

#include <string.h>

typedef enum ExtbanKind {
	EXTBAN_CRITERION, /* the end of the text: whom */
	EXTBAN_SCOPE,     /* the rest is a mask or a criterion */
	EXTBAN_TIME,      /* the rest may be anything but another time */
} ExtbanKind;

typedef enum ExtbanIndex {
#define EXTBAN(letter, name, other_name, kind, id, value, example, help) EXTBAN_IS_##id,
#include "proto/extbans.def"
#undef EXTBAN
	EXTBANS
} ExtbanIndex;

enum { NEEDED, OPTIONAL };

static const ExtbanRow rows[] = {
#define EXTBAN(letter, name, other_name, kind, id, value, example, help)                           \
	{letter, name, other_name, example, help},
#include "proto/extbans.def"
#undef EXTBAN
};

static const struct {
	uint8_t kind;
	uint8_t value;
} shapes[] = {
#define EXTBAN(letter, name, other_name, kind, id, value, example, help) {EXTBAN_##kind, value},
#include "proto/extbans.def"
#undef EXTBAN
};

G_STATIC_ASSERT(EXTBANS < EXTBAN_LETTERS_SIZE);

struct Extban {
	unsigned minutes;
	unsigned scopes;
	unsigned criterion; /* EXTBANS: a mask */
	bool negated;
	char *value;       /* of the criterion, "" for none; NULL for a mask */
	MaskPattern *mask; /* NULL for a criterion */
	char *text;
	const char *lasting; /* in text */
};

const ExtbanRow *
extban_row(unsigned index)
{
	return index < EXTBANS ? &rows[index] : NULL;
}

/* A letter, or a name without case. */
static unsigned
find_row(const char *word, size_t length)
{
	unsigned i = 0;

	if (length == 1) {
		while (i < EXTBANS && rows[i].letter != *word)
			i++;
		return i;
	}
	while (i < EXTBANS &&
	       !(strlen(rows[i].name) == length &&
		   casemap_compare_length(rows[i].name, word, length) == 0) &&
	       !(strlen(rows[i].other_name) == length &&
		   casemap_compare_length(rows[i].other_name, word, length) == 0))
		i++;
	return i;
}

/* "~word" or "~!word", then ':' or the end; no nick begins like that, but a user name does. */
static bool
is_extended(const char *text, bool *ret_negated, const char **ret_word, size_t *ret_length)
{
	const char *word = text + 1;

	if (*text != EXTBAN_PREFIX)
		return false;
	*ret_negated = *word == '!';
	if (*ret_negated)
		word++;
	*ret_word = word;
	*ret_length = 0;
	while (g_ascii_isalpha(word[*ret_length]))
		++*ret_length;
	return *ret_length > 0 && (word[*ret_length] == ':' || word[*ret_length] == '\0');
}

static bool
is_country(const char *value)
{
	return strlen(value) == 2 && g_ascii_isalpha(value[0]) && g_ascii_isalpha(value[1]);
}

static bool
is_fingerprint(const char *value)
{
	return strlen(value) == 64 && strspn(value, "0123456789abcdefABCDEF") == 64;
}

static bool
is_channel_with_rank(const char *value)
{
	return name_is_channel(value, MASK_MAX) ||
	       (strchr("~@+", *value) && name_is_channel(value + 1, MASK_MAX));
}

/* What a criterion's value must be, besides visible. */
static const struct {
	bool (*is_valid)(const char *value);
	const char *problem;
} values[EXTBANS] = {
    [EXTBAN_IS_COUNTRY] = {is_country, "A country is two letters"},
    [EXTBAN_IS_CERTIFICATE] = {is_fingerprint,
	"A fingerprint is the 64 hexadecimal digits of SHA-256"},
    [EXTBAN_IS_CHANNEL] = {is_channel_with_rank, "A channel is missing, as in ~c:#other"},
};

/* Of a whole entry under way. */
typedef struct ExtbanParse {
	const char *problem;
	Extban *extban;
} ExtbanParse;

static bool
fail(ExtbanParse *parse, const char *problem)
{
	parse->problem = problem;
	return false;
}

static bool
parse_criterion(ExtbanParse *parse, unsigned index, bool negated, const char *value)
{
	if (!*value && shapes[index].value == NEEDED)
		return fail(parse, "This extended ban needs a value after the colon");
	for (const char *byte = value; *byte; byte++)
		if ((unsigned char)*byte <= ' ' || *byte == 0x7F)
			return fail(parse, "A value holds no space and no control character");
	if (values[index].is_valid && !values[index].is_valid(value))
		return fail(parse, values[index].problem);
	parse->extban->criterion = index;
	parse->extban->negated = negated;
	parse->extban->value = g_strdup(value);
	return true;
}

static bool
parse_mask(ExtbanParse *parse, const char *text)
{
	g_autofree char *canonical = mask_canonical(text);

	if (!canonical)
		return fail(
		    parse, "A mask has the form nick!user@host, without spaces, up to 255 bytes");
	parse->extban->mask = mask_compile(canonical);
	return true;
}

/* "10:rest"; `text` moves on to the rest. */
static bool
parse_time(ExtbanParse *parse, const char **text)
{
	const char *colon = strchr(*text, ':');
	g_autofree char *number = colon ? g_strndup(*text, (size_t)(colon - *text)) : NULL;
	guint64 minutes;

	if (!number ||
	    !g_ascii_string_to_unsigned(number, 10, 1, EXTBAN_MINUTES_MOST, &minutes, NULL))
		return fail(
		    parse, "A time is minutes from 1 to 525600 and a mask, as in ~t:10:mask");
	if (parse->extban->minutes > 0)
		return fail(parse, "There is more than one time");
	parse->extban->minutes = (unsigned)minutes;
	*text = colon + 1;
	return true;
}

static bool
parse_scope(ExtbanParse *parse, unsigned index)
{
	if (parse->extban->scopes != EXTBAN_ALL)
		return fail(parse, "There is more than one of mute and nickchange");
	parse->extban->scopes = index == EXTBAN_IS_MUTE ? EXTBAN_SPEAK | EXTBAN_NICK : EXTBAN_NICK;
	return true;
}

/* Takes wrappers off until a mask or a criterion is left: each kind of wrapper once. */
static bool
parse_all(ExtbanParse *parse, const char *text)
{
	const char *word;
	size_t length;
	bool negated;

	while (is_extended(text, &negated, &word, &length)) {
		unsigned index = find_row(word, length);

		text = word + length;
		if (*text == ':')
			text++;
		if (index == EXTBANS)
			return fail(parse, "There is no such extended ban");
		if (shapes[index].kind == EXTBAN_CRITERION)
			return parse_criterion(parse, index, negated, text);
		if (negated)
			return fail(parse, "Only whom a ban matches can be negated");
		if (shapes[index].kind == EXTBAN_TIME ? !parse_time(parse, &text)
						      : !parse_scope(parse, index))
			return false;
		if (!*text)
			return fail(parse, "A mask is missing");
	}
	return parse_mask(parse, text);
}

static void
write_text(Extban *extban)
{
	GString *text = g_string_new(NULL);
	size_t lasting;

	if (extban->minutes > 0)
		g_string_append_printf(
		    text, "~%c:%u:", rows[EXTBAN_IS_TIME].letter, extban->minutes);
	lasting = text->len;
	if (extban->scopes != EXTBAN_ALL)
		g_string_append_printf(text, "~%c:",
		    rows[extban->scopes & EXTBAN_SPEAK ? EXTBAN_IS_MUTE : EXTBAN_IS_NICK].letter);
	if (extban->mask)
		g_string_append(text, mask_pattern_text(extban->mask));
	else
		g_string_append_printf(text, "~%s%c%s%s", extban->negated ? "!" : "",
		    rows[extban->criterion].letter, *extban->value ? ":" : "", extban->value);
	extban->text = g_string_free(text, FALSE);
	extban->lasting = extban->text + lasting;
}

Extban *
extban_parse(const char *text, const char **ret_problem)
{
	ExtbanParse parse = {.extban = g_new0(Extban, 1)};

	parse.extban->scopes = EXTBAN_ALL;
	parse.extban->criterion = EXTBANS;
	if (strlen(text) > 4 * MASK_MAX) {
		fail(&parse, "A mask is at most 255 bytes");
	} else if (parse_all(&parse, text)) {
		write_text(parse.extban);
		if (strlen(parse.extban->text) > MASK_MAX)
			fail(&parse, "A mask is at most 255 bytes");
	}
	if (parse.problem)
		g_clear_pointer(&parse.extban, extban_free);
	if (ret_problem)
		*ret_problem = parse.problem;
	return parse.extban;
}

void
extban_free(Extban *extban)
{
	if (!extban)
		return;
	g_free(extban->value);
	mask_pattern_free(extban->mask);
	g_free(extban->text);
	g_free(extban);
}

const char *
extban_text(const Extban *extban)
{
	return extban->text;
}

const char *
extban_lasting_text(const Extban *extban)
{
	return extban->lasting;
}

unsigned
extban_scopes(const Extban *extban)
{
	return extban->scopes;
}

unsigned
extban_minutes(const Extban *extban)
{
	return extban->minutes;
}

bool
extban_needs_country(const Extban *extban)
{
	return extban->criterion == EXTBAN_IS_COUNTRY;
}

const char *
extban_account(const Extban *extban)
{
	bool is_name = extban->criterion == EXTBAN_IS_ACCOUNT && !extban->negated &&
		       mask_is_literal(extban->value) && strcmp(extban->value, "0") != 0;

	return is_name ? extban->value : NULL;
}

static bool
matches_account(const char *value, const MaskSubject *subject)
{
	if (!subject->account)
		return strcmp(value, "0") == 0;
	return mask_match(value, subject->account);
}

static bool
matches_channel(const char *value, const MaskSubject *subject)
{
	bool ranked = !name_is_channel_like(value);

	return subject->in_channel &&
	       subject->in_channel(subject, value + (ranked ? 1 : 0), ranked ? *value : '\0');
}

static bool
matches_country(const char *value, const MaskSubject *subject)
{
	return subject->country && casemap_equal(value, subject->country);
}

static bool
matches_operator(const char *value, const MaskSubject *subject)
{
	return subject->operator_name && mask_match(*value ? value : "*", subject->operator_name);
}

static bool
matches_real_name(const char *value, const MaskSubject *subject)
{
	g_autofree char *mask = NULL;

	if (!subject->real_name)
		return false;
	if (!strchr(value, '_'))
		return mask_match(value, subject->real_name);
	mask = g_strdelimit(g_strdup(value), "_", '?');
	return mask_match(mask, subject->real_name);
}

static bool
matches_certificate(const char *value, const MaskSubject *subject)
{
	return subject->fingerprint && *subject->fingerprint &&
	       casemap_equal(value, subject->fingerprint);
}

static bool
matches_tls(const char *value, const MaskSubject *subject)
{
	return subject->tls;
}

static bool (*const criteria[EXTBANS])(const char *value, const MaskSubject *subject) = {
    [EXTBAN_IS_ACCOUNT] = matches_account,
    [EXTBAN_IS_CHANNEL] = matches_channel,
    [EXTBAN_IS_COUNTRY] = matches_country,
    [EXTBAN_IS_OPERATOR] = matches_operator,
    [EXTBAN_IS_REAL_NAME] = matches_real_name,
    [EXTBAN_IS_CERTIFICATE] = matches_certificate,
    [EXTBAN_IS_TLS] = matches_tls,
};

bool
extban_matches(const Extban *extban, const MaskSubject *subject)
{
	if (extban->mask)
		return mask_pattern_match(extban->mask, subject);
	return criteria[extban->criterion](extban->value, subject) != extban->negated;
}

static int
by_letter(const void *a, const void *b)
{
	return *(const char *)a - *(const char *)b;
}

void
extban_letters(char text[static EXTBAN_LETTERS_SIZE])
{
	for (unsigned i = 0; i < EXTBANS; i++)
		text[i] = rows[i].letter;
	text[EXTBANS] = '\0';
	qsort(text, EXTBANS, 1, by_letter);
}

char *
extban_account_names(void)
{
	const ExtbanRow *row = &rows[EXTBAN_IS_ACCOUNT];

	return g_strdup_printf("%s,%c", row->name, row->letter);
}

/* SPDX-License-Identifier: MIT */
/*
 * The history's figures: rows written per second, each acknowledged after its commit; then, in the
 * file that made, how long it takes to open, the last hundred lines of a channel, searches for
 * common, rare and unknown words, and the erasure of what one account said.
 * Usage: bench_history [ROWS [SECONDS [FILE [CHANNELS]]]]. Making the file ends after so many rows
 * (300000) or seconds (20), whichever comes first; the rows are spread over so many channels (200;
 * 1: one channel holds all of them). FILE is kept, and if it is there already nothing is written:
 * ask with the CHANNELS it was made with. Without FILE (or with "") it is made in a new folder
 * below the working directory, which is removed. Fails where a figure is missed.
 */
#include "base/message_id.h"
#include "base/work.h"
#include "store/history.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define CHANNELS 200u
#define ACCOUNTS 5000u
#define BATCH 5000u /* rows on their way at once */
#define ROUNDS 20u

typedef struct Bench {
	Mailbox *answers;
	History *history;
	uint64_t asked;
	uint64_t answered;
	uint64_t failed;
	uint64_t random;
	Random ids;
	unsigned channels;
	int64_t more; /* of the latest slice: is there more to do? */
} Bench;

static double
seconds(void)
{
	return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

static uint64_t
next_random(Bench *bench)
{
	bench->random ^= bench->random << 13;
	bench->random ^= bench->random >> 7;
	bench->random ^= bench->random << 17;
	return bench->random;
}

static void
answered(void *data, const StoreAnswer *answer)
{
	Bench *bench = data;

	bench->answered++;
	bench->failed += !answer->done;
	bench->more = answer->id;
}

/* Waits until no more than `open` rows are on their way. */
static void
settle(Bench *bench, uint64_t open)
{
	struct pollfd ready = {.fd = mailbox_descriptor(bench->answers), .events = POLLIN};

	history_submit(bench->history);
	while (bench->asked - bench->answered > open) {
		MailItem *next;

		poll(&ready, 1, -1);
		for (MailItem *item = mailbox_take(bench->answers); item; item = next) {
			next = item->next;
			work_finish(item);
		}
	}
}

/* Ten words of a vocabulary of ten thousand, low numbers far more often. */
static void
make_text(Bench *bench, char text[static 200])
{
	size_t used = 0;

	for (unsigned i = 0; i < 10; i++) {
		unsigned range = 1u << (next_random(bench) % 14);

		used += (size_t)g_snprintf(text + used, 200 - used, "%sword%u", i > 0 ? " " : "",
		    (unsigned)(next_random(bench) % range));
	}
}

static void
add_row(Bench *bench)
{
	uint64_t number = bench->asked++;
	unsigned nick = (unsigned)(next_random(bench) % ACCOUNTS);
	char channel[32], source[48], account[16], msgid[MESSAGE_ID_SIZE], text[200];
	HistoryRow row = {
	    .time = INT64_C(1500000000000000) + (int64_t)number * 1000,
	    .said = HISTORY_SAID,
	    .channel = channel,
	    .msgid = msgid,
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = source,
	    .account = account,
	    .owner = nick + 1,
	    .text = text,
	};

	make_text(bench, text);
	g_snprintf(channel, sizeof channel, "#channel%u",
	    (unsigned)(next_random(bench) % bench->channels));
	g_snprintf(source, sizeof source, "nick%u!~user@host.example", nick);
	g_snprintf(account, sizeof account, "nick%u", nick);
	message_id_make(&bench->ids, row.time, msgid);
	history_add(bench->history, &row, answered, bench);
}

/* Rows per second, until there are `rows` or the time is over. */
static double
write_rows(Bench *bench, uint64_t rows, double limit)
{
	double begin = seconds();

	while (bench->asked < rows && seconds() - begin < limit) {
		for (unsigned i = 0; i < BATCH / 4; i++)
			add_row(bench);
		settle(bench, BATCH);
	}
	settle(bench, 0);
	return (double)bench->answered / (seconds() - begin);
}

static int
compare_times(const void *a, const void *b)
{
	return *(const double *)a < *(const double *)b ? -1
						       : *(const double *)a > *(const double *)b;
}

/* The median of reading the newest hundred lines of channels taken by chance, milliseconds.
 * `since`: nothing older may be seen, as of one who has just joined. */
static double
read_latest(Bench *bench, int64_t since)
{
	double times[ROUNDS];

	for (unsigned i = 0; i < ROUNDS; i++) {
		g_autofree char *channel =
		    g_strdup_printf("#channel%u", (unsigned)(next_random(bench) % bench->channels));
		HistoryQuery query = {.place = {.channel = channel},
		    .limit = 100,
		    .bytes_max = SIZE_MAX,
		    .since = since};
		g_autoptr(GPtrArray) rows = NULL;
		double begin = seconds();
		bool unknown;

		if (!history_read(bench->history, &query, &rows, &unknown, NULL) ||
		    rows->len != (since == INT64_MIN ? 100 : 0))
			g_error("not the lines that there are");
		times[i] = 1000 * (seconds() - begin);
	}
	qsort(times, ROUNDS, sizeof times[0], compare_times);
	return times[ROUNDS / 2];
}

static double
search_word(Bench *bench, const char *word, bool everywhere, int64_t since)
{
	double times[ROUNDS];

	for (unsigned i = 0; i < ROUNDS; i++) {
		g_autofree char *channel =
		    g_strdup_printf("#channel%u", (unsigned)(next_random(bench) % bench->channels));
		const char *channels[] = {channel, NULL};
		HistorySearch search = {.channels = channels,
		    .since = &since,
		    .text = word,
		    .limit = 50,
		    .everywhere = everywhere};
		g_autoptr(GPtrArray) rows = NULL;
		double begin = seconds();

		rows = history_search(bench->history, &search, NULL);
		if (!rows)
			g_error("the search failed");
		times[i] = 1000 * (seconds() - begin);
	}
	qsort(times, ROUNDS, sizeof times[0], compare_times);
	return times[ROUNDS / 2];
}

/* Takes what one account said out of the file: milliseconds in all, and of the longest slice,
 * during which nothing else is written. */
static double
erase_account(Bench *bench, double *ret_slice)
{
	/* Another one each time: the file may be used again. */
	const int64_t account = 1 + g_random_int_range(0, (gint32)ACCOUNTS);
	g_autofree char *party = g_strdup_printf("=nick%" G_GINT64_FORMAT, account - 1);
	double begin = seconds();

	*ret_slice = 0;
	do {
		double slice = seconds();

		history_forget_account(bench->history, account, party, answered, bench);
		bench->asked++;
		settle(bench, 0);
		*ret_slice = MAX(*ret_slice, 1000 * (seconds() - slice));
	} while (bench->more != 0 && bench->failed == 0);
	return 1000 * (seconds() - begin);
}

/* Prints a figure and whether it is reached. */
static bool
judge(const char *name, double value, const char *unit, double target, bool at_least)
{
	bool reached = at_least ? value >= target : value <= target;

	printf("%-40s %10.2f %-6s %s %.0f: %s\n", name, value, unit, at_least ? ">=" : "<=", target,
	    reached ? "reached" : "MISSED");
	return reached;
}

/* The folder and what SQLite may have put there. */
static void
remove_folder(const char *folder, const char *path)
{
	static const char *const ends[] = {"", "-wal", "-shm"};

	for (unsigned i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *name = g_strconcat(path, ends[i], NULL);

		g_unlink(name);
	}
	g_rmdir(folder);
}

static bool
judge_reading(Bench *bench)
{
	static const struct {
		const char *name;
		const char *words;
		bool everywhere;
		int64_t since;
	} searches[] = {
	    {"search: common word, one channel", "word0", false, INT64_MIN},
	    {"search: two common words, one channel", "word0 word1", false, INT64_MIN},
	    {"search: rare word, one channel", "word8000", false, INT64_MIN},
	    {"search: common word, joined just now", "word0", false, INT64_MAX - 1},
	    {"search: common word, everywhere", "word0", true, INT64_MIN},
	    {"search: rare word, everywhere", "word8000", true, INT64_MIN},
	    {"search: no such word", "nothing", true, INT64_MIN},
	};
	bool good =
	    judge("last 100 lines of a channel", read_latest(bench, INT64_MIN), "ms", 10, false);

	good &= judge(
	    "last lines, joined just now", read_latest(bench, INT64_MAX - 1), "ms", 10, false);
	for (unsigned i = 0; i < G_N_ELEMENTS(searches); i++)
		good &= judge(searches[i].name,
		    search_word(
			bench, searches[i].words, searches[i].everywhere, searches[i].since),
		    "ms", 200, false);
	return good;
}

static bool
judge_erasing(Bench *bench)
{
	double slice;
	double whole = erase_account(bench, &slice);
	bool good = judge("erasing one of 5000 accounts", whole, "ms", 5000, false);

	good &= judge("erasing: its longest slice", slice, "ms", 250, false);
	return good && bench->failed == 0;
}

static bool
write_file(Bench *bench, const char *path, uint64_t rows, double limit)
{
	double rate;

	bench->history = history_open(path, bench->answers, NULL);
	if (!bench->history)
		return false;
	rate = write_rows(bench, rows, limit);
	history_close(bench->history);
	printf("%" G_GUINT64_FORMAT " rows\n", (guint64)bench->answered);
	return judge("rows written and acknowledged", rate, "1/s", 20000, true) &&
	       bench->failed == 0;
}

static bool
read_file(Bench *bench, const char *path)
{
	double begin = seconds();
	bool good;

	bench->history = history_open(path, bench->answers, NULL);
	if (!bench->history)
		return false;
	good = judge("opening the file", 1000 * (seconds() - begin), "ms", 500, false);
	good &= judge_reading(bench);
	good &= judge_erasing(bench);
	history_close(bench->history);
	return good;
}

int
main(int argc, char **argv)
{
	uint64_t rows = argc > 1 ? g_ascii_strtoull(argv[1], NULL, 10) : 300000;
	double limit = argc > 2 ? g_ascii_strtod(argv[2], NULL) : 20;
	const char *file = argc > 3 && *argv[3] != '\0' ? argv[3] : NULL;
	g_autofree char *folder = g_strdup("bench_history_XXXXXX");
	g_autofree char *path = NULL;
	Bench bench = {
	    .random = UINT64_C(88172645463325252), .ids = random_seeded(1), .channels = CHANNELS};
	bool good = true;

	if (argc > 4)
		bench.channels = MAX(1, (unsigned)g_ascii_strtoull(argv[4], NULL, 10));
	if (file == NULL && !g_mkdtemp(folder)) {
		perror("bench_history: no folder");
		return 2;
	}
	path = file != NULL ? g_strdup(file) : g_build_filename(folder, "history.db", NULL);
	bench.answers = mailbox_new();
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		good = write_file(&bench, path, rows, limit);
	good &= read_file(&bench, path);
	mailbox_free(bench.answers);
	if (file == NULL)
		remove_folder(folder, path);
	return good ? 0 : 1;
}

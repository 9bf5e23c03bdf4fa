/* SPDX-License-Identifier: MIT */
/*
 * The history's figures: rows written per second, each acknowledged after its commit; then, in the
 * file that made, the last hundred lines of a channel, searches for common, rare and unknown words,
 * and how long the file takes to open. Usage: bench_history [ROWS [SECONDS]]: making the file ends
 * after so many rows (300000) or seconds (20), whichever comes first; it is made in a new folder
 * below the working directory, which is removed. Fails where a figure is missed.
 */
#include "base/work.h"
#include "store/history.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define CHANNELS 200u
#define BATCH 5000u /* rows on their way at once */
#define ROUNDS 20u

typedef struct Bench {
	Mailbox *answers;
	History *history;
	uint64_t asked;
	uint64_t answered;
	uint64_t failed;
	uint64_t random;
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
	char channel[32], source[48], msgid[24], text[200];
	HistoryRow row = {
	    .time = INT64_C(1500000000000000) + (int64_t)number * 1000,
	    .said = HISTORY_SAID,
	    .channel = channel,
	    .msgid = msgid,
	    .kind = "message",
	    .verb = "PRIVMSG",
	    .source = source,
	    .text = text,
	};

	make_text(bench, text);
	g_snprintf(
	    channel, sizeof channel, "#channel%u", (unsigned)(next_random(bench) % CHANNELS));
	g_snprintf(source, sizeof source, "nick%u!~user@host.example",
	    (unsigned)(next_random(bench) % 5000));
	g_snprintf(msgid, sizeof msgid, "%016" G_GINT64_MODIFIER "x", (guint64)next_random(bench));
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

/* The median of reading the newest hundred lines of channels taken by chance, milliseconds. */
static double
read_latest(Bench *bench)
{
	double times[ROUNDS];

	for (unsigned i = 0; i < ROUNDS; i++) {
		g_autofree char *channel =
		    g_strdup_printf("#channel%u", (unsigned)(next_random(bench) % CHANNELS));
		HistoryQuery query = {.place = {.channel = channel},
		    .limit = 100,
		    .bytes_max = SIZE_MAX,
		    .since = INT64_MIN};
		g_autoptr(GPtrArray) rows = NULL;
		double begin = seconds();
		bool unknown;

		if (!history_read(bench->history, &query, &rows, &unknown, NULL) ||
		    rows->len != 100)
			g_error("a hundred lines were not there");
		times[i] = 1000 * (seconds() - begin);
	}
	qsort(times, ROUNDS, sizeof times[0], compare_times);
	return times[ROUNDS / 2];
}

static double
search_word(Bench *bench, const char *word, bool everywhere)
{
	double times[ROUNDS];

	for (unsigned i = 0; i < ROUNDS; i++) {
		g_autofree char *channel =
		    g_strdup_printf("#channel%u", (unsigned)(next_random(bench) % CHANNELS));
		const char *channels[] = {channel, NULL};
		HistorySearch search = {
		    .channels = channels, .text = word, .limit = 50, .everywhere = everywhere};
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
	bool good = judge("last 100 lines of a channel", read_latest(bench), "ms", 10, false);

	good &= judge("search: common word, one channel", search_word(bench, "word0", false), "ms",
	    200, false);
	good &= judge("search: rare word, one channel", search_word(bench, "word8000", false), "ms",
	    200, false);
	good &= judge(
	    "search: common word, everywhere", search_word(bench, "word0", true), "ms", 200, false);
	return judge(
		   "search: no such word", search_word(bench, "nothing", true), "ms", 200, false) &&
	       good;
}

static bool
measure(Bench *bench, const char *path, uint64_t rows, double limit)
{
	double rate, begin, opened;
	bool good;

	bench->history = history_open(path, bench->answers, NULL);
	if (!bench->history)
		return false;
	rate = write_rows(bench, rows, limit);
	printf("%" G_GUINT64_FORMAT " rows\n", (guint64)bench->answered);
	good = judge("rows written and acknowledged", rate, "1/s", 20000, true);
	good &= bench->failed == 0;
	good &= judge_reading(bench);
	history_close(bench->history);
	begin = seconds();
	bench->history = history_open(path, bench->answers, NULL);
	opened = 1000 * (seconds() - begin);
	good &= bench->history != NULL;
	good &= judge("opening the file", opened, "ms", 500, false);
	history_close(bench->history);
	return good;
}

int
main(int argc, char **argv)
{
	uint64_t rows = argc > 1 ? g_ascii_strtoull(argv[1], NULL, 10) : 300000;
	double limit = argc > 2 ? g_ascii_strtod(argv[2], NULL) : 20;
	g_autofree char *folder = g_strdup("bench_history_XXXXXX");
	g_autofree char *path = NULL;
	Bench bench = {.random = UINT64_C(88172645463325252)};
	bool good;

	if (!g_mkdtemp(folder)) {
		perror("bench_history: no folder");
		return 2;
	}
	path = g_build_filename(folder, "history.db", NULL);
	bench.answers = mailbox_new();
	good = measure(&bench, path, rows, limit);
	mailbox_free(bench.answers);
	remove_folder(folder, path);
	return good ? 0 : 1;
}

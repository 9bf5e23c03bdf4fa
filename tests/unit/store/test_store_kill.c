/* SPDX-License-Identifier: MIT */
/*
 * A child writes and tells each acknowledgement through a pipe; it is killed with SIGKILL at some
 * point; every row it was told of is there, and the file is whole.
 */
#include "store/store.h"

#include "base/work.h"
#include "store/store_database.h"
#include "store_fixture.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 25
#define IN_FLIGHT 8

/* In the child: one number per acknowledged write. */
static void
tell_answer(void *data, const StoreAnswer *answer)
{
	int descriptor = *(int *)data;

	if (!answer->done || write(descriptor, &answer->id, sizeof answer->id) != sizeof answer->id)
		_exit(2);
}

static G_GNUC_NORETURN void
write_for_ever(const char *path, int descriptor)
{
	Mailbox *answers = mailbox_new();
	Store *store = store_open(path, answers, NULL);
	StoreAudit audit = {.time = 1, .method = (char *)"kill test", .after = (char *)"{\"a\":1}"};
	struct pollfd ready = {.fd = mailbox_descriptor(answers), .events = POLLIN};
	unsigned waiting = 0;

	if (!store)
		_exit(3);
	for (;;) {
		MailItem *next;

		for (; waiting < IN_FLIGHT; waiting++)
			store_add_audit(store, &audit, tell_answer, &descriptor);
		poll(&ready, 1, -1);
		for (MailItem *item = mailbox_take(answers); item; item = next) {
			next = item->next;
			work_finish(item);
			waiting--;
		}
	}
}

/* Kills the child after it told `least` ids; gives the highest and how many it told. */
static void
run_round(const char *path, unsigned least, int64_t *ret_highest, unsigned *ret_told)
{
	int ends[2];
	pid_t child;
	int status;
	int64_t id;

	g_assert_cmpint(pipe(ends), ==, 0);
	child = fork();
	g_assert_cmpint(child, >=, 0);
	if (child == 0) {
		close(ends[0]);
		write_for_ever(path, ends[1]);
	}
	close(ends[1]);
	while (read(ends[0], &id, sizeof id) == sizeof id) {
		*ret_highest = MAX(*ret_highest, id);
		if (++*ret_told == least)
			kill(child, SIGKILL);
	}
	close(ends[0]);
	g_assert_cmpint(waitpid(child, &status, 0), ==, child);
	g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
check_file(const char *path, int64_t highest, unsigned told)
{
	g_autoptr(sqlite3) database = database_open_writer(path, NULL);
	g_autoptr(sqlite3_stmt) check = statement_new(database, "PRAGMA integrity_check", NULL);
	int64_t count = 0, newest = 0;
	g_autofree char *verdict = NULL;

	g_assert_cmpint(sqlite3_step(check), ==, SQLITE_ROW);
	verdict = statement_text(check, 0);
	g_assert_cmpstr(verdict, ==, "ok");
	g_assert_true(database_number(database, "SELECT count(*) FROM audit", 0, &count, NULL));
	g_assert_true(database_number(database, "SELECT max(id) FROM audit", 0, &newest, NULL));
	g_assert_cmpint(newest, >=, highest);
	/* Ids have no gaps, so what is below the newest is all there. */
	g_assert_cmpint(count, ==, newest);
	g_assert_cmpint(count, >=, told);
}

static void
test_no_acknowledged_row_is_lost(void)
{
	StoreFixture fixture;
	g_autofree char *path = NULL;
	int64_t highest = 0;
	unsigned told = 0;

	/* No thread of this process may be about when it forks. */
	fixture_init(&fixture);
	path = g_strdup(fixture.path);
	store_close(g_steal_pointer(&fixture.store));
	for (int round = 0; round < ROUNDS; round++) {
		unsigned before = told;

		run_round(
		    path, before + 1 + (unsigned)g_test_rand_int_range(0, 60), &highest, &told);
		g_assert_cmpuint(told, >, before);
		check_file(path, highest, told);
	}
	g_test_message("%u acknowledged rows over %d kills", told, ROUNDS);
	fixture_clear(&fixture);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/kill-9", test_no_acknowledged_row_is_lost);
	return g_test_run();
}

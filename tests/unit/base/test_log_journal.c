/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void
test_datagram(void)
{
	static const char expected[] = "MESSAGE\n\x07\0\0\0\0\0\0\0two\nrow\nPRIORITY=4\n"
				       "SYSLOG_IDENTIFIER=chatd\nCHATD_SUBSYSTEM=user\n"
				       "CHATD_EVENT=USER_ODD\nCHATD_PEER_PORT=4711\n";
	LogField fields[] = {{"peer-port", "4711"}, {NULL, NULL}};
	LogEvent event = {0, LOG_LEVEL_WARN, "user", "USER_ODD", "two\nrow", fields};
	g_autofree char *directory = g_dir_make_tmp("chatd-test-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(directory, "socket", NULL);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int journal = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	char got[1000];
	ssize_t length;
	LogJournal *sink;

	g_assert_null(log_journal_connect(path));
	g_strlcpy(address.sun_path, path, sizeof address.sun_path);
	g_assert_cmpint(bind(journal, (struct sockaddr *)&address, sizeof address), ==, 0);
	sink = log_journal_connect(path);
	g_assert_nonnull(sink);
	log_sink_journal(sink, &event);
	length = recv(journal, got, sizeof got, MSG_DONTWAIT);
	g_assert_cmpmem(got, length, expected, sizeof expected - 1);
	log_journal_close(sink);
	close(journal);
	g_unlink(path);
	g_rmdir(directory);
}

/* A variable that names another stream does not make this one the journal's. */
static void
test_other_stream(void)
{
	unsetenv("JOURNAL_STREAM");
	g_assert_null(log_journal_open());
	setenv("JOURNAL_STREAM", "1:1", 1);
	g_assert_null(log_journal_open());
	setenv("JOURNAL_STREAM", "nonsense", 1);
	g_assert_null(log_journal_open());
	log_journal_close(NULL);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/log-journal/datagram", test_datagram);
	g_test_add_func("/log-journal/other-stream", test_other_stream);
	return g_test_run();
}

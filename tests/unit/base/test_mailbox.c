/* SPDX-License-Identifier: MIT */
#include "base/mailbox.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>

typedef struct Letter {
	MailItem item;
	unsigned writer;
	unsigned number;
} Letter;

static bool
is_ready(Mailbox *mailbox)
{
	struct pollfd wait = {mailbox_descriptor(mailbox), POLLIN, 0};

	return poll(&wait, 1, 0) == 1;
}

static void
test_order_and_wake(void)
{
	g_autoptr(Mailbox) mailbox = mailbox_new();
	Letter letters[3] = {{.number = 0}, {.number = 1}, {.number = 2}};
	MailItem *item;

	g_assert_null(mailbox_take(mailbox));
	g_assert_false(is_ready(mailbox));
	for (int i = 0; i < 3; i++)
		mailbox_post(mailbox, &letters[i].item);
	g_assert_true(is_ready(mailbox));
	item = mailbox_take(mailbox);
	g_assert_false(is_ready(mailbox));
	for (unsigned i = 0; i < 3; i++, item = item->next)
		g_assert_cmpuint(((Letter *)item)->number, ==, i);
	g_assert_null(item);
	mailbox_post(mailbox, &letters[0].item);
	g_assert_true(is_ready(mailbox));
	g_assert_nonnull(mailbox_take(mailbox));
}

#define WRITERS 4u
#define LETTERS 5000u

typedef struct Writer {
	Mailbox *mailbox;
	unsigned number;
} Writer;

static void *
write_letters(void *data)
{
	Writer *writer = data;

	for (unsigned i = 0; i < LETTERS; i++) {
		Letter *letter = g_new0(Letter, 1);

		letter->writer = writer->number;
		letter->number = i;
		mailbox_post(writer->mailbox, &letter->item);
	}
	return NULL;
}

/* Several writers: nothing is lost, each one's order is kept, and the wake-up never is missing. */
static void
test_writers(void)
{
	g_autoptr(Mailbox) mailbox = mailbox_new();
	pthread_t threads[WRITERS];
	Writer writers[WRITERS];
	unsigned expected[WRITERS] = {0};
	unsigned left = WRITERS * LETTERS;

	for (unsigned i = 0; i < WRITERS; i++) {
		writers[i] = (Writer){mailbox, i};
		g_assert_cmpint(
		    pthread_create(&threads[i], NULL, write_letters, &writers[i]), ==, 0);
	}
	while (left > 0) {
		struct pollfd wait = {mailbox_descriptor(mailbox), POLLIN, 0};
		MailItem *next;

		g_assert_cmpint(poll(&wait, 1, 10000), ==, 1);
		for (MailItem *item = mailbox_take(mailbox); item; item = next) {
			Letter *letter = (Letter *)item;

			next = item->next;
			g_assert_cmpuint(letter->number, ==, expected[letter->writer]++);
			g_free(letter);
			left--;
		}
	}
	for (unsigned i = 0; i < WRITERS; i++)
		pthread_join(threads[i], NULL);
	g_assert_null(mailbox_take(mailbox));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mailbox/order-and-wake", test_order_and_wake);
	g_test_add_func("/mailbox/writers", test_writers);
	return g_test_run();
}

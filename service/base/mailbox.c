/* SPDX-License-Identifier: MIT */
#include "base/mailbox.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct Mailbox {
	pthread_mutex_t mutex; /* guards first and last */
	MailItem *first;
	MailItem *last;
	int descriptor;
};

Mailbox *
mailbox_new(void)
{
	int descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	Mailbox *mailbox;

	if (descriptor < 0)
		return NULL;
	mailbox = g_new0(Mailbox, 1);
	mailbox->descriptor = descriptor;
	pthread_mutex_init(&mailbox->mutex, NULL);
	return mailbox;
}

void
mailbox_free(Mailbox *mailbox)
{
	if (!mailbox)
		return;
	close(mailbox->descriptor);
	pthread_mutex_destroy(&mailbox->mutex);
	g_free(mailbox);
}

int
mailbox_descriptor(const Mailbox *mailbox)
{
	return mailbox->descriptor;
}

void
mailbox_post(Mailbox *mailbox, MailItem *item)
{
	static const uint64_t one = 1;
	bool was_empty;

	item->next = NULL;
	pthread_mutex_lock(&mailbox->mutex);
	was_empty = !mailbox->first;
	if (was_empty)
		mailbox->first = item;
	else
		mailbox->last->next = item;
	mailbox->last = item;
	/* Written under the lock: a take between the two would clear a wake-up that is not there
	 * yet and leave one behind for an empty box. */
	if (was_empty) {
		ssize_t written;

		do
			written = write(mailbox->descriptor, &one, sizeof one);
		while (written < 0 && errno == EINTR);
	}
	pthread_mutex_unlock(&mailbox->mutex);
}

MailItem *
mailbox_take(Mailbox *mailbox)
{
	MailItem *items;

	pthread_mutex_lock(&mailbox->mutex);
	items = mailbox->first;
	if (items) {
		uint64_t count;
		ssize_t got;

		mailbox->first = NULL;
		mailbox->last = NULL;
		do
			got = read(mailbox->descriptor, &count, sizeof count);
		while (got < 0 && errno == EINTR);
	}
	pthread_mutex_unlock(&mailbox->mutex);
	return items;
}

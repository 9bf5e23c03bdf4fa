/* SPDX-License-Identifier: MIT */
/*
 * Mailbox: many writers, one reader; the reader is woken (eventfd) only if the box was empty.
 * Items are intrusive: embed a MailItem first in what is posted. Order per writer is kept.
 * Thread: mailbox_post any; the rest the reader's. pthread mutex, not GMutex: ThreadSanitizer sees
 * it.
 */
#pragma once

#include <glib.h>

typedef struct MailItem {
	struct MailItem *next;
} MailItem;

typedef struct Mailbox Mailbox;

/* NULL and errno set if the kernel gives no eventfd. */
Mailbox *mailbox_new(void);
/* Items still inside are not freed: take them first. */
void mailbox_free(Mailbox *mailbox);
/* Readable while there is something to take; for the reader's event loop. */
int mailbox_descriptor(const Mailbox *mailbox);
/* Gives the item to the reader. */
void mailbox_post(Mailbox *mailbox, MailItem *item);
/* Everything posted so far, oldest first, linked by `next`; NULL if nothing. Clears the wake-up. */
MailItem *mailbox_take(Mailbox *mailbox);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mailbox, mailbox_free)

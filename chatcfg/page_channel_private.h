/* SPDX-License-Identifier: MIT */
/*
 * The inside of the property sheet of a channel, shared by its pages. Each page holds a reference;
 * what the service said of the channel arrives once for all of them, and again after an apply.
 * Invariant: a page writes only what its user changed. Thread: main.
 */
#pragma once

#include "call_chain.h"
#include "channel_modes.h"
#include "page_channel.h"

#define PAGE_CHANNEL_TABS 3

typedef struct PageChannel PageChannel;

/* One page. */
typedef struct ChannelTab {
	PageChannel *sheet;
	SnapinPage *page;
	/* Told the channel of channel.get, or why there is none. NULL: it asks by itself. */
	void (*show)(struct ChannelTab *tab, const json_t *channel, const char *problem);
	/* After its changes were made (or one of them was refused): it shows what there is now. */
	void (*applied)(struct ChannelTab *tab, gboolean done);
} ChannelTab;

struct PageChannel {
	Service *service;         /* a reference */
	Description *description; /* of when it was opened; NULL if it was not connected then */
	char *name;
	gboolean registered; /* when it was opened or last applied */
	GCancellable *life;  /* cancelled when the first page goes */
	ChannelTab *tabs[PAGE_CHANNEL_TABS];
};

PageChannel *page_channel_ref(PageChannel *sheet);
void page_channel_unref(PageChannel *sheet);
/* A page comes, in the order in which they stand, and goes. */
void page_channel_tab_init(ChannelTab *tab, PageChannel *sheet);
void page_channel_tab_clear(ChannelTab *tab);
/* Asks the service and shows the answer to that tab (NULL: to all), in place of what was typed. */
void page_channel_load(PageChannel *sheet, ChannelTab *only);
/* Why the modes may not be changed; NULL if they may. Caller frees. */
char *page_channel_may_change(const PageChannel *sheet);
/* For apply_async: makes the calls (takes the chain), then tab->applied. */
void page_channel_apply(ChannelTab *tab, CallChain *chain, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer user_data);

/* What a page says of itself; "" or NULL hides it. */
GtkWidget *page_channel_note_new(void);
void page_channel_note_set(GtkWidget *note, const char *text);
/* A grid for page_channel_attach(), which puts a labelled input into its row. */
GtkWidget *page_channel_grid_new(void);
void page_channel_attach(GtkWidget *grid, const char *text, GtkWidget *input, int row);

/* The pages, each in its own file; they take a reference. */
SnapinPageSpec page_channel_general(PageChannel *sheet);
SnapinPageSpec page_channel_modes(PageChannel *sheet);
SnapinPageSpec page_channel_access(PageChannel *sheet);

/* SPDX-License-Identifier: MIT */
/*
 * The inside of the property sheet of a channel, shared by its pages. Each page holds a reference;
 * what the service said arrives once for both and again after an apply.
 * Invariant: a page writes only what its user changed. Thread: main.
 */
#pragma once

#include "call_chain.h"
#include "channel_modes.h"
#include "page_channel.h"

typedef struct PageChannel PageChannel;

/* One page. `show` is told the channel.get answer's channel, or why there is none. */
typedef struct ChannelTab {
	PageChannel *sheet;
	SnapinPage *page;
	void (*show)(struct ChannelTab *tab, const json_t *channel, const char *problem);
} ChannelTab;

struct PageChannel {
	Service *service;         /* a reference */
	Description *description; /* of when it was opened; NULL if it was not connected then */
	char *name;
	gboolean registered; /* when it was opened or last applied */
	GCancellable *life;  /* cancelled when the first page goes */
	ChannelTab *general;
	ChannelTab *lists;
};

PageChannel *page_channel_ref(PageChannel *sheet);
void page_channel_unref(PageChannel *sheet);
/* Asks the service and shows the answer to that tab (NULL: to all), in place of what was typed. */
void page_channel_load(PageChannel *sheet, ChannelTab *only);
/* Why the modes may not be changed; NULL if they may. Caller frees. */
char *page_channel_may_change(const PageChannel *sheet);

/* The pages, each in its own file; they take a reference. */
SnapinPageSpec page_channel_general(PageChannel *sheet);
SnapinPageSpec page_channel_lists(PageChannel *sheet);

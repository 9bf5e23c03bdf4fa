/* SPDX-License-Identifier: MIT */
/*
 * One tab of a property sheet: the snap-in's widget, its dirty mark and what is wrong with it.
 * Invariant: counted; whoever applies it keeps a reference, so that it outlives a closed window.
 * After property_page_close() the snap-in's `data` is freed and nothing is called any more.
 * Thread: main.
 */
#pragma once

#include "scope_node.h"

typedef void (*PropertyPageChanged)(SnapinPage *page, gpointer user_data);
/* `error` NULL: applied. */
typedef void (*PropertyPageApplied)(SnapinPage *page, const GError *error, gpointer user_data);

SnapinPage *property_page_new(const ScopeOwner *owner, const SnapinPageSpec *spec,
    PropertyPageChanged changed, gpointer user_data);
SnapinPage *property_page_ref(SnapinPage *page);
void property_page_unref(SnapinPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SnapinPage, property_page_unref)
/* Calls the snap-in's create(). */
void property_page_add_to(SnapinPage *page, GtkNotebook *notebook);
void property_page_close(SnapinPage *page);

gboolean property_page_is_dirty(const SnapinPage *page);
gboolean property_page_has_problem(const SnapinPage *page);
void property_page_show_error(SnapinPage *page, const char *sentence); /* NULL: none */
void property_page_set_busy(SnapinPage *page, gboolean busy);
void property_page_apply(
    SnapinPage *page, GCancellable *cancellable, PropertyPageApplied applied, gpointer user_data);

/* For SnapinHost. */
void property_page_set_dirty(SnapinPage *page, gboolean dirty);
void property_page_set_problem(SnapinPage *page, const char *reason);

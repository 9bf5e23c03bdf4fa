/* SPDX-License-Identifier: MIT */
/*
 * History retention: rules of single channels, which go before the settings. They stay with a
 * channel that is renamed. Thread: history_rules() any, it blocks; the rest the owner's.
 */
#pragma once

#include "store/history.h"

/* Rows of a rule have the channel as `channel`; -1: as the settings have it. */
typedef struct HistoryRule {
	char *channel;
	int64_t messages;
	int64_t age; /* microseconds */
} HistoryRule;

void history_rule_free(HistoryRule *rule);
/* The channels that have one, by name: of `channel` alone if it is given. Array of HistoryRule. */
GPtrArray *history_rules(
    History *history, const char *channel, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of one channel; -1: as the settings have it. The answer's id is 0. */
void history_set_retention(History *history, const char *channel, int64_t messages, int64_t age,
    StoreDone done, void *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(HistoryRule, history_rule_free)

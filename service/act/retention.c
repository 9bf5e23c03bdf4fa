/* SPDX-License-Identifier: MIT */
#include "act/retention.h"

#include "store/history_retention.h"

void
set_retention(Records *records, const char *channel, int64_t messages, int64_t age, StoreDone done,
    void *data)
{
	history_set_retention(records->history, channel, messages, age, done, data);
	history_submit(records->history);
}

/* SPDX-License-Identifier: MIT */
/*
 * NetworkWait: a transfer of libcurl, which may wait for a network for as long as its timeout, ends
 * when the job it is made for is cancelled: because who asked is gone, or the service ends.
 * Thread: the job's.
 */
#pragma once

#include "base/work.h"

/* `curl` is a CURL *; NULL for a transfer of no job. */
void network_wait_for(void *curl, const Job *job);

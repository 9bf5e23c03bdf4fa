/* SPDX-License-Identifier: MIT */
#include "act/network_wait.h"

#ifdef CHAT_HAVE_CURL
#include <curl/curl.h>

/* libcurl asks about once a second, and whenever something moves. Not 0: it gives up. */
static int
is_given_up(
    void *data, curl_off_t to_receive, curl_off_t received, curl_off_t to_send, curl_off_t sent)
{
	return work_is_cancelled(data);
}

void
network_wait_for(void *curl, const Job *job)
{
	if (!job)
		return;
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_given_up);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, job);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
#if LIBCURL_VERSION_NUM >= 0x075700 /* nor does it wait for a resolver then */
	curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
#endif
}
#else
void
network_wait_for(void *curl, const Job *job)
{
}
#endif

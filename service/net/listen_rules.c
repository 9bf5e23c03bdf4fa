/* SPDX-License-Identifier: MIT */
#include "net/listen_rules.h"

ListenRules *
listen_rules_new(void)
{
	ListenRules *rules = g_new0(ListenRules, 1);

	atomic_init(&rules->references, 1);
	rules->origins = g_new0(char *, 1);
	return rules;
}

ListenRules *
listen_rules_ref(ListenRules *rules)
{
	if (rules)
		atomic_fetch_add_explicit(&rules->references, 1, memory_order_relaxed);
	return rules;
}

void
listen_rules_unref(ListenRules *rules)
{
	if (!rules || atomic_fetch_sub_explicit(&rules->references, 1, memory_order_acq_rel) != 1)
		return;
	g_strfreev(rules->origins);
	g_free(rules->proxies);
	g_free(rules->forwarders);
	g_free(rules->headers);
	g_free(rules);
}

/* SPDX-License-Identifier: MIT */
/*
 * What one message of an ordinary member costs in a channel of 250 bans and exceptions, of which
 * none is about him: the lists walked for each message, and the verdict remembered in his seat
 * (domain/channel_bans.h). Prints nanoseconds; fails if what is remembered costs more than 100 ns.
 */
#include "domain/channel.h"
#include "domain/channel_bans.h"
#include "domain/user.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define BANS 250u
#define WALKS 5000u
#define ASKED 5000000u
#define LIMIT_NS 100.0

static double
cpu_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* As long lists look: hosts, ranges, globs, accounts, real names, mutes. */
static void
fill(Channel *channel)
{
	static const char *const forms[] = {"*!*@%u.dialup.example", "*!*@198.51.100.%u/32",
	    "spam*%u*!*@*", "~a:troll%u", "~r:*free_money_%u*", "~m:*!*@*.%u.example"};

	for (unsigned i = 0; i < BANS; i++) {
		g_autofree char *number = g_strdup_printf("%u", i);
		g_auto(GStrv) parts = g_strsplit(forms[i % G_N_ELEMENTS(forms)], "%u", 2);
		g_autofree char *mask = g_strjoinv(number, parts);

		mask_list_add(&channel->lists[CHANNEL_BANS], mask, "op", 1);
	}
}

static double
measure(const Channel *channel, User *user, unsigned times, bool forget)
{
	double start = cpu_seconds();

	for (unsigned i = 0; i < times; i++) {
		if (forget)
			user_forget_verdicts(user);
		if (channel_bans_from(channel, user, EXTBAN_SPEAK))
			abort();
	}
	return (cpu_seconds() - start) * 1e9 / times;
}

int
main(void)
{
	Channel *channel = channel_new("#long", 1);
	User *user = user_new(&(UserFacts){.nick = "somebody",
				  .username = "~some",
				  .real_name = "Somebody without a ban",
				  .host = "pool-17.provider.example",
				  .address = "203.0.113.17"},
	    1);
	double walked, remembered;

	fill(channel);
	if (channel->lists[CHANNEL_BANS].n_entries != BANS)
		abort();
	channel_add_member(channel, user, 1);
	walked = measure(channel, user, WALKS, true);
	remembered = measure(channel, user, ASKED, false);
	printf("%u bans: walked %.0f ns, remembered %.1f ns (limit %.0f ns) %s\n", BANS, walked,
	    remembered, LIMIT_NS, remembered <= LIMIT_NS ? "ok" : "MISSED");
	channel_free(channel);
	user_free(user);
	return remembered <= LIMIT_NS ? EXIT_SUCCESS : EXIT_FAILURE;
}

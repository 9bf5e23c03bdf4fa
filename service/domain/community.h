/* SPDX-License-Identifier: MIT */
/*
 * Community: the root object: users, channels and sessions hang on it, and what is in force for
 * them. Invariant: everything reachable from it belongs to the state thread; settings are replaced
 * whole, never changed. Thread: state.
 */
#pragma once

#include "base/slots.h"
#include "base/timers.h"
#include "domain/accounts.h"
#include "domain/directory.h"
#include "domain/monitor.h"
#include "domain/tally.h"
#include "domain/throttle.h"
#include "domain/types.h"
#include "domain/whowas.h"
#include "proto/commands.h"
#include "proto/modes.h"
#include "settings/settings.h"

#include <stdint.h>

struct Community {
	const Settings *settings; /* the service's; outlives every turn */
	const char *server_name;  /* settings->service->name as it was at the start */
	const char *network;
	Directory *directory;
	Accounts *accounts;
	uint8_t decoy_key[32]; /* of act/sasl_scram.c */
	bool has_decoy_key;
	GHashTable
	    *operator_steps;     /* name of an [operator] -> int64_t *, step of its newest code */
	Throttle *logins;        /* failed, by address */
	Throttle *registrations; /* of accounts, by address */
	Throttle *properties;    /* set or removed, by user */
	Whowas *whowas;
	Monitor *monitor;      /* who watches which nick */
	Slots *sessions;       /* every Session, registered or not */
	Tally *addresses;      /* sessions by address, as cidr_network_text() writes it */
	Tally *jobs;           /* under way for sessions, by lane and address (act/session_job.h) */
	Timers *timers;        /* the state thread's; borrowed */
	TimerFunc channel_due; /* runs what is due in a channel whose timer it is; NULL: nobody */
	void *channel_due_data;
	char **motd; /* lines; NULL-terminated, never NULL */
	char **rules;
	char **operator_motd;
	ReadMarkers *read_markers;
	FormerNames *former_names; /* of channels that were renamed */
	bool has_history;          /* what is said is kept; set before the settings are */
	char **isupport;           /* token lines of 005; NULL-terminated */
	ModeAlphabet modes;        /* of 004 */
	/* CLOAK_KEY_SIZE bytes; NULL until cloaking is on. */
	unsigned char *cloak_key;
	unsigned registering; /* sessions not yet registered */
	unsigned operators;
	GPtrArray *notice_readers; /* users with mode s; borrowed */
	unsigned invisible;
	unsigned users_peak;
	unsigned sessions_peak;
	uint64_t sessions_total;
	int64_t started_at;                /* wall */
	uint64_t commands_used[COMMANDS];  /* by CommandIndex */
	uint64_t commands_bytes[COMMANDS]; /* of their parameters */
};

/* Empty, with these settings; `server_name` etc. are taken from them. `timers` is borrowed. */
Community *community_new(const Settings *settings, Timers *timers, int64_t now);
/* Frees users, channels and sessions without telling anybody. */
void community_free(Community *community);
/* Limits, MOTD and 005 follow; `motd` becomes the community's. */
void community_set_settings(Community *community, const Settings *settings, char **motd);
/* The lines become the community's. */
void community_set_texts(Community *community, char **rules, char **operator_motd);
/* Lines of the tokens of 005 that are not as they were in these lines. Caller frees. */
GPtrArray *community_isupport_changes(
    const Community *community, char *const *before) G_GNUC_WARN_UNUSED_RESULT;
/* Sessions from this address (of IPv6: its /64) after adding `change` (+1, -1). */
unsigned community_count_address(Community *community, const char *address, int change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Community, community_free)

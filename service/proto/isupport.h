/* SPDX-License-Identifier: MIT */
/*
 * Isupport: the tokens of numeric 005, computed from the tables and the limits in force
 * (draft-hardy-irc-isupport-00, modern IRC documentation).
 * Invariant: a line holds at most 13 tokens and fits into 512 bytes with its prefix and text.
 * Thread: any; pure function.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

#define ISUPPORT_USERHOSTS 5u /* nicks of one USERHOST (RFC 2812 4.8) */

typedef struct IsupportLimits {
	const char *network;    /* NETWORK; spaces become \x20 */
	unsigned nick;          /* bytes */
	unsigned channel;       /* bytes, with the prefix */
	unsigned topic;         /* bytes */
	unsigned away;          /* bytes */
	unsigned kick;          /* bytes */
	unsigned user;          /* bytes, with the '~' */
	unsigned host;          /* bytes */
	unsigned name;          /* bytes of a real name */
	unsigned key;           /* bytes */
	unsigned user_channels; /* CHANLIMIT */
	unsigned list_entries;  /* MAXLIST, each of b, e and I together */
	unsigned targets;       /* TARGMAX of PRIVMSG, NOTICE, TAGMSG and of KICK, WHOIS */
	unsigned modes;         /* MODES: changes with a parameter in one command */
	unsigned list_delay;    /* SECURELIST: seconds before LIST shows all; 0: no token */
	unsigned history;       /* CHATHISTORY: messages one request gives; 0: none is kept */
	unsigned silences;      /* SILENCE: masks of one user */
	unsigned accepts;       /* ACCEPT: nicks of one user */
	unsigned monitor;       /* MONITOR: nicks one session watches */
	bool account_required;  /* draft/ACCOUNTREQUIRED */
	const char *icon;       /* draft/ICON, a URL; NULL or "": none */
	const char *filehost;   /* draft/FILEHOST, a URL; NULL or "": none */
	const char *const *client_tags_denied; /* CLIENTTAGDENY; NULL or empty: none */
} IsupportLimits;

/* Lines "TOKEN TOKEN ..." for RPL_ISUPPORT; the caller frees the array. `overhead`: bytes of
 * everything else on the line (":server 005 nick " with the longest nick, the closing text, CRLF);
 * less than 256. */
GPtrArray *isupport_lines(
    const IsupportLimits *limits, unsigned overhead) G_GNUC_WARN_UNUSED_RESULT;
/* Lines of the tokens that differ, removed ones as "-TOKEN"; none if nothing does. Both lists are
 * lines of isupport_lines() and end with NULL. */
GPtrArray *isupport_changes(
    char *const *before, char *const *after, unsigned overhead) G_GNUC_WARN_UNUSED_RESULT;

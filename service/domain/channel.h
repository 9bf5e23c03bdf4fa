/* SPDX-License-Identifier: MIT */
/*
 * Channel and Member: a room, and one user's seat in it.
 * Invariants: a Member is in exactly one channel's members[] and one user's seats[], at the places
 * it remembers; key is set iff MODE_CHANNEL_KEY is in modes, and so on for limit, forward, slow;
 * registered iff MODE_CHANNEL_REGISTERED is.
 * Times: wall, microseconds. Thread: state. Only act/ changes channels.
 */
#pragma once

#include "base/slots.h"
#include "base/timers.h"
#include "domain/channel_ownership.h"
#include "domain/mask_list.h"
#include "domain/property_list.h"
#include "domain/types.h"
#include "proto/flood_rules.h"
#include "proto/modes.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Levels of a channel's access list. */
typedef enum ChannelListKind {
	CHANNEL_BANS,
	CHANNEL_EXCEPTS,
	CHANNEL_INVITE_EXCEPTS,
	CHANNEL_MODE_LISTS, /* those above are modes; those below give a rank, highest first */
	CHANNEL_OWNERS = CHANNEL_MODE_LISTS,
	CHANNEL_OPS,
	CHANNEL_VOICES,
	CHANNEL_LISTS
} ChannelListKind;

/* How many of something since when. */
typedef struct FloodWindow {
	int64_t began_at; /* monotonic */
	unsigned count;
} FloodWindow;

/* What +F holds and has counted. */
typedef struct ChannelFlood {
	char *text; /* as it was set */
	FloodRules rules;
	FloodWindow windows[FLOODS];
	int64_t ends[MODES]; /* wall: when a mode that was set for a while goes; 0: not so */
} ChannelFlood;

struct Member {
	User *user;
	Channel *channel;
	uint64_t ranks; /* MODE_CHANNEL_OWNER, _OP, _VOICE bits */
	int64_t joined_at;
	int64_t spoke_at; /* here, monotonic; 0: not yet */
	bool unseen;      /* joined under +D, and was not shown to the others yet */
	uint8_t judged;   /* EXTBAN_* bits: channel_bans_from() knows what the lists say of them */
	uint8_t banned_from; /* those of them he is kept from */
	uint32_t judged_at;  /* which state of the lists that is about */
	FloodWindow flood;   /* his messages here */
	uint32_t in_user;    /* index in user->seats */
	uint32_t in_channel; /* index in channel->members */
};

struct Channel {
	Handle handle;
	char *name;  /* as created */
	char *topic; /* NULL: none */
	char *topic_by;
	int64_t topic_at;
	int64_t created_at;
	int64_t renamed_at; /* 0: never */
	uint64_t modes;     /* MODE_CHANNEL_* bits of flags, KEY and LIMIT */
	char *key;
	unsigned limit;
	char *forward;       /* where those go who may not join; NULL: nowhere */
	unsigned slow;       /* seconds between two messages of a member without voice; 0: none */
	ChannelFlood *flood; /* NULL: none */
	Timer due;           /* the next thing that ends by itself */
	Timers *timers;      /* where `due` may be set; NULL: never was */
	ChannelOwnership ownership;
	bool held;       /* stored because somebody who stays sits in it (act/held_channels.h) */
	bool registered; /* stays without members, and over a restart */
	char *registered_by;
	int64_t registered_at;
	Member **members;
	uint32_t n_members;
	uint32_t members_capacity;
	MaskList lists[CHANNEL_LISTS];
	PropertyList *properties; /* NULL: none */
};

Channel *channel_new(const char *name, int64_t now);
/* Unlinks all members; the caller removed it from the directory before. */
void channel_free(Channel *channel);
/* Seats the user; he must not be in it. */
Member *channel_add_member(Channel *channel, User *user, int64_t now);
/* Unlinks both sides and frees the seat. */
void member_free(Member *member);
/* NULL or "" removes it. */
void channel_set_topic(Channel *channel, const char *text, const char *by, int64_t now);
void channel_set_key(Channel *channel, const char *key);  /* NULL removes it */
void channel_set_limit(Channel *channel, unsigned limit); /* 0 removes it */
/* The registration, and its mode; `by` NULL removes it. */
void channel_set_registered(Channel *channel, const char *by, int64_t at);
/* Does it stay without members, and over a restart? */
bool channel_is_kept(const Channel *channel);
/* Is it in the store: kept, or held? */
bool channel_is_stored(const Channel *channel);
bool channel_has(const Channel *channel, uint64_t modes); /* any of them */
/* A flag that is set is no longer, and the other way round. */
void channel_flip_flag(Channel *channel, unsigned index);
/* The letter of a list's mode, or of the rank it gives. */
char channel_list_letter(unsigned kind);
/* The list of a LIST mode's letter (b e I); NULL if it is none. */
MaskList *channel_list(Channel *channel, char letter);
unsigned channel_list_entries(const Channel *channel); /* in all lists */
/* On the invite exception list or invited. */
bool channel_welcomes(const Channel *channel, const User *user);
/* May this user (NULL: an outsider) see that the channel exists / who is in it? Secret and private.
 */
bool channel_is_visible(const Channel *channel, const User *viewer);
bool channel_shows_members(const Channel *channel, const User *viewer);
/* Modes as "nt" or "klnt key 5"; the key only `with_key`, else "*". Caller frees. */
char *channel_modes_text(const Channel *channel, bool with_key);
/* The same of those among `bits`. */
char *channel_modes_text_of(const Channel *channel, uint64_t bits, bool with_key);

/* What the lists say of him may be another thing with his rank (~c:@#channel). */
void member_set_ranks(Member *member, uint64_t ranks);
/* Is there a member that does not see this one (+D, +x)? */
bool member_is_concealed(const Member *member);
/* Does this user (NULL: an outsider) see that the member is there? Hosts see all in an auditorium;
 * before the first word under +D nobody does. Oneself always. */
bool member_is_seen_by(const Member *member, const User *viewer);
/* Owner or operator. */
bool member_is_host(const Member *member);
/* Voice or above. */
bool member_has_voice(const Member *member);
/* The highest rank's bit; 0 for none. Compare as rank_level(). */
unsigned member_level(const Member *member); /* 0 none, 1 voice, 2 operator, 3 owner */

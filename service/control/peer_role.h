/* SPDX-License-Identifier: MIT */
/*
 * PeerRole: what the peer of a Unix socket may do: by uid, by its groups, by [role NAME] settings.
 * Invariant: the highest role that matches counts; uid 0, the service's own uid and the group
 * chatadmin are administrators whatever the settings say.
 * Thread: any but state (judge.h): looks names up in the system's user database, which may block.
 */
#pragma once

#include "settings/settings.h"

#include <stdbool.h>
#include <sys/types.h>

#define PEER_ADMINISTRATORS_GROUP "chatadmin"
#define CONTROL_PEER_GROUPS_MAX 65

/* Who is at the other end of a Unix socket (SO_PEERCRED, SO_PEERGROUPS). */
typedef struct ControlPeer {
	uid_t uid;
	pid_t pid;
	unsigned n_groups; /* primary first, then the supplementary ones */
	gid_t groups[CONTROL_PEER_GROUPS_MAX];
} ControlPeer;

/* `roles`: of SettingsRole. False if no role matches. */
bool peer_role(const ControlPeer *peer, const GPtrArray *roles, uid_t own_uid, unsigned *ret_role);
/* "anna", or "1000" where the system knows no name. Caller frees. */
char *peer_user_name(uid_t uid);
char *peer_group_name(gid_t gid);
/* "anna (uid 1000)", as records show it. Caller frees. */
char *peer_text(const ControlPeer *peer);
/* Why a peer without a role is refused, naming what it lacks. Caller frees. */
char *peer_refusal(const ControlPeer *peer, const GPtrArray *roles);

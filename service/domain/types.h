/* SPDX-License-Identifier: MIT */
/*
 * Forward declarations of the domain's nouns, so that headers need not include each other.
 * Thread: state for all of them.
 */
#pragma once

typedef struct Account Account;
typedef struct Channel Channel;
typedef struct ClientBatch ClientBatch;
typedef struct Community Community;
typedef struct Directory Directory;
typedef struct FormerNames FormerNames;
typedef struct Lookalikes Lookalikes;
typedef struct MaskList MaskList;
typedef struct Member Member;
typedef struct MonitorList MonitorList;
typedef struct NameList NameList;
typedef struct ReadMarkers ReadMarkers;
typedef struct Session Session;
typedef struct SilenceList SilenceList;
typedef struct User User;
typedef struct Whowas Whowas;

/* SPDX-License-Identifier: MIT */
/*
 * What the files of the top share: the one struct that owns everything.
 * Invariant: members are built in the order they stand here and torn down in the reverse.
 * Thread: state.
 */
#pragma once

#include "act/ctx.h"
#include "act/erasure.h"
#include "act/records.h"
#include "base/country.h"
#include "base/notify.h"
#include "cmd/cap_news.h"
#include "control.h"
#include "control/control_server.h"
#include "gate.h"
#include "listeners.h"
#include "recorder.h"
#include "server.h"
#include "store/store.h"

#include <event2/event.h>

#define SERVER_CONTROL_IDS (1u << 30) /* listener ids of control sockets begin here */
#define SERVER_CLIENT_CREDIT 64u
/* One answer of the largest size, what may be pushed beside it, and some room. */
#define SERVER_CONTROL_SENDQ (2u * CONTROL_ANSWER_MAX)
#define SERVER_STOP_TIME (2 * CLOCK_SECOND)

typedef struct Reload Reload;

/* Lines, each NULL-terminated; NULL: not read. */
typedef struct ServerTexts {
	char **motd;
	char **rules;
	char **operator_motd;
} ServerTexts;

struct Server {
	ServerOptions options;
	char *config_path;
	char *config_dir;
	char *state_dir;
	char *runtime_dir;
	char *database_path;
	Settings *settings;
	struct event_base *base;
	struct event *wake; /* the next timer */
	struct event *answer_event;
	struct event *gate_event;
	struct event *signals[3];
	Mailbox *answers;
	WorkPool *pool;
	Timers *timers;
	Store *store;
	History *history;
	Recorder *recorder; /* NULL: no history */
	Records records;
	Erasures *erasures;
	Community *community;
	Out out;
	Host host;
	HostStatus status;
	GArray *status_listeners;
	uint64_t status_closed[CLOSE_REASONS];
	char *status_database;
	LogRing *log_ring;
	struct PresenceKeeper *keeper; /* NULL: nothing is stored */
	Control *control;
	Gate *gate;
	PeerLimits *peer_limits;
	IoLoop **loops; /* 0 runs here; 1.. have threads */
	unsigned n_loops;
	Listeners *listeners;
	CountryDatabase *countries; /* NULL: none */
	Reload *reload;             /* one at a time; NULL: none */
	CapNews *cap_news;          /* who is not told yet of what changed; NULL: everybody is */
	Timer cap_news_timer;
	Notify *notify;
	Timer watchdog;
	Timer accounts_due;
	uint32_t accounts_cursor; /* of the look at all accounts that is under way */
	uint64_t turn_longest;    /* microseconds */
	bool stopping;
	int64_t stop_deadline; /* monotonic */
	bool signals_on;
};

/* server_due.c: makes channels able to end what is due in them; then, once there are all, does what
 * is due now and sets the timers. */
void server_set_channel_due(Server *server);
void server_begin_due(Server *server);
/* host_calls.c: fills in server->host. */
void server_fill_host(Server *server);
/* Whether the host knows countries follows server->countries. */
void server_offer_countries(Server *server);
/* reload.c */
bool server_reload(Server *server, const char *who,
    void (*done)(void *data, const HostReload *reload), void *done_data);
/* Ends telling clients what a reload changed. */
void server_drop_cap_news(Server *server);
/* profiles.c: limits of connections as the settings have them. */
void server_profiles(const Server *server, const Settings *settings, IoConfig *ret_config);
/* server_turn.c */
void server_arm(Server *server);
/* From here on signals wait for the loop. */
void server_arm_signals(Server *server);
/* Runs what jobs and the store answered. */
void server_take_answers(Server *server);
/* server.c: the key is there once cloaking is on. */
void server_prepare_cloaks(Server *server);
/* server_store.c: nothing without a state directory; then what it holds into the community. */
bool server_open_store(Server *server, GError **error);
bool server_load_store(Server *server, int64_t now, GError **error);
/* server_texts.c. Reading may wait for the disk: any thread. False: `ret_key` and its file are what
 * could not be read. */
bool server_texts_read(ServerTexts *texts, const SettingsCommunity *own, const char *directory,
    const char **ret_key, const char **ret_file, GError **error);
void server_texts_clear(ServerTexts *texts);
/* Puts settings and texts in force. */
void server_texts_apply(ServerTexts *texts, Community *community, const Settings *settings);
/* server_presences.c: before listeners open. */
bool server_make_presences(Server *server, GError **error);
/* A Ctx of the service itself. */
Ctx server_ctx(Server *server);
/* The errors as one text, a line each. Caller frees. */
char *server_errors_text(const GPtrArray *errors);

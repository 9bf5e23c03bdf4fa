/* SPDX-License-Identifier: MIT */
#include "server_private.h"

#include "base/close_reason.h"
#include "control.h"
#include "proto/message.h"

/* '@' tags ' ' body: what a client may send at most (IRCv3 message-tags, RFC 1459 2.3). */
#define CLIENT_LINE_MAX (1 + MESSAGE_TAGS_MAX + 1 + MESSAGE_BODY_MAX)
#define CONTROL_RECVQ (64u * 1024u)

static void
error_line(char line[static IO_ERROR_LINE_SIZE], CloseReason reason)
{
	g_snprintf(
	    line, IO_ERROR_LINE_SIZE, "ERROR :Closing link: [%s]\r\n", close_reason(reason)->text);
}

void
server_profiles(const Server *server, const Settings *settings, IoConfig *ret_config)
{
	const SettingsLimits *limits = settings->limits;
	IoProfile *client = &ret_config->profiles[SERVER_PROFILE_CLIENT];
	IoProfile *control = &ret_config->profiles[SERVER_PROFILE_CONTROL];

	*ret_config = (IoConfig){.clock = server->options.clock,
	    .log = server->options.log,
	    .peer_limits = server->peer_limits};
	client->line_max = CLIENT_LINE_MAX;
	client->recvq_max = (uint32_t)MIN(limits->recvq, IO_TURN_BYTES);
	client->sendq_max = (uint32_t)limits->sendq;
	client->credit = SERVER_CLIENT_CREDIT;
	client->registration_timeout = limits->registration_timeout;
	client->expects_text = true;
	error_line(client->tls_to_plain, CLOSE_TLS_TO_PLAIN);
	error_line(client->plain_to_tls, CLOSE_PLAIN_TO_TLS);
	error_line(client->no_descriptor, CLOSE_OUT_OF_DESCRIPTORS);
	error_line(client->registration_timeout_line, CLOSE_REGISTRATION_TIMEOUT);
	error_line(client->recvq_exceeded, CLOSE_RECVQ);
	control->line_max = CONTROL_REQUEST_MAX;
	control->recvq_max = CONTROL_RECVQ;
	control->sendq_max = SERVER_CONTROL_SENDQ;
	control->credit = SERVER_CLIENT_CREDIT;
	g_snprintf(control->recvq_exceeded, IO_ERROR_LINE_SIZE,
	    "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":%d,\"message\":\"The request is longer than "
	    "%d "
	    "bytes\"}}\n",
	    CONTROL_ERROR_PARSE, CONTROL_REQUEST_MAX);
}

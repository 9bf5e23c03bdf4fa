/* SPDX-License-Identifier: MIT */
/*
 * ChannelModes: the modes of a channel as the service writes them ("+klnt secret 20"), taken apart
 * with what it says about modes, and the change from one state to another. Thread: one.
 */
#pragma once

#include "description.h"

typedef struct ChannelModes {
	char *flags; /* letters */
	char *key;   /* NULL: none */
	char *limit; /* digits; NULL: none */
} ChannelModes;

/* `text` may be NULL: no modes. Free with channel_modes_clear(). */
void channel_modes_parse(ChannelModes *modes, const char *text, const Description *description);
void channel_modes_clear(ChannelModes *modes);
gboolean channel_modes_have(const ChannelModes *modes, const char *letter);
/* The mode of channels of that kind ("key"); NULL if there is none. */
const char *channel_modes_letter(const Description *description, const char *kind);
/* What a mode of channels is called ("owner"); NULL if the service does not say. */
const char *channel_modes_name(const Description *description, const char *letter);
/* "+m-t" and its parameters, both for the caller to free; FALSE if nothing changes. */
gboolean channel_modes_change(const ChannelModes *from, const ChannelModes *to,
    const Description *description, char **ret_modes, char **ret_parameters);
